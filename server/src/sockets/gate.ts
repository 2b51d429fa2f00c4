/**
 * Who may open a socket. Socket.IO's `cors` option does not guard WebSocket upgrades, so the engine's `allowRequest` does:
 * a *present* Origin must be the relay's own (the frame and the console are its pages); a *missing* one is let in only
 * without a cookie, and then only with a token in `auth` (native clients). A session always needs an Origin.
 */
import type { IncomingMessage } from 'node:http';
import type { ErrorCode } from '@fullname/shared/errors';
import { sessionToken } from '../http/cookies.ts';
import type { Origins } from '../http/hosts.ts';

type AllowRequest = (
  request: IncomingMessage,
  answer: (error: string | null | undefined, allowed: boolean) => void,
) => void;

export function allowRequest(origins: () => Origins): AllowRequest {
  return (request, answer) => {
    const { origin, cookie } = request.headers;
    const own = origins();
    const allowed =
      origin === undefined ? !sessionToken(cookie) : origin === own.public || origin === own.console;
    answer(allowed ? null : 'BAD_ORIGIN', allowed);
  };
}

/** A visitor's socket comes from the frame, or from no page at all and then with a token. */
export function visitorOriginProblem(
  headers: IncomingMessage['headers'],
  token: string | undefined,
  origins: Origins,
): ErrorCode | null {
  if (headers.origin === undefined) return token === undefined ? 'BAD_ORIGIN' : null;
  return headers.origin === origins.public ? null : 'BAD_ORIGIN';
}

export function agentOriginProblem(headers: IncomingMessage['headers'], origins: Origins): ErrorCode | null {
  return headers.origin === origins.console ? null : 'BAD_ORIGIN';
}

/** Socket.IO hands an Error's message to the client as `connect_error`. */
export function refusal(code: ErrorCode): Error {
  return new Error(code);
}
