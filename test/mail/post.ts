/** A mail server that counts, and relays' ends of the queue on one store. */
import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { readConfig } from '../../server/src/config.ts';
import { createJobs, type Jobs } from '../../server/src/jobs/jobs.ts';
import { createLogger } from '../../server/src/log.ts';
import { createMail, type Mail, type NewMail } from '../../server/src/mail/mail.ts';
import { type Database, openDatabase } from '../../server/src/store/database.ts';
import { customers, identities, people, sites } from '../../server/src/store/schema.ts';
import { FROM, type MailServer, type MailServerOptions, openMailServer } from '../support/mail-server.ts';
import { makeDatabase } from '../support/relay.ts';

export { FROM, type MailServer, openMailServer };

/** A mail server for the running test; it is closed after it. */
export async function aMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const server = await openMailServer(options);
  onTestFinished(server.close);
  return server;
}

/** What a mail server says when it refuses. */
export function refusal(code: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode: code });
}

/** A clock that moves only when told. */
export type Clock = { now(): number; forward(ms: number): void };

export function aClock(): Clock {
  let time = Date.now();
  return {
    now: () => time,
    forward: (ms) => {
      time += ms;
    },
  };
}

export type Post = {
  readonly database: Database;
  readonly jobs: Jobs;
  readonly mail: Mail;
};

export async function openStore(url?: string): Promise<Database> {
  const config = readConfig({ NODE_ENV: 'test', DATABASE_URL: url ?? (await makeDatabase()) });
  const database = await openDatabase(config, quiet);
  onTestFinished(database.close);
  return database;
}

const quiet = createLogger({ production: false, logLevel: 'silent' });

export function openJobs(database: Database, now: () => number): Jobs {
  const pool = database.openSidePool();
  const jobs = createJobs({ pool, db: database.db, now, log: quiet });
  onTestFinished(async () => {
    await jobs.stop();
    await pool.end();
  });
  return jobs;
}

/** A relay's post office: without `smtp`, e-mail is off. */
export function openPost(
  database: Database,
  { smtp, clock }: { smtp: string | undefined; clock: Clock },
): Post {
  const { mail: config } = readConfig({
    NODE_ENV: 'test',
    ...(smtp !== undefined && { SMTP_URL: smtp, MAIL_FROM: FROM }),
  });
  const jobs = openJobs(database, clock.now);
  return { database, jobs, mail: createMail({ config, jobs, db: database.db, now: clock.now, log: quiet }) };
}

/** Megan Kajitani, and a customer whose address the site has signed. */
export async function someoneToWriteTo(
  { db }: Database,
  options: { email?: string; locale?: string; proven?: boolean; fullName?: string } = {},
): Promise<{ customer: string; by: string; to: string }> {
  const { email = `ada-${randomUUID()}@example.com`, proven = true, fullName = 'Megan Kajitani' } = options;
  // What PostgreSQL cannot store cannot come from it.
  const storable = (text: string) => text.replaceAll('\0', '');
  const [given = '', family = ''] = storable(fullName).split(' ');
  const person = {
    given,
    family,
    fullName: storable(fullName),
    email: `${randomUUID()}@larkspur.example`,
    role: 'agent',
  } as const;
  const [by] = await db.insert(people).values(person).returning();
  const [customer] = await db
    .insert(customers)
    .values({ name: 'Ada Whitcombe', email: storable(email), locale: options.locale ?? 'en' })
    .returning();
  if (!by || !customer) throw new Error('nobody was stored');
  if (proven) {
    const [site] = await db
      .insert(sites)
      .values({ key: randomUUID(), name: 'Larkspur & Reed', hosts: [], identitySecret: randomUUID() })
      .returning();
    await db
      .insert(identities)
      .values({ site: site?.id ?? '', subject: randomUUID(), customer: customer.id });
  }
  return { customer: customer.id, by: by.id, to: email };
}

export function aLetter(
  to: { customer: string; by: string; to: string },
  words: Partial<NewMail> = {},
): NewMail {
  return {
    id: randomUUID(),
    subject: 'Your lamp',
    body: 'Dear Ada,\n\nis it really working?\n\nMegan Kajitani',
    ...to,
    ...words,
  };
}

/** Long header lines and long lines of text are folded on their way. */
export function unfolded(raw: string): string {
  return raw
    .replace(/=\r\n/g, '')
    .replace(/\r\n[ \t]/g, ' ')
    .replace(/\r\n/g, '\n')
    .replace(/=3D/g, '=');
}

/** The words of a mail. */
export function bodyOf(raw: string): string {
  const at = raw.indexOf('\r\n\r\n');
  const [head, body] = [raw.slice(0, at), raw.slice(at + 4)];
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/\r\n/g, '\n')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
