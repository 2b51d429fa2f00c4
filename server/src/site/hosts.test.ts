import { describe, expect, test } from 'vitest';
import { readHost } from './hosts.ts';

describe('a host page', () => {
  test.each([
    ['https://shop.example', 'https://shop.example'],
    [' https://Shop.Example/products?x=1#y ', 'https://shop.example'],
    ['https://shop.example:443', 'https://shop.example'],
    ['https://shop.example:8443', 'https://shop.example:8443'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
    ['https://*.shop.example', 'https://*.shop.example'],
    ['https://*.Shop.Example:8443/any/page', 'https://*.shop.example:8443'],
    ['https://*.münchen.example', 'https://*.xn--mnchen-3ya.example'],
    ['https://*.shop.github.io', 'https://*.shop.github.io'],
    ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
  ])('%s is %s', (text, origin) => expect(readHost(text)).toBe(origin));

  test.each([
    '',
    'shop.example',
    '*',
    'https://*.example',
    'https://*',
    "https://a;script-src 'unsafe-inline'",
    'https://a;b.example',
    'https://a,b.example',
    "https://a'b.example",
    'https://user:pass@shop.example',
    'ftp://shop.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'null',
    'https://',
    'https://shop.example.',
    'https://-shop.example',
  ])('cannot be %j', (text) => expect(readHost(text)).toBeNull());
});
