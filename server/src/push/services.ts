/** Push services: which addresses a browser may name, and how one is given a push. The address was chosen by a visitor. */
import { NoPage, postPublic } from '../site/public-fetch.ts';

const ENDPOINT_MAX_LENGTH = 1_024;
const WITHIN_MS = 4_000;

export type ServiceRules = {
  /** Names of hosts; `*.` is any name below. */
  readonly hosts: readonly string[];
  /** Plain http to this machine: for development and tests. */
  readonly loopback: boolean;
};

/** `gone`: the device wants no more. `busy`: another try may do. `refused`: none will. */
export type Pushed = 'taken' | 'gone' | 'busy' | 'refused';

/** The address of a known push service; null for any other. */
export function readEndpoint(text: string, { hosts, loopback }: ServiceRules): URL | null {
  if (text.length > ENDPOINT_MAX_LENGTH || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isHere = loopback && url.hostname === 'localhost' && url.protocol === 'http:';
  const isSafe = isHere || (url.protocol === 'https:' && url.port === '');
  const isPlain = url.username === '' && url.password === '' && url.hash === '';
  return isSafe && isPlain && hosts.some((host) => isUnder(url.hostname, host)) ? url : null;
}

function isUnder(name: string, host: string): boolean {
  return host.startsWith('*.')
    ? name.endsWith(host.slice(1)) && name.length > host.length - 1
    : name === host;
}

/** Gives one push away. Of the answer only its status is read. */
export async function givePush(
  url: URL,
  push: { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer },
  { loopback }: ServiceRules,
): Promise<Pushed> {
  try {
    const status = await postPublic(url, push, { loopback, withinMs: WITHIN_MS });
    if (status >= 200 && status < 300) return 'taken';
    if (status === 404 || status === 410) return 'gone';
    return status === 429 || status >= 500 ? 'busy' : 'refused';
  } catch (error) {
    // An address that is not public will not become a push service's.
    return error instanceof NoPage && error.why === 'address' ? 'refused' : 'busy';
  }
}
