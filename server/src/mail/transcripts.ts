/**
 * A transcript goes to an address that is proven: by the site's signature, or by a code that was mailed there and typed in. Nobody learns
 * here what address is known: a code is answered for alike, whether one went out or not.
 */
import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import type { WidgetLocale } from '@fullname/shared/locale';
import type { SiteSettings } from '@fullname/shared/site-settings';
import { derivedId } from '../derived-id.ts';
import { enqueue } from '../jobs/jobs.ts';
import { readEmail } from '../people/email.ts';
import { oneLine } from '../people/names.ts';
import { RelayError } from '../relay-error.ts';
import { wordsOf } from '../site/own-words.ts';
import type { Db } from '../store/db.ts';
import { insertMail, lockAddress, readMail } from '../store/mails.ts';
import { confirmCode, countTry, countWritten, storeCode, type Written } from '../store/transcripts.ts';
import { insertVisitorMail } from '../store/unseen.ts';
import { TRANSCRIPT_WORDS } from './transcript-words.ts';
import { put } from './words.ts';

const DAY_MS = 24 * 60 * 60_000;
/** As the mail says. */
const CODE_LIFE_MS = 30 * 60_000;
const TRIES_MAX = 5;
/** Of each kind in a day. What one address gets is bounded whoever asks: it may be a stranger's. */
const A_DAY: { readonly [Kind in 'code' | 'transcript']: Written } = {
  code: { conversation: 5, visitor: 10, address: 3 },
  transcript: { conversation: 5, visitor: 10, address: 10 },
};

const ENOUGH = 'This address had enough codes for one day.';

export type Asked = {
  /** The relay's own id of it. */
  readonly conversation: string;
  readonly visitor: string;
  /** Made by the browser: the same again is the same mail. */
  readonly id: string;
  readonly locale: WidgetLocale;
  readonly siteName: string;
  /** In whose words it is written. */
  readonly settings: SiteSettings;
  /** Who said goodbye: the transcript comes in their name. */
  readonly person: { readonly id: string; readonly fullName: string };
};

/** Mails a code to an address, in the caller's transaction. Throws BAD_EMAIL, and MAIL_ENOUGH where this visitor has asked too often. */
export async function mailCode(
  tx: Db,
  asked: Asked,
  { email, now }: { email: string; now: number },
): Promise<void> {
  const { conversation, locale, siteName, settings } = asked;
  const to = readEmail(email);
  const mail = derivedId('transcript-code', conversation, asked.id);
  await lockAddress(tx, to);
  if (await readMail(tx, mail)) return;
  const written = await countOwn(tx, asked, { kind: 'code', address: to, now });
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const expiresAt = new Date(now + CODE_LIFE_MS).toISOString();
  await storeCode(tx, { conversation, address: to, hash: hashOf(conversation, code), expiresAt });
  // Said to nobody, and done like the others: that somebody had enough today is not the asker's to know.
  const state = written.address >= A_DAY.code.address ? 'dropped' : 'waiting';
  const words = wordsOf(TRANSCRIPT_WORDS, locale, settings);
  await post(tx, asked, {
    ...{ mail, kind: 'code', to, now, state, subject: put(words.codeSubject, code) },
    body: [`${put(words.codeLead, oneLine(siteName))}\n\n    ${code}`, words.codeLife, words.codeNot].join(
      '\n\n',
    ),
  });
}

/**
 * The address that a code proves, and whether it is the same request again, whose mail is written already. Null for a code that is
 * wrong, was used, or holds no more; the try is counted, so the caller must commit.
 */
export async function takeCode(
  tx: Db,
  { conversation, id }: Pick<Asked, 'conversation' | 'id'>,
  { code, now }: { readonly code: string; readonly now: number },
): Promise<{ readonly address: string; readonly again: boolean } | null> {
  const at = new Date(now).toISOString();
  const row = await countTry(tx, { conversation, now: at, triesMax: TRIES_MAX });
  if (!row || !timingSafeEqual(row.hash, hashOf(conversation, code))) return null;
  const { address } = row;
  if (row.confirmedAt !== null)
    return (await readMail(tx, transcriptId(conversation, id))) ? { address, again: true } : null;
  await confirmCode(tx, conversation, at);
  return { address, again: false };
}

/** Mails the transcript to an address that is proven. Throws MAIL_ENOUGH. */
export async function mailTranscript(
  tx: Db,
  asked: Asked,
  { to, text, now }: { readonly to: string; readonly text: string; readonly now: number },
): Promise<void> {
  const { conversation, locale, person, settings } = asked;
  const mail = transcriptId(conversation, asked.id);
  await lockAddress(tx, to);
  if (await readMail(tx, mail)) return;
  const written = await countOwn(tx, asked, { kind: 'transcript', address: to, now });
  if (written.address >= A_DAY.transcript.address) throw new RelayError('MAIL_ENOUGH');
  const subject = put(wordsOf(TRANSCRIPT_WORDS, locale, settings).copySubject, person.fullName);
  await post(tx, asked, { mail, kind: 'transcript', to, now, state: 'waiting', subject, body: text });
}

/** Enough of an address for whoever has it to know it again. */
export function maskedEmail(address: string): string {
  const at = address.lastIndexOf('@');
  const [first = ''] = address;
  return `${at > 1 ? first : ''}•••${address.slice(at)}`;
}

/** Throws MAIL_ENOUGH for what the visitor knows of: their own. */
async function countOwn(
  tx: Db,
  { conversation, visitor }: Asked,
  {
    kind,
    address,
    now,
  }: { readonly kind: keyof typeof A_DAY; readonly address: string; readonly now: number },
): Promise<Written> {
  const since = new Date(now - DAY_MS).toISOString();
  const written = await countWritten(tx, { kind, conversation, visitor, address, since });
  const { conversation: ofThis, visitor: ofAll } = A_DAY[kind];
  if (written.conversation >= ofThis || written.visitor >= ofAll) throw new RelayError('MAIL_ENOUGH');
  return written;
}

async function post(
  tx: Db,
  { conversation, locale, person }: Asked,
  letter: {
    readonly mail: string;
    readonly kind: 'code' | 'transcript';
    readonly to: string;
    readonly subject: string;
    readonly body: string;
    readonly now: number;
    readonly state: 'waiting' | 'dropped';
  },
): Promise<void> {
  const { mail, kind, to, subject, body, now, state } = letter;
  const createdAt = new Date(now).toISOString();
  await insertMail(tx, {
    ...{ id: mail, customer: null, by: person.id, to, subject: oneLine(subject), body, createdAt },
    ...{ state, trouble: state === 'dropped' ? ENOUGH : null },
  });
  await insertVisitorMail(tx, { mail, conversation, kind, locale });
  if (state === 'dropped') return;
  await enqueue(tx, { name: 'mail-send', data: { mail }, key: mail });
}

function transcriptId(conversation: string, id: string): string {
  return derivedId('transcript', conversation, id);
}

/** Six digits are no secret to whoever can read the store, and need not be: they hold for half an hour, and five tries. */
function hashOf(conversation: string, code: string): Buffer {
  return createHash('sha256').update(`${conversation}\n${code}`).digest();
}
