/**
 * Whose request it is, as far as limits are concerned. With `hops` proxies in front, each of which adds the address it was
 * asked from to X-Forwarded-For, only so many entries from the right are believed: what stands before them the asker wrote.
 */
import type { IncomingMessage } from 'node:http';
import { isIP, isIPv6 } from 'node:net';

/** What one household, office or attacker has in common: an IPv4 address, or the /64 of an IPv6 one, of which they have 2^64. */
export function addressKey(request: IncomingMessage, hops: number): string {
  const address = clientAddress(request, hops);
  if (!isIPv6(address)) return address;
  const [head = [], tail = []] = new URL(`http://[${address}]`).hostname
    .slice(1, -1)
    .split('::')
    .map((side) => (side === '' ? [] : side.split(':')));
  // What `::` stands for may be all of the network's part, or lie in the midst of it.
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0');
  return [...head, ...zeros, ...tail].slice(0, 4).join(':');
}

function clientAddress({ socket, headers }: IncomingMessage, hops: number): string {
  const peer = plain(socket.remoteAddress ?? '');
  if (hops === 0) return peer;
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').map(plain);
  const believed = forwarded.slice(-hops).filter((address) => isIP(address) !== 0);
  return believed[0] ?? peer;
}

/** IPv4 that came through an IPv6 socket is the same address; zones and ports are no part of it. */
function plain(address: string): string {
  const bare = address
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
  return bare.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
}
