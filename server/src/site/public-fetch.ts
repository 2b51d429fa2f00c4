/**
 * One page of somebody else's, fetched because an owner asks, or one push given to a service that a visitor's browser names: the
 * relay stands where the asker may not be, so it goes to public addresses alone. A name is resolved once, all that it stands for is
 * looked at, and the connection goes to an address that was looked at: a name that says something else a moment later (DNS rebinding)
 * changes nothing. Time and size have an end.
 */
import { lookup as resolve } from 'node:dns/promises';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

export type FetchedPage = {
  readonly status: number;
  /** Where a redirection leads; null where the answer is none. */
  readonly location: string | null;
  readonly html: string;
  /** Each policy that the answer has; several hold at once. */
  readonly csp: readonly string[];
};

/** Why there is no page: not a public address, no answer in time, or more than is read. */
export class NoPage extends Error {
  readonly why: 'address' | 'silent' | 'large';
  constructor(why: NoPage['why']) {
    super(`No page: ${why}`);
    this.why = why;
  }
}

export type FetchRules = {
  /** Pages on this machine: in development, and for the demo. Nothing else that is not public, ever. */
  readonly loopback: boolean;
  /** All of it, from the name to the last byte. */
  readonly withinMs: number;
  readonly mostBytes: number;
  /** The addresses of a name; the system's own resolver where it is left out. */
  readonly addressesOf?: (name: string) => Promise<readonly string[]>;
};

/** Follows no redirection: whoever asks looks first where it leads. Throws NoPage. */
export async function fetchPublic(url: URL, rules: FetchRules): Promise<FetchedPage> {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new NoPage('address');
  const signal = AbortSignal.timeout(rules.withinMs);
  const address = await within(signal, () => addressFor(url, rules));
  const response = await within(signal, () =>
    ask(url, address, { signal, method: 'GET', headers: FOR_PAGES }),
  );
  try {
    const body = await within(signal, () => bodyOf(response, rules.mostBytes));
    return {
      status: response.statusCode ?? 0,
      location: response.headers.location ?? null,
      html: body.toString('utf8'),
      csp: [response.headers['content-security-policy'] ?? []].flat().flatMap((one) => one.split(',')),
    };
  } finally {
    response.destroy();
  }
}

/**
 * Gives bytes to a public address, by https; by plain http only to this machine itself, where that is allowed. Of the answer nothing
 * but its status is read. Throws NoPage.
 */
export async function postPublic(
  url: URL,
  { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer },
  rules: Omit<FetchRules, 'mostBytes'>,
): Promise<number> {
  const signal = AbortSignal.timeout(rules.withinMs);
  const address = await within(signal, () => addressFor(url, rules));
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(address)))
    throw new NoPage('address');
  const response = await within(signal, () => ask(url, address, { signal, method: 'POST', headers, body }));
  response.destroy();
  return response.statusCode ?? 0;
}

/** Whether packets to it leave for the public internet. What is no address is not. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !PRIVATE_4.check(address, 'ipv4');
  return version === 6 && GLOBAL_6.check(address, 'ipv6') && !PRIVATE_6.check(address, 'ipv6');
}

/** The one address that is asked. A name of which only one answer is not public is refused whole. */
async function addressFor(
  url: URL,
  { loopback, addressesOf = systemAddresses }: Pick<FetchRules, 'loopback' | 'addressesOf'>,
): Promise<string> {
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(name) === 0 ? await addressesOf(name) : [name];
  const isAllowed = (one: string) => isPublicAddress(one) || (loopback && isLoopback(one));
  const [first] = addresses;
  if (first === undefined) throw new NoPage('silent');
  if (!addresses.every(isAllowed)) throw new NoPage('address');
  return first;
}

async function systemAddresses(name: string): Promise<readonly string[]> {
  return (await resolve(name, { all: true })).map(({ address }) => address);
}

type Asking = {
  readonly signal: AbortSignal;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
};

const FOR_PAGES = {
  accept: 'text/html',
  'accept-encoding': 'identity',
  'user-agent': 'Fullname (looks for the chat)',
};

function ask(url: URL, address: string, { signal, method, headers, body }: Asking): Promise<IncomingMessage> {
  // Whatever the name says now, the connection goes to what was looked at.
  const lookup: LookupFunction = (_name, options, found) => {
    const family = isIP(address);
    if (options.all) found(null, [{ address, family }]);
    else found(null, address, family);
  };
  return new Promise((found, failed) => {
    const { request } = url.protocol === 'https:' ? https : http;
    request(url, { method, lookup, headers, signal, agent: false, maxHeaderSize: 32_768 }, found)
      .on('error', failed)
      .end(body);
  });
}

async function bodyOf(response: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > mostBytes) throw new NoPage('large');
    pieces.push(piece);
  }
  const unpack = UNPACK[response.headers['content-encoding'] ?? 'identity'];
  // A small answer that would unpack to a large one ends at the same size.
  return unpack ? unpack(Buffer.concat(pieces), { maxOutputLength: mostBytes }) : Buffer.concat(pieces);
}

type Unpack = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;
const UNPACK: Readonly<Record<string, Unpack>> = {
  gzip: promisify(gunzip) as Unpack,
  br: promisify(brotliDecompress) as Unpack,
  deflate: promisify(inflate) as Unpack,
};

/** Whatever goes wrong on the way is no page: what exactly is the other side's business, and nobody's map of its network. */
async function within<Value>(signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
  const ended = new Promise<never>((_, failed) => {
    signal.addEventListener('abort', () => failed(new NoPage('silent')), { once: true });
  });
  ended.catch(() => undefined);
  try {
    signal.throwIfAborted();
    return await Promise.race([work(), ended]);
  } catch (error) {
    if (error instanceof NoPage) throw error;
    throw new NoPage(isTooLarge(error) ? 'large' : 'silent');
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

function isLoopback(address: string): boolean {
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}

/** IANA's registries of special addresses; in IPv6 only what is given out for the public internet counts. */
const PRIVATE_4 = listOf(
  'ipv4',
  `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24
  192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`,
);
const GLOBAL_6 = listOf('ipv6', '2000::/3');
/** Among them those that carry an IPv4 address inside: 6to4 and Teredo. */
const PRIVATE_6 = listOf('ipv6', '2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20');

function listOf(family: 'ipv4' | 'ipv6', ranges: string): BlockList {
  const list = new BlockList();
  for (const range of ranges.split(/\s+/)) {
    const [net = '', bits] = range.split('/');
    list.addSubnet(net, Number(bits), family);
  }
  return list;
}
