/** Supervisors' notes, stories, praise. */
import { Router } from 'express';
import type { HttpDeps } from './deps.ts';

export function storyRoutes(_deps: HttpDeps): Router {
  return Router();
}
