/**
 * One try at one mail. Before the mail server asks for the words nothing can have been delivered, and any trouble is
 * followed by another try. From the note `sending` until the server's answer nobody can know; a mail that is found there
 * afterwards is not sent again by itself but given to a person.
 */
import type { MailConfig } from '../config.ts';
import type { Job } from '../jobs/jobs.ts';
import type { Logger } from '../log.ts';
import { oneLine } from '../people/names.ts';
import type { Db } from '../store/db.ts';
import { beginTry, type MailToSend, moveMail, readMail } from '../store/mails.ts';
import { readAsked } from '../store/transcripts.ts';
import { isStopped, readReplies } from '../store/unseen.ts';
import { compose } from './compose.ts';
import { handOver, type SmtpTrouble } from './smtp.ts';
import { addressHash } from './stops.ts';

type Tools = {
  readonly config: MailConfig;
  readonly db: Db;
  readonly now: () => number;
  readonly log: Logger;
};

const UNKNOWN =
  'The connection ended before the mail server answered: it may have arrived. Ask before you write again.';
const SEEN = 'Read in the chat before it could be sent.';
const STOPPED = 'No more such mail was wished before it could be sent.';
const OVER = 'Its code held no more before it could be sent.';
const ASIDE = 'The visitor was put aside before it could be sent.';
const TROUBLE_MAX_LENGTH = 300;

/** Throws when the job is to be tried again. */
export async function deliver(tools: Tools, job: Job<'mail-send'>): Promise<void> {
  const { db, now } = tools;
  const id = job.data.mail;
  const mail = await beginTry(db, id, new Date(now()).toISOString());
  if (!mail) return endUnknown(tools, id);
  const needless = await whyNeedless(db, mail, new Date(now()).toISOString());
  if (needless !== null) {
    await moveMail(db, id, { from: ['waiting'], to: 'dropped', trouble: needless });
    return;
  }
  const trouble = await send(tools, mail);
  if (trouble === null) {
    // Noted at once and once more: a store that blinks must not turn a delivered mail into an unknown one.
    const sent = {
      from: ['sending'],
      to: 'sent',
      trouble: null,
      sentAt: new Date(now()).toISOString(),
    } as const;
    await moveMail(db, id, sent).catch(() => moveMail(db, id, sent));
    return;
  }
  await afterTrouble(tools, { mail, trouble, last: job.last });
}

/** A mail server may have been away for a day: what has happened meanwhile in the chat and to the address counts. */
async function whyNeedless(db: Db, { id, to }: MailToSend, now: string): Promise<string | null> {
  const asked = await readAsked(db, id, now);
  if (asked) return asked.isAside ? ASIDE : asked.isOver ? OVER : null;
  const replies = await readReplies(db, id);
  if (!replies) return null;
  if (replies.isSeen) return SEEN;
  if (replies.isAside) return ASIDE;
  return (await isStopped(db, addressHash(to))) ? STOPPED : null;
}

/** A mail that does not wait: it is done, or its relay was killed in the one moment that cannot be known. */
async function endUnknown({ db, log }: Tools, id: string): Promise<void> {
  if ((await readMail(db, id))?.state !== 'sending') return;
  log.error({ mail: id }, 'a mail may have been delivered; nobody can know');
  await moveMail(db, id, { from: ['sending'], to: 'failed', trouble: UNKNOWN });
}

async function send({ config, db }: Tools, mail: MailToSend): Promise<SmtpTrouble | null> {
  return handOver(config.smtp, {
    from: config.from.address,
    to: mail.to,
    raw: await compose(config, mail),
    // Whoever makes this note sends; a relay that was thought gone and is only slow does not get it.
    claim: () => moveMail(db, mail.id, { from: ['waiting'], to: 'sending' }),
  });
}

async function afterTrouble(
  { db, log }: Tools,
  { mail, trouble, last }: { mail: MailToSend; trouble: SmtpTrouble; last: boolean },
): Promise<void> {
  if (trouble.kind === 'claimed') return;
  const line = trouble.kind === 'unknown' ? UNKNOWN : oneLine(trouble.line).slice(0, TROUBLE_MAX_LENGTH);
  const code = trouble.kind === 'unknown' ? trouble.kind : trouble.code;
  const ends = trouble.kind !== 'passing' || last;
  log.warn({ mail: mail.id, trouble: code, ends }, 'a mail was not delivered');
  await moveMail(db, mail.id, {
    from: ['waiting', 'sending'],
    to: ends ? 'failed' : 'waiting',
    trouble: line,
  });
  // What ends a job is logged, too.
  if (!ends) throw new Error(`a mail was not delivered: ${code}`);
}
