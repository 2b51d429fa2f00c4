/** People: invite, rename, change of role, deactivate, new password by link; and the end of the demo desk. */
import { Router } from 'express';
import { tellWork } from '../desk/work.ts';
import { changeMember, inviteMember, memberForOwner, memberOf, resetMember } from '../people/agents.ts';
import { linkAddress } from '../people/links.ts';
import { RelayError } from '../relay-error.ts';
import { forMembers, forOwners } from './answer.ts';
import type { HttpDeps } from './deps.ts';
import { memberChange, newMember, parse, parseId } from './schemas.ts';

export function peopleRoutes(deps: HttpDeps): Router {
  const { database, directory, floor, origins } = deps;
  const { db } = database;
  const router = Router();

  router.get(
    '/people',
    forMembers(db, async ({ session }) => {
      await directory.refresh();
      return directory.all().map(session.person.role === 'owner' ? memberForOwner : memberOf);
    }),
  );
  router.post(
    '/people',
    forOwners(db, async ({ request, owner }) => {
      const { person, token } = await inviteMember(db, parse(newMember, request.body), owner);
      await announce();
      return { member: memberOf(person), link: linkAddress(origins().console, token) };
    }),
  );
  router.patch(
    '/people/:id',
    forMembers(db, async ({ request, session }) => {
      const id = parseId(request.params.id);
      const change = parse(memberChange, request.body);
      const now = floor.now();
      const { person, ended, silent, tookOver } = await changeMember(db, { id, change, now }, session.person);
      await announce();
      if (ended) deps.onPersonEnded(id);
      if (silent) await deps.onPersonSilent(id);
      await tellWork(floor, tookOver);
      return session.person.role === 'owner' ? memberForOwner(person) : memberOf(person);
    }),
  );
  router.post(
    '/people/:id/reset',
    forOwners(db, async ({ request, owner }) => {
      const token = await resetMember(db, parseId(request.params.id), owner);
      return { link: linkAddress(origins().console, token) };
    }),
  );
  router.delete(
    '/demo',
    forOwners(db, async () => {
      if (!deps.demo) throw new RelayError('UNKNOWN');
      await deps.demo.remove();
      await announce();
      return {};
    }),
  );
  return router;

  async function announce(): Promise<void> {
    await directory.refresh();
    deps.onPeopleChanged();
  }
}
