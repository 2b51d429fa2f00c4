import type { Response } from 'express';
import { SESSION_LIFE_SECONDS } from '../people/sessions.ts';
import { isLoopback } from './hosts.ts';

/**
 * `__Host-`: browsers take it only with Secure, without Domain and for the whole host, so that no neighbouring name can
 * plant one. Browsers count loopback as secure. `Strict` suffices: one-time links reach the console in the fragment, and
 * what it asks for is same-site.
 */
const SESSION_COOKIE = '__Host-fullname';

const ATTRIBUTES = 'Path=/; HttpOnly; Secure; SameSite=Strict';

/** What to do where a browser would not keep the cookie, and others on the network could read it. */
export const HTTPS_REMEDY =
  'Nobody can sign in over plain http, except on this machine itself: others on the network could read along. ' +
  'Set PUBLIC_URL (or CONSOLE_URL) to the https:// address under which browsers reach the relay.';

/** Whether a session may be had at this origin: over https, or on loopback. */
export function mayHoldSession(consoleOrigin: string): boolean {
  const url = new URL(consoleOrigin);
  return url.protocol === 'https:' || isLoopback(url.hostname);
}

export function setSessionCookie(response: Response, token: string): void {
  response.append('Set-Cookie', `${SESSION_COOKIE}=${token}; Max-Age=${SESSION_LIFE_SECONDS}; ${ATTRIBUTES}`);
}

export function clearSessionCookie(response: Response): void {
  response.append('Set-Cookie', `${SESSION_COOKIE}=; Max-Age=0; ${ATTRIBUTES}`);
}

/** The session's token in a `Cookie` header, or undefined. The sockets' gate reads it by the same rule. */
export function sessionToken(header: string | undefined): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === SESSION_COOKIE) return pair.slice(at + 1).trim();
  }
  return undefined;
}
