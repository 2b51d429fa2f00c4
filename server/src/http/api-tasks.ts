/** Things to do: the list, how each ends, what to begin with. */
import { Router } from 'express';
import type { HttpDeps } from './deps.ts';

export function taskRoutes(_deps: HttpDeps): Router {
  return Router();
}
