/** What Content-Security-Policies must say for the chat: the host page's, and the chat's own. */
import { createHash } from 'node:crypto';
import type { ChatCsp } from '@fullname/shared/api';

export type FramePolicy = {
  /** Where the relay's widget is. */
  readonly origin: string;
  /** Pages that may embed it. */
  readonly hosts: readonly string[];
  /** Hashes of what is inlined. */
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
};

/**
 * Two lines for the host page, and the policy that the chat has itself. The tag and what it imports are scripts and the chat is a
 * frame; the page itself connects nowhere, and styles are made where no policy of styles looks: neither needs a line.
 */
export function cspFor(frame: FramePolicy): ChatCsp {
  return {
    hostPage: [`script-src ${frame.origin}`, `frame-src ${frame.origin}`],
    frame: framePolicy(frame),
  };
}

/** Only this site's host pages may frame the chat; it runs the one script and style it was built with, and text becomes markup nowhere. */
export function framePolicy({ origin, hosts, scripts, styles }: FramePolicy): string {
  return policy({
    'default-src': ["'none'"],
    'script-src': ["'self'", ...scripts],
    'style-src': styles.length > 0 ? styles : ["'none'"],
    'connect-src': ["'self'", socketOf(origin)],
    'img-src': ["'self'", 'data:'],
    'frame-ancestors': [...new Set([origin, ...hosts])],
    ...NOWHERE_ELSE,
  });
}

export const NOWHERE_ELSE = {
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ["'none'"],
} as const;

/** Safari does not count the socket as 'self'. */
export function socketOf(origin: string): string {
  return origin.replace(/^http/, 'ws');
}

export function policy(directives: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}

/** The hashes of a document's inlined scripts and styles. Data in a script's place is none: browsers ask no policy about it. */
export function inlinedIn(html: string): { readonly scripts: string[]; readonly styles: string[] } {
  return { scripts: hashesOf(html, 'script'), styles: hashesOf(html, 'style') };
}

function hashesOf(html: string, tag: 'script' | 'style'): string[] {
  const inlined = html.matchAll(
    new RegExp(`<${tag}\\b(?![^>]*application/json)[^>]*>([\\s\\S]*?)</${tag}>`, 'gi'),
  );
  return [...inlined]
    .map((match) => match[1] ?? '')
    .filter((text) => text !== '')
    .map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
}
