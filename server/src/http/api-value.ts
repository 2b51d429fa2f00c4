/** The owner's guess, and through whom a customer came. */
import { isId } from '@fullname/shared/ids';
import { Router } from 'express';
import { z } from 'zod';
import { guess, guessOf } from '../value/guess.ts';
import { setReferrer } from '../value/referrer.ts';
import { forAgents, forOwners } from './answer.ts';
import type { HttpDeps } from './deps.ts';
import { parse, parseId } from './schemas.ts';

const money = z.strictObject({ amount: z.number(), currency: z.string().length(3) });
const through = z.strictObject({ referrer: z.string().refine(isId).nullable() });

export function valueRoutes(deps: HttpDeps): Router {
  const { db } = deps.database;
  const { limits } = deps;
  const router = Router();

  router.get(
    '/value/guess',
    forOwners(db, ({ owner }) => guessOf(db, owner.id)),
  );
  router.put(
    '/value/guess',
    forOwners(db, ({ owner, request }) => guess(db, owner.id, parse(money, request.body))),
  );
  router.put(
    '/customers/:id/referrer',
    forAgents(db, async ({ agent, request, response }) => {
      const customer = parseId(request.params.id);
      const { referrer } = parse(through, request.body);
      await limits.records(response, agent.id, 1);
      await deps.onCustomersChanged(await setReferrer(db, { customer, referrer }));
      return {};
    }),
  );
  return router;
}
