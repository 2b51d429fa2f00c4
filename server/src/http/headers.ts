/** The security headers of each kind of answer, in one place, so that they can be read side by side. */
import type { RequestHandler } from 'express';
import { type FramePolicy, framePolicy, NOWHERE_ELSE, policy, socketOf } from '../site/csp.ts';

type Headers = Readonly<Record<string, string>>;

/** On every answer. `same-origin`: where somebody reads or writes is nobody else's business. */
export function commonHeaders(isHttps: () => boolean): RequestHandler {
  return (_request, response, next) => {
    response.set({
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
      'Content-Security-Policy':
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'Cross-Origin-Resource-Policy': 'same-origin',
    });
    if (isHttps()) response.set('Strict-Transport-Security', 'max-age=31536000');
    next();
  };
}

/** Answers about people are kept by nobody on the way. */
export const apiHeaders: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

/**
 * What host pages load themselves, as scripts or with `crossorigin`: the embed, and the storage broker, which is a chunk
 * as the others are. No secret is in them.
 */
const FOR_HOST_PAGES: Headers = {
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Access-Control-Allow-Origin': '*',
};

export const EMBED_HEADERS: Headers = { ...FOR_HOST_PAGES, 'Cache-Control': 'public, max-age=60' };

/** Files whose name holds their hash never change. */
export const IMMUTABLE: Headers = { 'Cache-Control': 'public, max-age=31536000, immutable' };

export const CHUNK_HEADERS: Headers = { ...FOR_HOST_PAGES, ...IMMUTABLE };

/** Who is there changes; a page that asks again within a moment need not ask the relay. */
export const HELLO_HEADERS: Headers = { 'Cache-Control': 'public, max-age=15' };

/**
 * What people send each other: kept on a disk if somebody wants it, never opened as a page, and if it were, one without scripts,
 * forms or an origin. Pages of the chat and of the console, which may stand at another origin, show its pictures.
 */
export const FILE_HEADERS: Headers = {
  'Content-Security-Policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Cache-Control': 'private, no-store',
  'Referrer-Policy': 'no-referrer',
};

/** The chat's document. Only this site's host pages may frame it. */
export function frameHeaders(frame: FramePolicy): Headers {
  return {
    'Content-Security-Policy': framePolicy(frame),
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Permissions-Policy': NO_DEVICES,
    'Cache-Control': 'no-cache',
  };
}

/**
 * The console refuses to be framed, and no other window keeps a hand on it. One script's address may be made by a script: that of
 * the reader, which reads drafts in a thread of its own; the name is the console's (reader.ts), and made once. `pictures`: where files
 * are served. It frames one page of its own, the preview of the chat.
 */
export function consoleHeaders(origin: string, pictures: string): Headers {
  return {
    'Content-Security-Policy': policy({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'worker-src': ["'self'"],
      'style-src': ["'self'"],
      'connect-src': ["'self'", socketOf(origin)],
      'img-src': ["'self'", 'data:', ...(pictures === origin ? [] : [pictures])],
      'frame-src': ["'self'"],
      'frame-ancestors': ["'none'"],
      ...NOWHERE_ELSE,
      'trusted-types': ['fullname-reader'],
    }),
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': NO_DEVICES,
    'Cache-Control': 'no-cache',
  };
}

/**
 * The chat as the console previews it. It runs the one script that it is, as a page of no origin: it reaches neither the console's
 * storage nor the relay, and nobody else frames it.
 */
export function previewHeaders(scripts: readonly string[]): Headers {
  return {
    'Content-Security-Policy': `sandbox allow-scripts; ${policy({
      'default-src': ["'none'"],
      'script-src': scripts,
      'frame-ancestors': ["'self'"],
      ...NOWHERE_ELSE,
    })}`,
    'Permissions-Policy': NO_DEVICES,
    'Cache-Control': 'no-cache',
  };
}

/** The page that asks whether a device may tell of answers. The one address that a script makes there is the worker's, and made once. */
export function devicePageHeaders(inlined: {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}): Headers {
  return {
    'Content-Security-Policy': policy({
      'default-src': ["'none'"],
      'script-src': inlined.scripts,
      'style-src': inlined.styles,
      'worker-src': ["'self'"],
      'connect-src': ["'self'"],
      'frame-ancestors': ["'none'"],
      ...NOWHERE_ELSE,
      'trusted-types': ['fullname-worker'],
    }),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': NO_DEVICES,
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-cache',
  };
}

/** It draws a notice and opens a link; it asks nobody but the relay, and only where its browser has subscribed anew. */
export const WORKER_HEADERS: Headers = {
  'Content-Security-Policy': policy({
    'default-src': ["'none'"],
    'connect-src': ["'self'"],
    'frame-ancestors': ["'none'"],
    ...NOWHERE_ELSE,
  }),
  'Cache-Control': 'no-cache',
};

const NO_DEVICES = 'camera=(), microphone=(), geolocation=(), payment=(), usb=()';
