/** Help between colleagues: everybody asks and is asked, the back office too. */
import { Router } from 'express';
import { actOnHelp, askColleague, requestsOf } from '../desk/helping.ts';
import { forMembers } from './answer.ts';
import type { HttpDeps } from './deps.ts';
import { requestAct, requestDraft } from './help-schemas.ts';
import { parse, parseId } from './schemas.ts';

export function requestRoutes({ database: { db }, floor, limits }: HttpDeps): Router {
  const router = Router();
  router.get(
    '/requests',
    forMembers(db, ({ session }) => requestsOf(floor, session.person.id)),
  );
  router.post(
    '/requests',
    forMembers(db, async ({ request, response, session: { person } }) => {
      await limits.records(response, person.id, 1);
      return askColleague(floor, person, parse(requestDraft, request.body));
    }),
  );
  router.post(
    '/requests/:id',
    forMembers(db, async ({ request, response, session: { person } }) => {
      await limits.records(response, person.id, 1);
      const id = parseId(request.params.id);
      return actOnHelp(floor, person, { id, act: parse(requestAct, request.body) });
    }),
  );
  return router;
}
