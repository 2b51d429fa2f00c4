import { ok } from '@fullname/shared/errors';
import type { Request, RequestHandler, Response } from 'express';
import type { Person } from '../people/directory.ts';
import { type Session, sessionOf } from '../people/sessions.ts';
import { RelayError } from '../relay-error.ts';
import { sessionToken } from './cookies.ts';
import type { HttpDeps } from './deps.ts';

type Db = HttpDeps['database']['db'];

/** A handler whose value becomes the answer's; what it throws goes to the error handler. */
export function answer(run: (request: Request, response: Response) => Promise<unknown>): RequestHandler {
  return async (request, response) => {
    response.json(ok(await run(request, response)));
  };
}

export type Asked = { readonly request: Request; readonly response: Response; readonly session: Session };

/** For whoever is signed in. Throws SIGNED_OUT. */
export function forMembers(db: Db, run: (asked: Asked) => Promise<unknown>): RequestHandler {
  return answer(async (request, response) => {
    const session = await sessionOf(db, sessionToken(request.headers.cookie));
    if (!session) throw new RelayError('SIGNED_OUT');
    return run({ request, response, session });
  });
}

/** For those who speak with customers: agents and owners. Throws SIGNED_OUT, FORBIDDEN. */
export function forAgents(
  db: Db,
  run: (asked: Asked & { readonly agent: Person }) => Promise<unknown>,
): RequestHandler {
  return forMembers(db, async (asked) => {
    if (asked.session.person.role === 'back-office') throw new RelayError('FORBIDDEN');
    return run({ ...asked, agent: asked.session.person });
  });
}

/** For owners alone. Throws SIGNED_OUT, FORBIDDEN. */
export function forOwners(
  db: Db,
  run: (asked: Asked & { readonly owner: Person }) => Promise<unknown>,
): RequestHandler {
  return forMembers(db, async (asked) => {
    if (asked.session.person.role !== 'owner') throw new RelayError('FORBIDDEN');
    return run({ ...asked, owner: asked.session.person });
  });
}
