/** The devices on which a visitor is told of answers: allowed by the chat, added by a page of the relay's own, forgotten by either. */
import { createHash } from 'node:crypto';
import { hashToken } from '../people/secrets.ts';
import { RelayError } from '../relay-error.ts';
import { type SiteRow, settingsOf, siteByKey } from '../site/sites.ts';
import type { Db } from '../store/db.ts';
import {
  deleteDevices,
  deleteDevicesOf,
  findDevice,
  insertGrant,
  replaceDevice,
  saveDevice,
  takeGrant,
} from '../store/push.ts';
import { isRecipient } from './encrypt.ts';
import { readEndpoint, type ServiceRules } from './services.ts';

/** Long enough to read the page and to answer the browser's question. */
const GRANT_LIFE_MS = 15 * 60 * 1000;
const DEVICES_MOST = 5;
const KEY_MAX_LENGTH = 200;

/** As a browser's `PushSubscription` says it. */
export type Subscription = {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
};

/** The site of a key whose owner has switched this on. Throws UNKNOWN. */
export async function siteThatPushes(db: Db, key: string): Promise<SiteRow> {
  const site = await siteByKey(db, key);
  if (!site || !settingsOf(site).push.on) throw new RelayError('UNKNOWN');
  return site;
}

/** A chat allows one device: whoever brings this grant soon, and once. Throws UNKNOWN where the owner does not want it. */
export async function allowDevice(
  db: Db,
  chat: {
    readonly site: string;
    readonly visitor: string;
    readonly tokenHash: Buffer;
    /** Made by the chat. */
    readonly grant: string;
    readonly now: number;
  },
): Promise<void> {
  await siteThatPushes(db, chat.site);
  await db.transaction((tx) =>
    insertGrant(tx, {
      ...{ hash: hashToken(chat.grant), tokenHash: chat.tokenHash, visitor: chat.visitor },
      now: new Date(chat.now).toISOString(),
      expiresAt: new Date(chat.now + GRANT_LIFE_MS).toISOString(),
    }),
  );
}

/** Adds a device by a grant. INVALID_PAYLOAD for what no browser says, LINK_USED for a grant that is over, UNKNOWN. */
export async function addDevice(
  db: Db,
  asked: {
    readonly site: string;
    readonly grant: string;
    readonly subscription: Subscription;
    /** What it is, as far as it says; its visitor sees it so. */
    readonly device: string | null;
    readonly now: number;
    readonly services: ServiceRules;
  },
): Promise<void> {
  const site = await siteThatPushes(db, asked.site);
  const device = readSubscription(asked.subscription, asked.services);
  const at = new Date(asked.now).toISOString();
  await db.transaction(async (tx) => {
    const granted = await takeGrant(tx, { hash: hashToken(asked.grant), site: site.id, now: at });
    if (!granted) throw new RelayError('LINK_USED');
    await saveDevice(tx, { ...device, ...granted, device: asked.device, at, most: DEVICES_MOST });
  });
}

/** A browser has another subscription by itself: it takes the place of the one whose secret is shown. Nobody learns whether it did. */
export async function renewDevice(
  db: Db,
  asked: {
    readonly site: string;
    readonly before: { readonly endpoint: string; readonly auth: string };
    readonly subscription: Subscription;
    readonly services: ServiceRules;
  },
): Promise<void> {
  const site = await siteThatPushes(db, asked.site);
  const now = readSubscription(asked.subscription, asked.services);
  const { endpoint, auth } = asked.before;
  const before = { hash: endpointHash(endpoint), auth: bytesIn(auth), site: site.id };
  await db.transaction((tx) => replaceDevice(tx, before, now));
}

/** Of whose answers a device tells: of those to the chat that has given a leave, or to another one, or of none. */
export type ToldHere = 'this' | 'other' | 'none';

/** Whoever knows a device's address is that device: what it tells is its own to know. */
export async function toldOn(
  db: Db,
  asked: {
    readonly site: string;
    readonly endpoint: string;
    /** Null, or one that is over: then any chat's is this one's. */
    readonly grant: string | null;
    readonly now: number;
  },
): Promise<ToldHere> {
  const site = await siteThatPushes(db, asked.site);
  const found = await findDevice(db, {
    ...{ hash: endpointHash(asked.endpoint), site: site.id, now: new Date(asked.now).toISOString() },
    grant: asked.grant === null ? null : hashToken(asked.grant),
  });
  if (!found) return 'none';
  return found.granted === null || found.granted === found.visitor ? 'this' : 'other';
}

/** Whoever knows a device's address is that device, or its push service: either may end it. */
export function removeDevice(db: Db, endpoint: string): Promise<void> {
  return deleteDevices(db, [endpointHash(endpoint)]);
}

/** Somebody leaves a browser: what the chat with this token has allowed ends with it. */
export function forgetDevices(db: Db, token: string): Promise<void> {
  return deleteDevicesOf(db, hashToken(token));
}

function readSubscription({ endpoint, keys }: Subscription, services: ServiceRules) {
  const recipient = { p256dh: bytesIn(keys.p256dh), auth: bytesIn(keys.auth) };
  const url = readEndpoint(endpoint, services);
  if (!url || !isRecipient(recipient)) throw new RelayError('INVALID_PAYLOAD');
  return { hash: endpointHash(endpoint), endpoint, ...recipient };
}

function bytesIn(text: string): Buffer {
  return /^[\w-]+=*$/.test(text) && text.length <= KEY_MAX_LENGTH
    ? Buffer.from(text, 'base64url')
    : Buffer.alloc(0);
}

function endpointHash(endpoint: string): Buffer {
  return createHash('sha256').update(endpoint).digest();
}
