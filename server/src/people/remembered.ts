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
import { deleteDevices, readDevices, type ToldRow } from '../store/push.ts';
import type { Names } from '../store/recovery.ts';
import {
  type BrowserRow,
  browsersOf,
  type ClaimRow,
  forgetClaim,
  forgetDevice,
  forgetTold,
  isFirstToken,
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
type Proven = { readonly name: string | null; readonly email: string | null } | null;

export type Seer = Browser & {
  readonly tokenHash: Buffer | null;
  readonly proven: Proven;
};

type Own = {
  readonly whose: Whose;
  readonly visitors: Visitors;
  /** Those of whose browsers they may know what these are and what pages told: whoever has a mail's link reads the conversation, and no more. */
  readonly browsers: Visitors;
};

/**
 * Whose things a visitor may see and have removed: this browser's, and with a site's signature those of the browsers for which a site
 * has signed as the same customer's. What is claimed, and an agent's word, add none.
 */
async function own(db: Db, seer: Seer): Promise<Own> {
  const { visitor, tokenHash } = seer;
  const whose = await ownPreferences(db, seer);
  const signed = whose.customer === null ? [] : await browsersOf(db, whose.customer);
  if (visitor === null || signed.includes(visitor)) return { whose, visitors: signed, browsers: signed };
  const isFirst = tokenHash !== null && (await isFirstToken(db, visitor, tokenHash));
  return { whose, visitors: [visitor, ...signed], browsers: isFirst ? [visitor, ...signed] : signed };
}

/** Everything, each once. An address that the site has signed is the site's word, whoever has typed it as well. */
export async function readRemembered(
  db: Db,
  { seer, now }: { readonly seer: Seer; readonly now: number },
  names: Names,
): Promise<Remembered[]> {
  const { proven } = seer;
  const { whose, visitors, browsers } = await own(db, seer);
  const noted = await notedOf(db, whose);
  const at = new Date(now).toISOString();
  const planned = visitors.length > 0 ? await readPlanned(db, visitors, at) : [];
  const claims = visitors.length > 0 ? await readClaims(db, visitors) : [];
  const known = browsers.length > 0 ? await readBrowsers(db, browsers) : [];
  const told = visitors.length > 0 ? await toldOf(db, seer, { visitors, browsers }) : [];
  return [
    ...noted,
    ...claims.filter((row) => !isSigned(row, proven)).map(toClaim),
    ...planned.map((row) => toCallBack(row, names)),
    ...known.flatMap(toBrowser),
    ...told.map(toTold),
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

/**
 * Where answers to their conversations are told: on the devices of their browsers. Whoever has a mail's link sees only those that they
 * have allowed themself.
 */
function toldOf(
  db: Db,
  { tokenHash }: Pick<Seer, 'tokenHash'>,
  { visitors, browsers }: Pick<Own, 'visitors' | 'browsers'>,
): Promise<ToldRow[]> {
  return readDevices(db, { all: browsers, own: visitors, tokenHash });
}

const toldId = ({ hash }: Pick<ToldRow, 'hash'>): string => idOf('push', hash.toString('hex'));

function toTold(row: ToldRow): Remembered {
  return { kind: 'push', id: toldId(row), device: row.device, at: iso(row.at) };
}

/** A call-back of theirs that is still to come, by its id. */
export async function findPlanned(
  db: Db,
  { seer, now }: { readonly seer: Seer; readonly now: number },
  id: string,
): Promise<PlannedRow | undefined> {
  const { visitors } = await own(db, seer);
  if (visitors.length === 0) return undefined;
  return (await readPlanned(db, visitors, new Date(now).toISOString())).find((row) => row.id === id);
}

/**
 * Forgets what this id means among their own: a claim with its lines in the log, what pages told, where a browser was, or that a device is told of answers. Answers the
 * conversations beside which something is gone: none for what is unknown, or gone already.
 */
export async function forget(tx: Db, seer: Seer, id: string): Promise<readonly string[]> {
  const { visitors, browsers } = await own(tx, seer);
  if (visitors.length === 0) return [];
  const talks = await lockTalks(tx, visitors);
  if (!(await forgetOf(tx, seer, { visitors, browsers, id }))) return [];
  await renewTalks(tx, visitors);
  return talks;
}

async function forgetOf(
  tx: Db,
  seer: Seer,
  { visitors, browsers, id }: Pick<Own, 'visitors' | 'browsers'> & { readonly id: string },
): Promise<boolean> {
  const claim = (await readClaims(tx, visitors)).find((row) => claimId(row) === id);
  if (claim) {
    await forgetClaim(tx, visitors, claim);
    return true;
  }
  const told = (await toldOf(tx, seer, { visitors, browsers })).find((row) => toldId(row) === id);
  if (told) {
    await deleteDevices(tx, [told.hash]);
    return true;
  }
  for (const visitor of browsers) {
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
