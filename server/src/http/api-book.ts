/** The language bible, but for its figures: everybody reads and takes part, owners decide. Each write that changed something is told to every console. */
import { type RequestHandler, Router } from 'express';
import { readBook, type Written } from '../bible/book.ts';
import {
  commentOnChange,
  decideChange,
  proposeChange,
  reviseChange,
  voteOnChange,
} from '../bible/changes.ts';
import { bookSettings, changeSettings } from '../bible/settings.ts';
import { acknowledgeVersion, listVersions, publishVersion } from '../bible/versions.ts';
import type { Person } from '../people/directory.ts';
import { type Asked, forMembers, forOwners } from './answer.ts';
import {
  acknowledgement,
  bookQuery,
  changeDraft,
  commentDraft,
  decisionDraft,
  exportQuery,
  importDraft,
  settingsChange,
  versionDraft,
  versionsQuery,
  voteDraft,
} from './book-schemas.ts';
import type { HttpDeps } from './deps.ts';
import { parse, parseId } from './schemas.ts';

/** A whole book costs the relay as much as this many small writes. */
const EXCHANGE_COST = 10;
/** Files of other programs take their own readers and writers, which no start waits for. */
const exchange = async () => ({
  ...(await import('../bible/exchange/export.ts')),
  ...(await import('../bible/exchange/import.ts')),
});

export function bookRoutes(deps: HttpDeps): Router {
  const { db } = deps.database;
  const { limits } = deps;
  const router = Router();

  router.get(
    '/book',
    forMembers(db, ({ request, session }) =>
      readBook(db, session.person, parse(bookQuery, request.query).locale),
    ),
  );
  router.post(
    '/book/changes',
    byMember(({ request }, me) => proposeChange(db, parse(changeDraft, request.body), me)),
  );
  router.patch(
    '/book/changes/:id',
    byMember(({ request }, me) => {
      const draft = parse(changeDraft, request.body);
      return reviseChange(db, { id: parseId(request.params.id), draft }, me);
    }),
  );
  router.post(
    '/book/changes/:id/comments',
    byMember(({ request }, me) => {
      const comment = parse(commentDraft, request.body);
      return commentOnChange(db, { ...comment, change: parseId(request.params.id) }, me);
    }),
  );
  router.put(
    '/book/changes/:id/vote',
    byMember(({ request }, me) => {
      const { vote } = parse(voteDraft, request.body);
      return voteOnChange(db, { change: parseId(request.params.id), vote }, me);
    }),
  );
  router.post(
    '/book/changes/:id/decision',
    byOwner(({ request }, owner) => {
      const decision = parse(decisionDraft, request.body);
      return decideChange(db, { ...decision, change: parseId(request.params.id) }, owner);
    }),
  );

  router.get(
    '/book/versions',
    forMembers(db, ({ request }) => listVersions(db, parse(versionsQuery, request.query).after)),
  );
  router.post(
    '/book/versions',
    byOwner(({ request }, owner) => publishVersion(db, parse(versionDraft, request.body), owner)),
  );
  router.post(
    '/book/acknowledged',
    forMembers(db, async ({ request, session }) => {
      await acknowledgeVersion(db, parse(acknowledgement, request.body).version, session.person);
      return {};
    }),
  );

  router.get(
    '/book/settings',
    forMembers(db, () => bookSettings(db)),
  );
  router.patch(
    '/book/settings',
    byOwner(({ request }) => changeSettings(db, parse(settingsChange, request.body))),
  );
  router.get(
    '/book/export',
    forMembers(db, async ({ request, response, session }) => {
      await limits.book(response, session.person.id, EXCHANGE_COST);
      const { exportBook } = await exchange();
      return exportBook(db, parse(exportQuery, request.query));
    }),
  );
  router.post(
    '/book/import',
    byMember(async ({ request, response }, me) => {
      await limits.book(response, me.id, EXCHANGE_COST);
      const { importBook } = await exchange();
      return importBook(db, parse(importDraft, request.body), me);
    }),
  );
  return router;

  type Write = (asked: Asked, me: Person) => Promise<Written<unknown>>;

  function byMember(write: Write): RequestHandler {
    return forMembers(db, (asked) => told(asked, write));
  }

  function byOwner(write: Write): RequestHandler {
    return forOwners(db, (asked) => told(asked, write));
  }

  async function told(asked: Asked, write: Write): Promise<unknown> {
    const me = asked.session.person;
    await limits.book(asked.response, me.id, 1);
    const { value, now } = await write(asked, me);
    if (now) deps.onBookChanged(now);
    return value;
  }
}
