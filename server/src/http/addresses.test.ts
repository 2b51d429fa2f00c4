import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { addressKey } from './addresses.ts';

const asked = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

test.each([
  ['the peer, without a proxy', asked('203.0.113.7', '198.51.100.1'), 0, '203.0.113.7'],
  ['what the proxy was asked from', asked('127.0.0.1', '198.51.100.1, 203.0.113.7'), 1, '203.0.113.7'],
  ['what the first of two was asked from', asked('::1', '1.1.1.1, 203.0.113.7, 10.0.0.2'), 2, '203.0.113.7'],
  ['the farthest that is named, where there are fewer', asked('::1', '203.0.113.7'), 3, '203.0.113.7'],
  ['the peer, where the proxy says nothing', asked('10.0.0.9'), 1, '10.0.0.9'],
  ['the peer, where it says nonsense', asked('10.0.0.9', 'unknown'), 1, '10.0.0.9'],
  ['without a port', asked('10.0.0.9', '203.0.113.7:4711'), 1, '203.0.113.7'],
  ['IPv4 through an IPv6 socket', asked('::ffff:203.0.113.7'), 0, '203.0.113.7'],
  ['the /64 of IPv6', asked('2001:db8:1:2:3:4:5:6'), 0, '2001:db8:1:2'],
  ['the same, however it is written', asked('2001:0DB8:0001:0002::9'), 0, '2001:db8:1:2'],
  ['the same, in brackets with a port', asked('::1', '[2001:db8:1:2::9]:443'), 1, '2001:db8:1:2'],
  ['zeros within it', asked('2001:0:0:5:1:1:1:1'), 0, '2001:0:0:5'],
  ['zeros before it', asked('::5:1:1:1:1:1'), 0, '0:0:5:1'],
  ['nothing but zeros', asked('::1'), 0, '0:0:0:0'],
  ['a short one', asked('2001:db8::1'), 0, '2001:db8:0:0'],
  ['a zone is no part of it', asked('fe80::1%eth0'), 0, 'fe80:0:0:0'],
])('%s', (_what, request, hops, key) => expect(addressKey(request, hops)).toBe(key));
