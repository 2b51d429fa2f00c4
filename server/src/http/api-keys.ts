/** Keys of the company's other systems: an owner makes, lists and ends them. */
import { Router } from 'express';
import { createKey, endKey, listKeys } from '../imports/keys.ts';
import { forOwners } from './answer.ts';
import type { HttpDeps } from './deps.ts';
import { newKey, parse, parseId } from './schemas.ts';

export function keyRoutes({ database: { db } }: HttpDeps): Router {
  const router = Router();
  router.get(
    '/keys',
    forOwners(db, () => listKeys(db)),
  );
  router.post(
    '/keys',
    forOwners(db, ({ request, owner }) => createKey(db, parse(newKey, request.body).name, owner.id)),
  );
  router.delete(
    '/keys/:id',
    forOwners(db, ({ request }) => endKey(db, parseId(request.params.id))),
  );
  return router;
}
