/** How conversations begin and end: for those who speak with customers, of the whole company and never by person. */
import { isId } from '@fullname/shared/ids';
import { MOMENT_DAYS } from '@fullname/shared/moments';
import { Router } from 'express';
import { z } from 'zod';
import { answerGroups } from '../mining/answers.ts';
import { momentsOf } from '../mining/moments.ts';
import { forAgents } from './answer.ts';
import type { HttpDeps } from './deps.ts';
import { parse } from './schemas.ts';

const query = z
  .strictObject({
    days: z.enum(MOMENT_DAYS.map(String)),
    site: z.string().refine(isId).exactOptional(),
  })
  .transform(({ days, site }) => ({ days: Number(days), site }));

export function momentRoutes({ database: { db } }: HttpDeps): Router {
  const router = Router();
  router.get(
    '/moments',
    forAgents(db, ({ request }) => momentsOf(db, parse(query, request.query))),
  );
  router.get(
    '/moments/answers',
    forAgents(db, ({ request }) => answerGroups(db, parse(query, request.query))),
  );
  return router;
}
