/** Sites: where a chat may be embedded, under which key. */
import { randomBytes, randomInt } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Site, SiteDraft } from '@fullname/shared/api';
import { NAME_MAX_LENGTH } from '@fullname/shared/limits';
import { problemsInSettings, readSiteSettings, type SiteSettings } from '@fullname/shared/site-settings';
import { repairText } from '@fullname/shared/text';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import {
  demoSiteExists,
  insertSite,
  listSites,
  mergeSiteSettings,
  type SiteRow,
  siteRowById,
  siteRowByKey,
  updateSiteRow,
} from '../store/sites.ts';

import { readHost } from './hosts.ts';

export type { SiteRow } from '../store/sites.ts';

const KEY = /^[a-z0-9]{1,40}$/;
const KEY_LENGTH = 10;
const HOSTS_MAX = 50;

/** The site of a key, or null. Remembered for a few seconds: every embed and every frame asks. */
export async function siteByKey(db: Db, key: string): Promise<SiteRow | null> {
  if (!KEY.test(key)) return null;
  const cache = cacheOf(db);
  const cached = cache.get(key);
  if (cached && cached.until > Date.now()) return cached.site;
  const read = (await siteRowByKey(db, key)) ?? null;
  // Every socket keeps its site: what has not changed is one object for all of them.
  const site = cached && isDeepStrictEqual(cached.site, read) ? cached.site : read;
  if (cache.size >= CACHE_MAX) cache.clear();
  cache.set(key, { site, until: Date.now() + CACHE_MS });
  return site;
}

/** All sites, in the order in which they came. */
export function allSites(db: Db): Promise<SiteRow[]> {
  return listSites(db);
}

/** Whether the demo desk is still here. */
export function hasDemo(db: Db): Promise<boolean> {
  return demoSiteExists(db);
}

/** Makes a site with a key and a signing secret of its own. Throws BAD_HOST, INVALID_PAYLOAD for a host or name that cannot be used. */
export async function createSite(db: Db, draft: SiteDraft): Promise<SiteRow> {
  const site = await insertSite(db, { ...readSiteDraft(draft), key: newKey(), identitySecret: newSecret() });
  forgetSites(db);
  return site;
}

/** Changes name and hosts. Throws BAD_HOST, INVALID_PAYLOAD, UNKNOWN. */
export async function changeSite(db: Db, id: string, draft: SiteDraft): Promise<SiteRow> {
  const site = await updateSiteRow(db, id, readSiteDraft(draft));
  if (!site) throw new RelayError('UNKNOWN');
  forgetSites(db);
  return site;
}

/** The site of an id. Throws UNKNOWN. */
export async function siteById(db: Db, id: string): Promise<SiteRow> {
  const site = await siteRowById(db, id);
  if (!site) throw new RelayError('UNKNOWN');
  return site;
}

/** What the owner has set, complete. Throws UNKNOWN. */
export async function siteSettings(db: Db, id: string): Promise<SiteSettings> {
  return readSiteSettings((await siteById(db, id)).settings);
}

/**
 * Replaces the sections that are named, each as a whole, and leaves the others. Nothing is repaired on its way in: what would have
 * to be is refused. Throws BAD_SETTINGS, UNKNOWN.
 */
export async function changeSiteSettings(db: Db, id: string, sections: object): Promise<SiteSettings> {
  if (problemsInSettings(sections).length > 0) throw new RelayError('BAD_SETTINGS');
  const site = await mergeSiteSettings(db, id, sections);
  if (!site) throw new RelayError('UNKNOWN');
  forgetSites(db);
  return readSiteSettings(site.settings);
}

/** The settings of a row, read once for as long as the row is kept. */
export function settingsOf(site: Pick<SiteRow, 'settings'>): SiteSettings {
  const known = settingsRead.get(site);
  if (known) return known;
  const settings = readSiteSettings(site.settings);
  settingsRead.set(site, settings);
  return settings;
}

/** A site was changed: this relay asks the store again. Others do so within seconds. */
export function forgetSites(db: Db): void {
  cacheOf(db).clear();
}

/** The key that signs identities: for owners alone. Throws UNKNOWN. */
export async function siteSecret(db: Db, id: string): Promise<string> {
  return (await siteById(db, id)).identitySecret;
}

/** The site as the console shows it, with the tag to copy. */
export function siteView(row: SiteRow, origin: string): Site {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    hosts: row.hosts,
    tag: `<script async src="${origin}/w/${row.key}.js"></script>`,
    demo: row.demo,
    files: settingsOf(row).attachments,
  };
}

export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Name and hosts as they are stored. Throws BAD_HOST, INVALID_PAYLOAD. */
export function readSiteDraft(draft: SiteDraft): { name: string; hosts: string[] } {
  const name = repairText(draft.name)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const hosts = new Set<string>();
  for (const text of draft.hosts) {
    const host = readHost(text);
    if (host === null) throw new RelayError('BAD_HOST');
    hosts.add(host);
  }
  if (!name || name.length > NAME_MAX_LENGTH || hosts.size > HOSTS_MAX)
    throw new RelayError('INVALID_PAYLOAD');
  return { name, hosts: [...hosts] };
}

function newKey(): string {
  const digits = 'abcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from({ length: KEY_LENGTH }, () => digits[randomInt(digits.length)]).join('');
}

/** Short enough for a changed list of hosts to count soon on every relay. */
const CACHE_MS = 3_000;
/** Keys come from outside; made-up ones must not fill the memory. */
const CACHE_MAX = 1_000;

const settingsRead = new WeakMap<object, SiteSettings>();

type Cache = Map<string, { readonly site: SiteRow | null; readonly until: number }>;
const caches = new WeakMap<Db, Cache>();

function cacheOf(db: Db): Cache {
  const known = caches.get(db);
  if (known) return known;
  const cache: Cache = new Map();
  caches.set(db, cache);
  return cache;
}
