/**
 * Who may open a socket. Socket.IO's `cors` option does not guard WebSocket upgrades, so the engine's `allowRequest` does:
 * a *present* Origin must be the relay's own (the frame and the console are its pages); a *missing* one is let in only
 * without a cookie, and then only with a token in `auth` (native clients). A session always needs an Origin, or what a
 * browser sends in its place.
 */
import type { IncomingMessage } from 'node:http';
import type { ErrorCode } from '@fullname/shared/errors';
import { PROTOCOL, PROTOCOL_MIN } from '@fullname/shared/limits';
import type { Socket } from 'socket.io';
import { sessionToken } from '../http/cookies.ts';
import type { Origins } from '../http/hosts.ts';
import type { Limits } from '../http/limits.ts';
import type { Logger } from '../log.ts';
import { RelayError } from '../relay-error.ts';
import type { Crowd } from './crowd.ts';

/** What the sockets need of the world outside the desk. */
export type Edge = {
  readonly origins: () => Origins;
  readonly limits: Pick<Limits, 'start' | 'transcript'>;
  /** The proxies in front, as in TRUST_PROXY. */
  readonly hops: number;
};

/** Engine.IO connections that have joined nothing are closed after this long: they cost a file and a heartbeat each. */
export const JOIN_WITHIN_MS = 10_000;

type AllowRequest = (
  request: IncomingMessage,
  answer: (error: string | null | undefined, allowed: boolean) => void,
) => void;

export function allowRequest(origins: () => Origins, crowd: Pick<Crowd, 'hasRoom'>): AllowRequest {
  return (request, answer) => {
    const own = origins();
    const origin = originOf(request.headers, own);
    const allowed =
      origin === undefined
        ? !sessionToken(request.headers.cookie)
        : origin === own.public || origin === own.console;
    if (!allowed) answer('BAD_ORIGIN', false);
    else if (crowd.hasRoom(request)) answer(null, true);
    else answer('TOO_MANY', false);
  };
}

/**
 * The asking page's origin. Long-polling begins with a GET, and those of one's own page carry no Origin; browsers mark them
 * with a header that no page's script can set.
 */
function originOf(headers: IncomingMessage['headers'], origins: Origins): string | undefined {
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== 'same-origin') return headers.origin;
  return [origins.public, origins.console].find((own) => new URL(own).host === headers.host);
}

type Next = (error?: Error) => void;

/** How often one connection may ask to be let in: a client asks once, or again after it was refused. */
const KNOCKS_MAX = 20;

/**
 * A namespace's door. To be let in costs the store questions, and no event's budget counts it: so one question at a time,
 * and not many in all. A connection that asks more is closed, and so is one that has left.
 */
export function door(log: Logger, admit: (socket: Socket) => Promise<void>) {
  const knocks = new WeakMap<object, { count: number; isOpening: boolean }>();
  return (socket: Socket, next: Next): void => {
    const { conn } = socket;
    const knock = knocks.get(conn) ?? { count: 0, isOpening: false };
    knocks.set(conn, knock);
    knock.count += 1;
    if (knock.isOpening || knock.count > KNOCKS_MAX) {
      conn.close();
      next(refusal('TOO_MANY'));
      return;
    }
    knock.isOpening = true;
    admit(socket).then(
      () => {
        socket.once('disconnect', () => conn.close());
        next();
      },
      (error: unknown) => {
        knock.isOpening = false;
        if (error instanceof RelayError) return next(refusal(error.code));
        log.error({ err: error }, 'somebody could not be admitted');
        next(refusal('UNAVAILABLE'));
      },
    );
  };
}

/**
 * The protocol that is asked for; throws where this relay does not speak it. It is looked at before anything else of `auth`, which a newer
 * release may have changed: while relays are being replaced its pages reach older ones, and must hear that this passes.
 */
export function spokenProtocol(auth: unknown): number {
  const { protocol } = (auth ?? {}) as { readonly protocol?: unknown };
  if (typeof protocol !== 'number' || !Number.isInteger(protocol)) throw new RelayError('INVALID_PAYLOAD');
  if (protocol < PROTOCOL_MIN) throw new RelayError('OLD_PROTOCOL');
  if (protocol > PROTOCOL) throw new RelayError('NEW_PROTOCOL');
  return protocol;
}

/** A visitor's socket comes from the frame, or from no page at all and then with a token. */
export function visitorOriginProblem(
  headers: IncomingMessage['headers'],
  token: string | undefined,
  origins: Origins,
): ErrorCode | null {
  const origin = originOf(headers, origins);
  if (origin === undefined) return token === undefined ? 'BAD_ORIGIN' : null;
  return origin === origins.public ? null : 'BAD_ORIGIN';
}

export function agentOriginProblem(headers: IncomingMessage['headers'], origins: Origins): ErrorCode | null {
  return originOf(headers, origins) === origins.console ? null : 'BAD_ORIGIN';
}

/** What was asked at the door is known by now, and kept it would be kilobytes, a cookie or a proof among them, as long as the socket lives. */
export function forgetHandshake({ conn, handshake }: Pick<Socket, 'conn' | 'handshake'>): void {
  (conn as { request: unknown }).request = null;
  Object.assign(handshake, FORGOTTEN);
}

const FORGOTTEN: Partial<Socket['handshake']> = { headers: {}, auth: {}, query: {}, url: '', time: '' };

/** Socket.IO hands an Error's message to the client as `connect_error`. */
function refusal(code: ErrorCode): Error {
  return new Error(code);
}
