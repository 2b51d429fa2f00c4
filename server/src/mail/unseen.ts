/**
 * Replies that nobody has seen for two minutes are told once: on the visitor's devices where there is one (push/pushes.ts),
 * otherwise by e-mail. Several that came together are in one mail, in the visitor's language, under the full name of whoever wrote
 * last, with a link that opens the conversation on any browser. Every relay looks; the mark of a conversation is held while a mail
 * or a push is written, in the same transaction, so that one of them writes it.
 */
import { randomUUID } from 'node:crypto';
import { pickWidgetLocale } from '@fullname/shared/locale';
import { readSiteSettings } from '@fullname/shared/site-settings';
import { enqueue } from '../jobs/jobs.ts';
import type { Logger } from '../log.ts';
import { makeContinueLink } from '../people/continued.ts';
import { isEmail } from '../people/email.ts';
import { postPush } from '../push/pushes.ts';
import { wordsOf } from '../site/own-words.ts';
import type { Db } from '../store/db.ts';
import { insertMail, lockAddress, provenAddress } from '../store/mails.ts';
import { deletePushOf, failPushesBefore, hasDevices } from '../store/push.ts';
import {
  conversationsDue,
  countVisitorMails,
  holdUnseen,
  insertVisitorMail,
  isStopped,
  markTold,
  type Times,
  type UnseenReply,
  type UnseenTalk,
} from '../store/unseen.ts';
import { addressHash, type Stops } from './stops.ts';
import { answeredYou, MAIL_WORDS, type MailWords, put } from './words.ts';

export type Unseen = {
  /** Looks every few seconds from now on. */
  start(): void;
  /** Looks now, and writes the mails and pushes that are due. */
  look(): Promise<void>;
  stop(): Promise<void>;
};

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const UNSEEN_MS = 2 * MINUTE_MS;
/** Somebody who is still writing is waited for, but not for ever. */
const QUIET_MS = 30_000;
const LONG_MS = 5 * MINUTE_MS;
/** Longer than a push is tried: nobody works it any more. */
const PUSH_LOST_MS = 60 * MINUTE_MS;
/** Nobody wants to hear today what was said days before e-mail was set up. */
const YOUNG_MS = 2 * DAY_MS;
/** So long no service is asked again about replies that only a device can tell. */
const PUSH_AGAIN_MS = 30 * MINUTE_MS;
const LOOK_EVERY_MS = 10_000;
const AT_ONCE = 100;
const REPLIES_MAX = 50;
/** As much of the words as a mail carries; all of them are behind its link. */
const BODY_MAX = 20_000;
/** An address that was only typed may be somebody else's, whoever typed it, and in however many conversations. */
const CLAIMED_A_DAY = 6;
const PROVEN_A_DAY = 24;

