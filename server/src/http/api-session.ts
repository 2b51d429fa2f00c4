/** Who is signed in: sign-in, sign-out, one-time links, the password. */
import type { SessionInfo } from '@fullname/shared/api';
import { type Request, type Response, Router } from 'express';
import { memberById } from '../people/agents.ts';
import { acceptLink, linkInfo, signInByLink } from '../people/links.ts';
import { endSession, openSession, sessionOf } from '../people/sessions.ts';
import { changePassword, checkSignIn } from '../people/sign-in.ts';
import { hasDemo } from '../site/sites.ts';
import { answer, forMembers } from './answer.ts';
import { clearSessionCookie, sessionToken, setSessionCookie } from './cookies.ts';
import type { HttpDeps } from './deps.ts';
import { acceptLink as acceptLinkSchema, linkToken, newPassword, parse, signIn } from './schemas.ts';

export function sessionRoutes({ database: { db }, directory, limits, onPeopleChanged }: HttpDeps): Router {
  const router = Router();

  router.get(
    '/session',
    forMembers(db, ({ session }) => infoOf(session.person.id)),
  );
  router.post(
    '/session',
    answer(async (request, response) => {
      const asked = parse(signIn, request.body);
      const wasRight = await limits.signIn(request, response, asked.email);
      const person = await checkSignIn(db, asked);
      wasRight();
      return enter(request, response, person);
    }),
  );
  router.delete(
    '/session',
    answer(async (request, response) => {
      await leave(request);
      clearSessionCookie(response);
      return {};
    }),
  );
  router.post(
    '/session/link',
    answer(async (request, response) => {
      await limits.link(request, response);
      const { token } = parse(linkToken, request.body);
      return enter(request, response, await signInByLink(db, token));
    }),
  );
  router.post(
    '/session/password',
    forMembers(db, async ({ request, response, session }) => {
      const asked = parse(newPassword, request.body);
      const wasRight = await limits.password(response, session.person.id);
      await changePassword(db, session, asked);
      wasRight();
      return {};
    }),
  );
  router.get(
    '/links/:token',
    answer(async (request, response) => {
      await limits.link(request, response);
      return linkInfo(db, String(request.params.token));
    }),
  );
  router.post(
    '/links/:token',
    answer(async (request, response) => {
      await limits.link(request, response);
      const asked = parse(acceptLinkSchema, request.body);
      const person = await acceptLink(db, String(request.params.token), asked);
      await directory.refresh();
      onPeopleChanged();
      return enter(request, response, person);
    }),
  );
  return router;

  /** A new session each time: a token that was there before signing in is never raised to one that counts. */
  async function enter(request: Request, response: Response, person: string): Promise<SessionInfo> {
    await leave(request);
    setSessionCookie(response, await openSession(db, person));
    return infoOf(person);
  }

  async function leave(request: Request): Promise<void> {
    const session = await sessionOf(db, sessionToken(request.headers.cookie));
    if (session) await endSession(db, session.hash);
  }

  async function infoOf(id: string): Promise<SessionInfo> {
    return { person: await memberById(db, id), demo: await hasDemo(db) };
  }
}
