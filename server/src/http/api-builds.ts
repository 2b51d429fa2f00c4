/** What is built with customers. */
import { type RequestHandler, Router } from 'express';
import { actOnBuild, buildsFor, joinBuild, wishFor } from '../desk/building.ts';
import type { Me } from '../desk/desk.ts';
import { type Asked, forMembers } from './answer.ts';
import type { HttpDeps } from './deps.ts';
import { buildAct, buildDraft, buildWishDraft } from './help-schemas.ts';
import { parse, parseId } from './schemas.ts';

export function buildRoutes({ database: { db }, floor, limits }: HttpDeps): Router {
  const router = Router();

  router.get(
    '/builds',
    forMembers(db, () => buildsFor(floor)),
  );
  router.post(
    '/builds',
    byMember(({ request }, me) => wishFor(floor, me, parse(buildDraft, request.body))),
  );
  router.post(
    '/builds/:id/wishes',
    byMember(({ request }, me) =>
      joinBuild(floor, me, parseId(request.params.id), parse(buildWishDraft, request.body)),
    ),
  );
  router.post(
    '/builds/:id',
    byMember(({ request }, me) =>
      actOnBuild(floor, me, parseId(request.params.id), parse(buildAct, request.body)),
    ),
  );
  return router;

  function byMember(run: (asked: Asked, me: Me) => Promise<unknown>): RequestHandler {
    return forMembers(db, async (asked) => {
      const { person } = asked.session;
      await limits.records(asked.response, person.id, 1);
      return run(asked, { ...floor.directory.ref(person.id), role: person.role });
    });
  }
}
