/** E-mail to customers: who may be written to, how often, and a row with its job in the caller's transaction. */
import type { ErrorCode } from '@fullname/shared/errors';
import { MESSAGE_MAX_LENGTH, QUERY_MAX_LENGTH } from '@fullname/shared/limits';
import { repairText } from '@fullname/shared/text';
import type { MailConfig } from '../config.ts';
import { enqueue, type Jobs } from '../jobs/jobs.ts';
import type { Logger } from '../log.ts';
import { isEmail } from '../people/email.ts';
import { oneLine } from '../people/names.ts';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { countMails, insertMail, lockAddress, provenAddress } from '../store/mails.ts';

/** What one address gets at most, whoever writes: a person in trouble is not to be showered. */
const MAILS_A_DAY = 3;
const MAILS_A_WEEK = 10;
const DAY_MS = 24 * 60 * 60 * 1000;

export type NewMail = {
  /** Made by the caller: the same id again is the same mail. */
  readonly id: string;
  readonly customer: string;
  /** Whose full name stands in From. */
  readonly by: string;
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly body: string;
};

type MayMail = { readonly may: true; readonly to: string } | { readonly may: false; readonly why: ErrorCode };

export type Mail = {
  /** Whether a mail server is set. */
  readonly isOn: boolean;
  /** Whether this customer can be written to now, and where. `why` is MAIL_OFF, MAIL_UNPROVEN or MAIL_ENOUGH. */
  mayMail(db: Db, customer: string): Promise<MayMail>;
  /**
   * Writes a mail and its job; it is sent if and only if the transaction is committed. Throws MAIL_OFF, MAIL_UNPROVEN,
   * MAIL_ENOUGH, BAD_EMAIL, EMPTY or TOO_LONG.
   */
  postMail(tx: Db, mail: NewMail): Promise<void>;
};

/** `config` is undefined where no mail server is set: then everything is refused with MAIL_OFF, and nothing is sent. */
export function createMail({
  config,
  jobs,
  db,
  now,
  log,
}: {
  readonly config: MailConfig | undefined;
  readonly jobs: Pick<Jobs, 'work'>;
  readonly db: Db;
  readonly now: () => number;
  readonly log: Logger;
}): Mail {
  if (config) {
    // What speaks to a mail server takes a while to load, at every start: only where there is one.
    const delivery = import('./deliver.ts');
    jobs.work('mail-send', async (job) => (await delivery).deliver({ config, db, now, log }, job));
  }

  async function mayMail(on: Db, customer: string): Promise<MayMail> {
    if (!config) return { may: false, why: 'MAIL_OFF' };
    const to = await provenAddress(on, customer);
    if (to === null || !isEmail(to)) return { may: false, why: 'MAIL_UNPROVEN' };
    const since = (ms: number) => new Date(now() - ms).toISOString();
    const written = await countMails(on, to, { day: since(DAY_MS), week: since(7 * DAY_MS) });
    if (written.day >= MAILS_A_DAY || written.week >= MAILS_A_WEEK) return { may: false, why: 'MAIL_ENOUGH' };
    return { may: true, to };
  }

  async function postMail(tx: Db, mail: NewMail): Promise<void> {
    const to = mail.to.trim();
    if (!isEmail(to)) throw new RelayError('BAD_EMAIL');
    const words = readWords(mail);
    await lockAddress(tx, to);
    const allowed = await mayMail(tx, mail.customer);
    if (!allowed.may) throw new RelayError(allowed.why);
    if (allowed.to.toLowerCase() !== to.toLowerCase()) throw new RelayError('MAIL_UNPROVEN');
    const { id, customer, by } = mail;
    const createdAt = new Date(now()).toISOString();
    if (!(await insertMail(tx, { id, customer, by, to, ...words, createdAt }))) return;
    await enqueue(tx, { name: 'mail-send', data: { mail: id }, key: id });
  }

  return { isOn: config !== undefined, mayMail, postMail };
}

/** A subject is one line, whatever was pasted into it: a line more would be a header. */
function readWords(mail: NewMail): { subject: string; body: string } {
  const subject = oneLine(mail.subject);
  const body = repairText(mail.body).replace(/\r\n?/g, '\n').trim();
  if (subject === '' || body === '') throw new RelayError('EMPTY');
  if (subject.length > QUERY_MAX_LENGTH || body.length > MESSAGE_MAX_LENGTH) throw new RelayError('TOO_LONG');
  return { subject, body };
}
