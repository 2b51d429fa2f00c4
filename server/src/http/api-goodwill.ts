/** One's own purse, a colleague's word, and the owner's settings of the recovery. */
import { Router } from 'express';
import type { HttpDeps } from './deps.ts';

export function goodwillRoutes(_deps: HttpDeps): Router {
  return Router();
}
