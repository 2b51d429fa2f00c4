/** The history of a failure. */
import { Router } from 'express';
import { failureWithEdits } from '../recovery/failures.ts';
import { forAgents } from './answer.ts';
import type { HttpDeps } from './deps.ts';
import { parseId } from './schemas.ts';

export function failureRoutes({ database: { db }, directory }: HttpDeps): Router {
  const router = Router();
  router.get(
    '/failures/:id',
    forAgents(db, ({ request }) => failureWithEdits(db, parseId(request.params.id), directory.ref)),
  );
  return router;
}
