/** Whether an owner's page has the chat: the relay fetches it as a visitor's browser would, and says what is in its way. */
import type { InstallReport } from '@fullname/shared/api';
import { widgetLocaleOf } from '@fullname/shared/locale';
import { isChatPage } from '@fullname/shared/page-settings';
import { allowsOrigin } from './hosts.ts';
import { type FetchedPage, type FetchRules, fetchPublic, NoPage } from './public-fetch.ts';
import { type SiteRow, settingsOf } from './sites.ts';

export type Looking = {
  readonly site: Pick<SiteRow, 'key' | 'settings'>;
  /** Pages that may embed the chat, with the relay's own where it has a shop. */
  readonly hosts: readonly string[];
  /** Where the relay's widget is. */
  readonly origin: string;
  /** Origins that may be pages on this machine. */
  readonly loopback: 'all' | readonly string[];
} & Pick<FetchRules, 'addressesOf'>;

const WITHIN_MS = 8_000;
const MOST_BYTES = 2 * 1024 * 1024;
const HOPS_MOST = 4;

/** Only pages of the site's own hosts are fetched, at every hop: an owner of one company is no scanner of others. Never throws. */
export async function lookAtPage(address: string, looking: Looking): Promise<InstallReport> {
  let url = URL.canParse(address) ? new URL(address) : null;
  const until = Date.now() + WITHIN_MS;
  for (let hop = 0; url && hop <= HOPS_MOST; hop += 1) {
    url.hash = '';
    if (url.username || url.password || !allowsOrigin(looking.hosts, url.origin))
      return { found: hop === 0 ? 'not-allowed' : 'leads-away', url: url.origin };
    const page = await fetchOr(url, {
      ...looking,
      loopback: looking.loopback === 'all' || looking.loopback.includes(url.origin),
      withinMs: Math.max(1, until - Date.now()),
    });
    if ('found' in page) return page;
    if (page.location === null || page.status < 300 || page.status > 399)
      return page.status >= 400
        ? { found: 'refused', url: url.href, status: page.status }
        : judge(page, url, looking);
    url = URL.canParse(page.location, url.href) ? new URL(page.location, url) : null;
  }
  return { found: 'unreachable', url: url?.href ?? address };
}

async function fetchOr(
  url: URL,
  rules: Pick<FetchRules, 'loopback' | 'addressesOf' | 'withinMs'>,
): Promise<FetchedPage | InstallReport> {
  try {
    return await fetchPublic(url, { ...rules, mostBytes: MOST_BYTES });
  } catch (error) {
    if (!(error instanceof NoPage)) throw error;
    const found = ({ address: 'not-public', large: 'too-large', silent: 'unreachable' } as const)[error.why];
    return { found, url: url.href };
  }
}

/** What the page says of itself, never any of its words. */
function judge({ html, csp }: FetchedPage, url: URL, { site, origin }: Looking): InstallReport {
  const seen = withoutComments(html);
  const tags = tagsIn(seen, url);
  const own = tags.find((tag) => tag.origin === origin && tag.key === site.key);
  const other = tags[0];
  const policies = [...csp, ...policiesIn(seen)].filter((policy) => policy.trim() !== '');
  const blocked = linesMissing(policies, { origin, page: url, nonce: own?.nonce ?? null });
  if (!own && other) {
    if (other.origin !== origin) return { found: 'other-relay', url: url.href, relay: other.origin };
    return { found: 'wrong-key', url: url.href, key: other.key };
  }
  if (!own) return { found: 'none', url: url.href, blocked };
  if (blocked.length > 0) return { found: 'blocked', url: url.href, blocked };
  if (!isChatPage(settingsOf(site).pages, url.href)) return { found: 'hidden', url: url.href };
  return { found: 'tag', url: url.href, ...(own.unread.length > 0 && { unread: own.unread }) };
}

type Tag = {
  readonly origin: string;
  readonly key: string;
  readonly nonce: string | null;
  /** What is said in it and not understood. */
  readonly unread: readonly string[];
};

/** What a tag may say where not any words will do: whatever else stands there is passed over, and the usual holds. */
const UNDERSTOOD: Readonly<Record<string, (value: string) => boolean>> = {
  locale: (value) => value === 'auto' || widgetLocaleOf(value) !== null,
  theme: (value) => ['auto', 'light', 'dark'].includes(value),
  position: (value) => ['right', 'left'].includes(value),
  storage: (value) => value === 'memory',
  consent: (value) => value === 'required',
};
const UNREAD_MOST = 80;

function unreadIn(own: string): string[] {
  return Object.entries(UNDERSTOOD).flatMap(([name, isUnderstood]) => {
    const value = attribute(own, `data-${name}`);
    return value === null || isUnderstood(value) ? [] : [`data-${name}="${value.slice(0, UNREAD_MOST)}"`];
  });
}

/*
 * What a page says is read in one pass, whatever it says: a pattern that looks for its end again from each of half a million
 * beginnings would hold up everybody at this relay for minutes.
 */

/** A comment without an end goes to the end of the page, as browsers have it. */
function withoutComments(html: string): string {
  let seen = '';
  let at = 0;
  for (;;) {
    const from = html.indexOf('<!--', at);
    if (from < 0) return seen + html.slice(at);
    seen += html.slice(at, from);
    const to = html.indexOf('-->', from + 4);
    if (to < 0) return seen;
    at = to + 3;
  }
}

