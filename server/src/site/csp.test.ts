import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { cspFor, inlinedIn } from './csp.ts';

test('a host page needs two lines, and the chat runs what it was built with and nothing else', () => {
  const html =
    '<!doctype html><style>a{}</style><script src="/x.js"></script><script type="module">go()</script>';
  const sha = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const csp = cspFor({
    origin: 'https://chat.example.com',
    hosts: ['https://*.example.com', 'https://chat.example.com'],
    ...inlinedIn(html),
  });
  expect(csp.hostPage).toEqual(['script-src https://chat.example.com', 'frame-src https://chat.example.com']);
  expect(csp.frame.split('; ')).toEqual([
    "default-src 'none'",
    `script-src 'self' ${sha('go()')}`,
    `style-src ${sha('a{}')}`,
    "connect-src 'self' wss://chat.example.com",
    "img-src 'self' data:",
    'frame-ancestors https://chat.example.com https://*.example.com',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]);
  expect(JSON.stringify(csp)).not.toContain('unsafe');
});

test('a chat without inlined styles allows none', () => {
  const csp = cspFor({ origin: 'http://localhost:8787', hosts: [], scripts: [], styles: [] });
  expect(csp.frame).toContain("; style-src 'none'; connect-src 'self' ws://localhost:8787; ");
});
