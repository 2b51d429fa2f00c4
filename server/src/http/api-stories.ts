/** Supervisors' notes, stories, praise. */
import { type RequestHandler, Router } from 'express';
import { tellWork } from '../desk/work.ts';
import { notesOf, readOwnNote, writeNote } from '../learning/coaching.ts';
import { praiseColleague, readOwnPraise, storiesFor, tellStory } from '../learning/stories.ts';
import { type Asked, forMembers, forOwners } from './answer.ts';
import type { HttpDeps } from './deps.ts';
import { coachingDraft, praiseDraft, storyDraft } from './help-schemas.ts';
import { parse, parseId } from './schemas.ts';

export function storyRoutes({ database: { db }, floor, limits }: HttpDeps): Router {
  const router = Router();

  router.get(
    '/coaching',
    forMembers(db, ({ session }) => notesOf(floor, session.person.id)),
  );
  router.post(
    '/coaching',
    forOwners(db, async ({ request, response, owner }) => {
      await limits.records(response, owner.id, 1);
      const note = await writeNote(floor, owner.id, parse(coachingDraft, request.body));
      if (note.shownAt !== null) await tellWork(floor, [note.to.id]);
      return note;
    }),
  );
  router.post(
    '/coaching/:id/read',
    byMember(async ({ request }, me) => {
      await readOwnNote(floor, me, parseId(request.params.id));
      await tellWork(floor, [me]);
      return {};
    }),
  );

  router.get(
    '/stories',
    forMembers(db, ({ session }) => storiesFor(floor, session.person.id)),
  );
  router.post(
    '/stories',
    byMember(({ request }, me) => tellStory(floor, me, parse(storyDraft, request.body))),
  );
  router.post(
    '/praise',
    byMember(async ({ request }, me) => {
      const praise = await praiseColleague(floor, me, parse(praiseDraft, request.body));
      await tellWork(floor, [praise.to.id]);
      return praise;
    }),
  );
  router.post(
    '/praise/read',
    byMember(async (_asked, me) => {
      await readOwnPraise(floor, me);
      await tellWork(floor, [me]);
      return {};
    }),
  );
  return router;

  function byMember(run: (asked: Asked, me: string) => Promise<unknown>): RequestHandler {
    return forMembers(db, async (asked) => {
      const me = asked.session.person.id;
      await limits.records(asked.response, me, 1);
      return run(asked, me);
    });
  }
}
