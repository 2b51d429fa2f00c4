/** One's own promises; a customer's person, and who takes over from somebody who leaves. */
import { Router } from 'express';
import type { HttpDeps } from './deps.ts';

export function allyRoutes(_deps: HttpDeps): Router {
  return Router();
}
