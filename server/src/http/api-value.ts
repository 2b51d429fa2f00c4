/** The owner's guess, and through whom a customer came. */
import { Router } from 'express';
import type { HttpDeps } from './deps.ts';

export function valueRoutes(_deps: HttpDeps): Router {
  return Router();
}
