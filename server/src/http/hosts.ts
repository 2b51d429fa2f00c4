/**
 * Which names the relay answers to. A page of a foreign name that was made to resolve here (DNS rebinding) must not speak
 * to the console as its own origin, and `127.0.0.1` must not become a second console beside `localhost`.
 */
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from '../log.ts';
import { RelayError } from '../relay-error.ts';

/** Where browsers reach the relay: the widget, and the console. Without trailing slash. */
export type Origins = { readonly public: string; readonly console: string };

/** Lets a request through only under this origin's host. Pages are sent there, everything else is refused. */
export function onlyUnder(origin: () => string, log: Logger): RequestHandler {
  const warn = atMostOnceAMinute((host: string) =>
    log.warn(
      { host, expected: origin() },
      'a request came under another host: set PUBLIC_URL and CONSOLE_URL to what browsers use, and let a proxy pass on the Host header',
    ),
  );
  return (request, response, next) => {
    if (hasHost(request, origin())) {
      next();
      return;
    }
    warn(String(request.headers.host));
    moveTo(origin(), request, response);
  };
}

/** The demo shop stands under the other loopback name, so that its chat is a cross-site frame as everywhere else. */
export function onlyUnderShop(origins: () => Origins): RequestHandler {
  return (request, _response, next) => {
    const host = request.host ?? '';
    const isName = isLoopback(host.replace(/:\d+$/, '')) || hasHost(request, origins().public);
    next(isName ? undefined : new RelayError('BAD_ORIGIN'));
  };
}

/** `localhost` for `127.0.0.1` and the reverse, same port; other origins as they are. */
export function otherLoopback(origin: string): string {
  const url = new URL(origin);
  if (!isLoopback(url.hostname)) return origin;
  url.hostname = url.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  return url.origin;
}

/** Whether a host name can only be this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|[a-z0-9-]+\.localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/i.test(hostname);
}

function hasHost(request: Request, origin: string): boolean {
  const { protocol, host } = new URL(origin);
  const asked = `${protocol}//${request.host ?? ''}`;
  return URL.canParse(asked) && new URL(asked).host === host;
}

/** Only to the relay's own origin, and only with the path: no open redirect. */
function moveTo(origin: string, request: Request, response: Response): void {
  const isPage = request.method === 'GET' && !request.originalUrl.startsWith('/api');
  if (!isPage) throw new RelayError('BAD_ORIGIN');
  response
    .status(307)
    .set({
      Location: new URL(`${origin}/${request.originalUrl.replace(/^\/+/, '')}`).href,
      'Cache-Control': 'no-store',
    })
    .end();
}

function atMostOnceAMinute<Value>(say: (value: Value) => void): (value: Value) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (value) => {
    if (performance.now() - last < 60_000) return;
    last = performance.now();
    say(value);
  };
}
