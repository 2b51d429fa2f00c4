/** The language bible's phrases; its rules are the bible's own. */
import { Router } from 'express';
import { addPhrase, type BookChange, changePhrase, listPhrases } from '../bible/phrases.ts';
import { forMembers } from './answer.ts';
import type { HttpDeps } from './deps.ts';
import { parse, parseId, phraseDraft, phraseQuery } from './schemas.ts';

export function phraseRoutes({ database: { db }, onBookChanged }: HttpDeps): Router {
  const router = Router();

  router.get(
    '/phrases',
    forMembers(db, ({ request }) => listPhrases(db, parse(phraseQuery, request.query).locale)),
  );
  router.post(
    '/phrases',
    forMembers(db, async ({ request, session }) =>
      announce(await addPhrase(db, parse(phraseDraft, request.body), session.person)),
    ),
  );
  router.patch(
    '/phrases/:id',
    forMembers(db, async ({ request, session }) => {
      const id = parseId(request.params.id);
      const draft = parse(phraseDraft, request.body);
      return announce(await changePhrase(db, { id, draft }, session.person));
    }),
  );
  return router;

  function announce({ version, phrase }: BookChange): BookChange['phrase'] {
    onBookChanged(version);
    return phrase;
  }
}
