/**
 * All that is remembered of a visitor through this chat, as they see it, and how one of it is forgotten. Ids are derived from what is
 * meant and looked up among the visitor's own, so that an id of somebody else's means nothing.
 */
import type { Remembered } from '@fullname/shared/events';
import { pickWidgetLocale } from '@fullname/shared/locale';
import { derivedId } from '../derived-id.ts';
import type { Db } from '../store/db.ts';
import { iso } from '../store/log.ts';
import type { Whose } from '../store/preferences.ts';
import type { Names } from '../store/recovery.ts';
import {
  type BrowserRow,
  browsersOf,
  type ClaimRow,
  forgetClaim,
  forgetDevice,
  forgetTold,
  lockTalks,
  type PlannedRow,
  readBrowsers,
  readClaims,
  readPlanned,
  renewTalks,
  type Visitors,
} from '../store/remembered.ts';
import { type Browser, notedOf, ownPreferences } from './preferences.ts';

/** What a site's signature says on this very line; null without one. */
export type Proven = { readonly name: string | null; readonly email: string | null } | null;

type Own = { readonly whose: Whose; readonly visitors: Visitors };

/**
 * Whose things a visitor may see and have removed: this browser's, and with a site's signature those of the browsers for which a site
 * has signed as the same customer's. What is claimed, and an agent's word, add none.
 */
async function own(db: Db, browser: Browser): Promise<Own> {
  const whose = await ownPreferences(db, browser);
  const others = whose.customer === null ? [] : await browsersOf(db, whose.customer);
  const visitors = [...new Set([...(browser.visitor === null ? [] : [browser.visitor]), ...others])];
  return { whose, visitors };
}

type Asked = { readonly browser: Browser; readonly proven: Proven; readonly now: number };

/** Everything, each once. An address that the site has signed is the site's word, whoever has typed it as well. */
export async function readRemembered(
  db: Db,
  { browser, proven, now }: Asked,
  names: Names,
): Promise<Remembered[]> {
  const { whose, visitors } = await own(db, browser);
  const noted = await notedOf(db, whose);
  const at = new Date(now).toISOString();
  const planned = visitors.length > 0 ? await readPlanned(db, visitors, at) : [];
  const claims = visitors.length > 0 ? await readClaims(db, visitors) : [];
  const browsers = visitors.length > 0 ? await readBrowsers(db, visitors) : [];
  return [
    ...noted,
    ...claims.filter((row) => !isSigned(row, proven)).map(toClaim),
    ...planned.map((row) => toCallBack(row, names)),
    ...browsers.flatMap(toBrowser),
    ...(proven?.name || proven?.email ? [{ kind: 'proven', ...proven } as const] : []),
  ];
}

function isSigned({ what, value }: ClaimRow, proven: Proven): boolean {
  return (
    (what === 'email' && value.toLowerCase() === proven?.email?.toLowerCase()) ||
    (what === 'name' && value === proven?.name)
  );
}

const idOf = (...what: readonly string[]): string => derivedId('remembered', ...what);
const claimId = ({ what, value }: Pick<ClaimRow, 'what' | 'value'>): string =>
  idOf(what, value.toLowerCase());

function toClaim(row: ClaimRow): Remembered {
  return { kind: 'claim', id: claimId(row), ...row, at: row.at && iso(row.at) };
}

function toCallBack({ id, from, to, way, phone, person }: PlannedRow, names: Names): Remembered {
  return {
    ...{ kind: 'call-back', id, way, phone, from: iso(from), to: iso(to) },
    person: person === null ? null : names(person),
  };
}

function toBrowser({ id, device, locale, pages, told }: BrowserRow): Remembered[] {
  const { labels = {}, events = [] } = told ?? {};
  return [
    ...(Object.keys(labels).length > 0 ? [{ kind: 'labels', id: idOf('labels', id), labels } as const] : []),
    ...(events.length > 0 ? [{ kind: 'page-events', id: idOf('events', id), events } as const] : []),
    { kind: 'device', id: idOf('device', id), device, pages, locale: pickWidgetLocale([locale]) },
  ];
}

/** A call-back of theirs that is still to come, by its id. */
export async function findPlanned(
  db: Db,
  { browser, now }: Pick<Asked, 'browser' | 'now'>,
  id: string,
): Promise<PlannedRow | undefined> {
  const { visitors } = await own(db, browser);
  if (visitors.length === 0) return undefined;
  return (await readPlanned(db, visitors, new Date(now).toISOString())).find((row) => row.id === id);
}

/**
 * Forgets what this id means among their own: a claim with its lines in the log, what pages told, or where a browser was. Answers the
 * conversations beside which something is gone: none for what is unknown, or gone already.
 */
export async function forget(tx: Db, browser: Browser, id: string): Promise<readonly string[]> {
  const { visitors } = await own(tx, browser);
  if (visitors.length === 0) return [];
  const talks = await lockTalks(tx, visitors);
  if (!(await forgetOf(tx, visitors, id))) return [];
  await renewTalks(tx, visitors);
  return talks;
}

async function forgetOf(tx: Db, visitors: Visitors, id: string): Promise<boolean> {
  const claim = (await readClaims(tx, visitors)).find((row) => claimId(row) === id);
  if (claim) {
    await forgetClaim(tx, visitors, claim);
    return true;
  }
  for (const visitor of visitors) {
    if (id === idOf('device', visitor)) await forgetDevice(tx, visitor);
    else if (id === idOf('labels', visitor)) await forgetTold(tx, visitor, 'labels');
    else if (id === idOf('events', visitor)) await forgetTold(tx, visitor, 'events');
    else continue;
    return true;
  }
  return false;
}

/** The number of a call-back that was taken back is kept for nothing. Answers as `forget`. */
export async function forgetNumber(tx: Db, { visitor, phone }: PlannedRow): Promise<readonly string[]> {
  if (phone === null) return [];
  const talks = await lockTalks(tx, [visitor]);
  await forgetClaim(tx, [visitor], { what: 'phone', value: phone });
  return talks;
}
