/** Help between colleagues. */
import { Router } from 'express';
import type { HttpDeps } from './deps.ts';

export function requestRoutes(_deps: HttpDeps): Router {
  return Router();
}
