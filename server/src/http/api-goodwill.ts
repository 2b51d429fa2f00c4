/** One's own purse, a colleague's word, and the owner's settings of the recovery. */
import { Router } from 'express';
import { decide, give, ownPurse } from '../desk/giving.ts';
import { changeSettings, recoverySettings } from '../recovery/settings.ts';
import { forAgents, forMembers, forOwners } from './answer.ts';
import type { HttpDeps } from './deps.ts';
import { goodwillDecision, goodwillDraft, settingsChange } from './giving-schemas.ts';
import { parse, parseId } from './schemas.ts';

export function goodwillRoutes({ database: { db }, floor, limits }: HttpDeps): Router {
  const router = Router();
  router.get(
    '/goodwill',
    forAgents(db, ({ agent }) => ownPurse(floor, agent)),
  );
  router.post(
    '/goodwill',
    forAgents(db, async ({ request, response, agent }) => {
      await limits.records(response, agent.id, 1);
      return give(floor, agent, parse(goodwillDraft, request.body));
    }),
  );
  router.post(
    '/goodwill/:id/decision',
    forAgents(db, async ({ request, response, agent }) => {
      await limits.records(response, agent.id, 1);
      const id = parseId(request.params.id);
      return decide(floor, agent, { id, decision: parse(goodwillDecision, request.body) });
    }),
  );
  router.get(
    '/recovery/settings',
    forMembers(db, () => recoverySettings(db)),
  );
  router.patch(
    '/recovery/settings',
    forOwners(db, ({ request }) => changeSettings(db, parse(settingsChange, request.body))),
  );
  return router;
}