export function createUnseen({
  db,
  stops,
  isMailOn,
  origin,
  now,
  log,
}: {
  readonly db: Db;
  /** Whether a mail server is set; without one only devices are told. */
  readonly isMailOn: boolean;
  readonly stops: Stops;
  readonly origin: () => string;
  readonly now: () => number;
  readonly log: Logger;
}): Unseen {
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;

  async function lookAll(): Promise<void> {
    if (!isMailOn && !(await hasDevices(db))) return;
    await failPushesBefore(db, new Date(now() - PUSH_LOST_MS).toISOString());
    const due = await conversationsDue(db, timesAt(now()), { limit: AT_ONCE, mail: isMailOn });
    for (const id of due) {
      try {
        await db.transaction((tx) => write(tx, id));
      } catch (error) {
        log.warn({ err: error, conversation: id }, 'a reply that nobody has seen was not told');
      }
    }
  }

  async function write(tx: Db, conversation: string): Promise<void> {
    const talk = await holdUnseen(tx, conversation, timesAt(now()), REPLIES_MAX);
    const last = talk?.replies.at(-1);
    if (!talk || !last) return;
    const push = async () => {
      await postPush(tx, { conversation, fromSeq: talk.mark, upTo: last.publicSeq }, now());
      await markTold(tx, conversation, last.publicSeq);
    };
    const canPush = talk.devices > 0 && readSiteSettings(talk.settings).push.on;
    if (canPush && !talk.pushFailed) return push();
    const outcome = await writeMail(tx, { conversation, talk, last });
    if (outcome === 'later') return;
    // The service may be back: as long as replies are young there is no other way to tell them.
    if (outcome === 'nobody' && canPush) return talk.mayPushAgain ? push() : undefined;
    await markTold(tx, conversation, last.publicSeq);
    if (talk.pushFailed) await deletePushOf(tx, conversation);
  }

  /** `nobody`: there is no address that may be written to. `later`: it had enough mail today. */
  async function writeMail(
    tx: Db,
    { conversation, talk, last }: { conversation: string; talk: UnseenTalk; last: UnseenReply },
  ): Promise<'written' | 'nobody' | 'later'> {
    const to = isMailOn ? await addressOf(tx, talk) : null;
    if (to === null || (await isStopped(tx, addressHash(to.address)))) return 'nobody';
    await lockAddress(tx, to.address);
    const since = new Date(now() - DAY_MS).toISOString();
    const sent = await countVisitorMails(tx, {
      ...{ address: to.address, conversation, kind: 'replies', since },
    });
    // They go with the next mail that may be written.
    if (sent.address >= (to.proven ? PROVEN_A_DAY : CLAIMED_A_DAY)) return 'later';
    const locale = pickWidgetLocale([talk.locale]);
    const id = randomUUID();
    const link = await makeContinueLink(tx, {
      ...{ conversation, locale, site: talk.siteKey, origin: origin(), now: now() },
    });
    const stop = stops.url(id, { locale, site: talk.siteKey });
    const settings = readSiteSettings(talk.settings);
    await insertMail(tx, {
      ...{ id, customer: null, by: last.person, to: to.address },
      subject: answeredYou(settings, locale, last.fullName),
      body: bodyOf(talk, { words: wordsOf(MAIL_WORDS, locale, settings), link, stop }),
      createdAt: new Date(now()).toISOString(),
    });
    await insertVisitorMail(tx, {
      ...{ mail: id, conversation, kind: 'replies', locale, upTo: last.publicSeq, stop },
    });
    await enqueue(tx, { name: 'mail-send', data: { mail: id }, key: id });
    return 'written';
  }

  /** A look that is under way may have asked before the clock was moved. */
  async function look(): Promise<void> {
    await looking?.catch(() => undefined);
    const mine = lookAll().finally(() => {
      if (looking === mine) looking = undefined;
    });
    looking = mine;
    await mine;
  }

  return {
    start() {
      timer = setInterval(() => {
        if (looking) return;
        look().catch((error: unknown) =>
          log.warn({ err: error }, 'it was not asked which replies nobody has seen'),
        );
      }, LOOK_EVERY_MS);
    },
    look,
    async stop() {
      clearInterval(timer);
      await looking?.catch(() => undefined);
    },
  };
}

function timesAt(now: number): Times {
  const ago = (ms: number) => new Date(now - ms).toISOString();
  return {
    ...{ due: ago(UNSEEN_MS), quiet: ago(QUIET_MS), long: ago(LONG_MS) },
    ...{ young: ago(YOUNG_MS), again: ago(PUSH_AGAIN_MS) },
  };
}

/** What the visitor has left for the answer; otherwise what the site has signed. An agent's link is no proof. */
async function addressOf(
  tx: Db,
  { claimedEmail, customer }: UnseenTalk,
): Promise<{ readonly address: string; readonly proven: boolean } | null> {
  const proven = customer === null ? null : await provenAddress(tx, customer);
  const address = claimedEmail ?? proven;
  if (address === null || !isEmail(address)) return null;
  return { address, proven: address.toLowerCase() === proven?.toLowerCase() };
}

function bodyOf(
  { replies, siteName }: UnseenTalk,
  { words, link, stop }: { readonly words: MailWords; readonly link: string; readonly stop: string },
): string {
  const said = groups(replies).map((group) => saidIn(group, words));
  const all = said.join('\n\n');
  const shown = all.length > BODY_MAX ? `${all.slice(0, BODY_MAX)}…` : all;
  return [
    shown,
    `${words.letterGo}\n${link}`,
    words.letterLife,
    `${put(words.letterWhy, siteName)}\n${words.letterStop}\n${stop}`,
  ].join('\n\n');
}

/** What one person wrote without another in between. */
function groups(replies: readonly UnseenReply[]): UnseenReply[][] {
  const found: UnseenReply[][] = [];
  for (const reply of replies) {
    const last = found.at(-1);
    if (last?.[0]?.person === reply.person) last.push(reply);
    else found.push([reply]);
  }
  return found;
}

function saidIn(group: readonly UnseenReply[], words: MailWords): string {
  const name = group[0]?.fullName ?? '';
  const lines = group.map(({ isFile, text }) => (isFile ? put(words.letterFile, name, text) : text));
  return `${put(words.letterWrote, name)}\n\n${lines.join('\n\n')}`;
}
