/** What writing tells: figures by rule and situation, the first report, and the owner's word on a rule that was dismissed too often. */
import { MESSAGE_MAX_LENGTH } from '@fullname/shared/limits';
import { LOCALES } from '@fullname/shared/locale';
import express, { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { bookFigures } from '../bible/figures.ts';
import { makeFirstReport, readFirstReport } from '../bible/first-report.ts';
import { quietRule } from '../bible/writing.ts';
import { sessionOf } from '../people/sessions.ts';
import { RelayError } from '../relay-error.ts';
import { takeIn } from '../take-in.ts';
import { forMembers, forOwners } from './answer.ts';
import { bookQuery } from './book-schemas.ts';
import { sessionToken } from './cookies.ts';
import type { HttpDeps } from './deps.ts';
import { parse, parseId } from './schemas.ts';

const IMPORT_MAX_BYTES = 4_000_000;
const IMPORT_MAX_SENTENCES = 20_000;

const quietBody = z.strictObject({ quiet: z.boolean() });
const reportBody = z.strictObject({
  sentences: z
    .array(
      z.strictObject({
        text: z.string().max(MESSAGE_MAX_LENGTH).overwrite(takeIn),
        locale: z.enum(LOCALES),
      }),
    )
    .min(1)
    .max(IMPORT_MAX_SENTENCES)
    .exactOptional(),
});

/** Mounted before the API's own reader of bodies: an imported past is larger than anything else that is sent. */
export function bookFigureRoutes(deps: HttpDeps): Router {
  const { db } = deps.database;
  const router = Router();

  router.get(
    '/book/figures',
    forMembers(db, ({ request }) => bookFigures(db, parse(bookQuery, request.query).locale)),
  );
  router.get(
    '/book/first-report',
    forMembers(db, () => readFirstReport(db)),
  );
  router.post(
    '/book/first-report',
    ownersOnly(deps),
    express.json({ limit: IMPORT_MAX_BYTES, inflate: false }),
    forOwners(db, ({ request }) => {
      const { sentences } = parse(reportBody, request.body ?? {});
      return makeFirstReport({ db, log: deps.log, isDraining: deps.isDraining }, sentences ?? null);
    }),
  );
  router.post(
    '/book/rules/:id/quiet',
    express.json({ limit: 1_000, inflate: false }),
    forOwners(db, async ({ request }) => {
      const { quiet } = parse(quietBody, request.body);
      const { rule, numbers } = await quietRule(db, parseId(request.params.id), quiet);
      deps.onBookChanged(numbers);
      return rule;
    }),
  );
  return router;
}

/** Before a large body is read: nobody else makes the relay read megabytes. */
function ownersOnly({ database: { db } }: HttpDeps): RequestHandler {
  return async (request, _response, next) => {
    const session = await sessionOf(db, sessionToken(request.headers.cookie));
    if (!session) throw new RelayError('SIGNED_OUT');
    if (session.person.role !== 'owner') throw new RelayError('FORBIDDEN');
    next();
  };
}
