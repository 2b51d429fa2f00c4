/**
 * Replies told on a visitor's devices: one push for all of a conversation's, which says who has answered and never what. A push
 * that no service takes is given back, and e-mail tells it.
 */
import { randomUUID } from 'node:crypto';
import { pickWidgetLocale } from '@fullname/shared/locale';
import { readSiteSettings } from '@fullname/shared/site-settings';
import { enqueue, type Job, type Jobs } from '../jobs/jobs.ts';
import type { Logger } from '../log.ts';
import { answeredYou } from '../mail/words.ts';
import { makeContinueLink } from '../people/continued.ts';
import type { Db } from '../store/db.ts';
import {
  type DeviceRow,
  deleteDevices,
  deletePush,
  failPush,
  insertPush,
  readPush,
  type WaitingPush,
} from '../store/push.ts';
import { encrypt, type Sender, topicOf } from './encrypt.ts';
import { givePush, type Pushed, readEndpoint, type ServiceRules } from './services.ts';

/** A device that is off has it as long as replies are young enough to be told at all. */
const TTL_S = 2 * 24 * 60 * 60;
/** Seven minutes in all; after that somebody who left an address hears by e-mail. */
const TRIES = 5;
/** A service that is silent keeps one of these for as long as it is waited for, and the other pushes go on. */
const AT_ONCE = 8;

type Tools = {
  readonly db: Db;
  readonly sender: Sender;
  readonly services: ServiceRules;
  readonly origin: () => string;
  readonly now: () => number;
  readonly log: Logger;
};

export type Told = { readonly conversation: string; readonly fromSeq: number; readonly upTo: number };

/** Notes a push and its job; it goes if and only if the transaction is committed. */
export async function postPush(tx: Db, told: Told, now: number): Promise<void> {
  const id = randomUUID();
  await insertPush(tx, { id, ...told, at: new Date(now).toISOString() });
  await enqueue(tx, { name: 'push-send', data: { push: id }, key: id });
}

/** From now on this relay sends pushes. */
export function workPushes(jobs: Pick<Jobs, 'work'>, tools: Tools): void {
  jobs.work('push-send', (job) => deliver(tools, job), AT_ONCE);
}

/** Throws when the job is to be tried again. */
async function deliver(tools: Tools, job: Job<'push-send'>): Promise<void> {
  const { db, log } = tools;
  const id = job.data.push;
  const push = await readPush(db, id);
  if (!push) return;
  if (push.isNeedless) return deletePush(db, id);
  const isOn = readSiteSettings(push.settings).push.on;
  const answers = isOn ? await tellAll(tools, push) : [];
  const gone = push.devices.filter((_, index) => answers[index] === 'gone').map(({ hash }) => hash);
  await deleteDevices(db, gone);
  if (answers.includes('taken')) return deletePush(db, id);
  const mayTry = job.attempt < TRIES && !job.last;
  if (mayTry && answers.includes('busy')) throw new Error('no push service took it yet');
  log.warn({ push: id, answers }, 'an answer was not pushed');
  await failPush(db, id);
}

async function tellAll(tools: Tools, push: WaitingPush): Promise<Pushed[]> {
  if (push.devices.length === 0) return [];
  const words = await noticeOf(tools, push);
  return Promise.all(push.devices.map((device) => tell(tools, device, { push, words })));
}

async function tell(
  { sender, services, origin, now }: Tools,
  device: DeviceRow,
  { push, words }: { readonly push: WaitingPush; readonly words: Buffer },
): Promise<Pushed> {
  const url = readEndpoint(device.endpoint, services);
  // The list of services may have become shorter.
  if (!url) return 'refused';
  const headers = {
    Authorization: sender.authorization(url, { contact: origin(), now: now() }),
    'Content-Encoding': 'aes128gcm',
    'Content-Type': 'application/octet-stream',
    TTL: String(TTL_S),
    Urgency: 'normal',
    Topic: topicOf(push.conversation),
  };
  return givePush(url, { headers, body: encrypt(words, device) }, services);
}

/** What the device shows: on a screen that others see, too. */
async function noticeOf({ db, origin, now }: Tools, push: WaitingPush): Promise<Buffer> {
  const { conversation, fullName, siteName, siteKey: site } = push;
  const locale = pickWidgetLocale([push.locale]);
  const link = await db.transaction((tx) =>
    makeContinueLink(tx, { conversation, site, locale, origin: origin(), now: now() }),
  );
  const title = answeredYou(readSiteSettings(push.settings), locale, fullName);
  return Buffer.from(
    JSON.stringify({ title, body: siteName, lang: locale, tag: topicOf(conversation), link }),
  );
}
