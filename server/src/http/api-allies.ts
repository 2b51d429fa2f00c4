/** One's own promises; a customer's person, and who takes over from somebody who leaves. */
import { Router } from 'express';
import { changeAlly } from '../desk/allies.ts';
import { promisesOf } from '../desk/promising.ts';
import { leavingOf } from '../people/leaving.ts';
import { forMembers, forOwners } from './answer.ts';
import type { HttpDeps } from './deps.ts';
import { allyChange, parse, parseId } from './schemas.ts';

export function allyRoutes({ database: { db }, floor }: HttpDeps): Router {
  const router = Router();
  router.get(
    '/promises',
    forMembers(db, async ({ session }) => promisesOf(floor, session.person.id)),
  );
  router.put(
    '/customers/:id/ally',
    forOwners(db, async ({ request }) => {
      const customer = parseId(request.params.id);
      await changeAlly(floor, { customer, ...parse(allyChange, request.body) });
      return {};
    }),
  );
  router.get(
    '/people/:id/leaving',
    forOwners(db, async ({ request }) => leavingOf(db, parseId(request.params.id))),
  );
  return router;
}
