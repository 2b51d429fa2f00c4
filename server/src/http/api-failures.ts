/** The history of a failure. */
import { Router } from 'express';
import type { HttpDeps } from './deps.ts';

export function failureRoutes(_deps: HttpDeps): Router {
  return Router();
}