/** The attributes of each element of this name, and where they end. */
function* elementsIn(html: string, name: string): Generator<{ readonly own: string; readonly end: number }> {
  const opening = new RegExp(`<${name}\\b`, 'gi');
  while (opening.exec(html)) {
    const end = endOf(html, opening.lastIndex);
    if (end < 0) return;
    yield { own: html.slice(opening.lastIndex, end), end: end + 1 };
    opening.lastIndex = end + 1;
  }
}

/** Where an element's attributes end: a value in quotes may hold what would end them, such as the selector `nav > a`. */
function endOf(html: string, from: number): number {
  const next = /=\s*(["'])|>/g;
  next.lastIndex = from;
  for (let found = next.exec(html); found; found = next.exec(html)) {
    const [, quote] = found;
    if (quote === undefined) return found.index;
    const closing = html.indexOf(quote, next.lastIndex);
    if (closing < 0) return -1;
    next.lastIndex = closing + 1;
  }
  return -1;
}

/** Script elements, and scripts that make one: both name `…/w/KEY.js`. */
function tagsIn(html: string, page: URL): Tag[] {
  const tags: Tag[] = [];
  const closing = /<\/script/gi;
  let inside = 0;
  for (const { own, end } of elementsIn(html, 'script')) {
    // Inside of a script nothing begins another.
    if (end <= inside) continue;
    closing.lastIndex = end;
    inside = closing.exec(html)?.index ?? html.length;
    const named = attribute(own, 'src') ?? addressIn(html.slice(end, inside));
    if (named === '' || !URL.canParse(named, page.href)) continue;
    const { origin, pathname } = new URL(named, page);
    const key = /^\/w\/([a-z0-9]{1,40})\.js$/.exec(pathname)?.[1];
    if (key !== undefined) tags.push({ origin, key, nonce: attribute(own, 'nonce'), unread: unreadIn(own) });
  }
  return tags;
}

const ADDRESS_MOST = 2_048;

function addressIn(script: string): string {
  for (const word of script.split(/[\s"'`\\]+/)) {
    const from = word.search(/https?:\/\//);
    const found = from < 0 ? null : /^\S+\/w\/[a-z0-9]{1,40}\.js/.exec(word.slice(from, from + ADDRESS_MOST));
    if (found) return found[0];
  }
  return '';
}

function attribute(text: string, name: string): string | null {
  const found = new RegExp(`(?:^|[\\s"'/])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(
    text,
  );
  return found ? (found[1] ?? found[2] ?? found[3] ?? '').replaceAll('&amp;', '&').trim() : null;
}

function policiesIn(html: string): string[] {
  return [...elementsIn(html, 'meta')].flatMap(({ own }) =>
    /^content-security-policy$/i.test(attribute(own, 'http-equiv') ?? '')
      ? [attribute(own, 'content') ?? '']
      : [],
  );
}

type Asked = { readonly origin: string; readonly page: URL; readonly nonce: string | null };

/** Directives that keep the chat out, with what each must have: every policy must allow both. */
function linesMissing(policies: readonly string[], asked: Asked): string[] {
  const missing = new Set<string>();
  for (const policy of policies) {
    const scripts = sourcesOf(policy, ['script-src-elem', 'script-src', 'default-src']);
    const frames = sourcesOf(policy, ['frame-src', 'child-src', 'default-src']);
    if (scripts && !allowsScript(scripts, asked)) missing.add(`script-src ${asked.origin}`);
    if (frames && !frames.some((source) => fits(source, asked))) missing.add(`frame-src ${asked.origin}`);
  }
  return [...missing];
}

/** Null where nothing is said of it: then all is allowed. */
function sourcesOf(policy: string, names: readonly string[]): readonly string[] | null {
  const said = new Map<string, readonly string[]>();
  for (const directive of policy.split(';')) {
    const [name = '', ...sources] = directive.trim().split(/\s+/);
    if (!said.has(name.toLowerCase())) said.set(name.toLowerCase(), sources);
  }
  return names.map((name) => said.get(name)).find((sources) => sources !== undefined) ?? null;
}

/** Under `strict-dynamic` addresses count for nothing, and whatever a script with the nonce brings may run. */
function allowsScript(sources: readonly string[], asked: Asked): boolean {
  if (sources.some((source) => source.toLowerCase() === "'strict-dynamic'"))
    return asked.nonce !== null && sources.includes(`'nonce-${asked.nonce}'`);
  return sources.some((source) => fits(source, asked));
}

/** As browsers match a source: scheme, host with a wildcard, port; a path of a folder or of the file. */
function fits(source: string, { origin, page }: Asked): boolean {
  const wanted = new URL(origin);
  if (source === '*') return true;
  if (source.toLowerCase() === "'self'") return page.origin === origin;
  if (/^https?:$/i.test(source)) return isScheme(source.slice(0, -1), wanted);
  const found = /^(?:(https?):\/\/)?(\*\.)?([^/:*]+)(?::(\d+|\*))?(\/.*)?$/i.exec(source);
  if (!found) return false;
  const [, scheme = page.protocol.slice(0, -1), wild, host = '', port, path] = found;
  const name = host.toLowerCase();
  const isHost = wild ? wanted.hostname.endsWith(`.${name}`) : wanted.hostname === name;
  const usual = wanted.protocol === 'https:' ? '443' : '80';
  const isPort = port === '*' || (port ?? usual) === (wanted.port || usual);
  const isPath = path === undefined || path === '/' || path === '/w/';
  return isScheme(scheme, wanted) && isHost && isPort && isPath;
}

/** A policy of http allows https as well. */
function isScheme(scheme: string, wanted: URL): boolean {
  const lower = `${scheme.toLowerCase()}:`;
  return lower === wanted.protocol || (lower === 'http:' && wanted.protocol === 'https:');
}
