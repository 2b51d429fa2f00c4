/** One mail handed to a mail server, and exactly how that ended. Knows no rows. */
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SmtpConfig } from '../config.ts';

export type Letter = {
  readonly from: string;
  readonly to: string;
  readonly raw: Buffer;
  /** Asked when the server wants the words, before the first of them is sent; false sends nothing. */
  claim(): Promise<boolean>;
};

/**
 * passing: surely not delivered, try again. refused: surely not delivered, and never will be.
 * unknown: the words were on their way, and no answer came. claimed: somebody else sends it.
 */
export type SmtpTrouble =
  | {
      readonly kind: 'passing' | 'refused';
      /** In the words of whoever refused, which may hold the address or the mail's own: for the store alone. */
      readonly line: string;
      /** The same as codes, fit for a log. */
      readonly code: string;
    }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'claimed' };

const CONNECT_MS = 10_000;
const SILENCE_MS = 60_000;
/** All of it. Well below a job's lease, so that no other relay begins while this one is at it. */
const ALL_MS = 150_000;

/** Resolves with null when the server took the mail. */
export async function handOver(smtp: SmtpConfig, letter: Letter): Promise<SmtpTrouble | null> {
  const connection = new SMTPConnection({
    ...{ host: smtp.host, port: smtp.port, secure: smtp.secure, requireTLS: smtp.requireTls },
    ...{ connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, dnsTimeout: CONNECT_MS },
    ...{ socketTimeout: SILENCE_MS, logger: false },
  });
  const claim: { ours?: boolean } = {};
  const words = readableAfter(letter.raw, async () => {
    claim.ours = await letter.claim();
    return claim.ours;
  });
  const lost = lostOf(connection);
  try {
    await Promise.race([talk(connection, { smtp, letter, words }), lost.promise]);
    return null;
  } catch (error) {
    if (claim.ours === false) return { kind: 'claimed' };
    return troubleOf(error as SmtpError, claim.ours === true);
  } finally {
    lost.stop();
    // Words that never went must not go now.
    words.destroy();
    connection.close();
  }
}

type Talk = { readonly smtp: SmtpConfig; readonly letter: Letter; readonly words: Readable };

async function talk(connection: SMTPConnection, { smtp, letter, words }: Talk): Promise<void> {
  await called((done) => connection.connect(done));
  const { user, pass } = smtp;
  if (user !== undefined) await called((done) => connection.login({ user, pass }, done));
  const envelope = { from: letter.from, to: [letter.to] };
  await called((done) => connection.send(envelope, words, done));
}

/** Bytes that are asked for first: nodemailer pulls them when the server has said 354, and not before. */
function readableAfter(raw: Buffer, allowed: () => Promise<boolean>): Readable {
  let asked = false;
  return new Readable({
    read() {
      if (asked) return;
      asked = true;
      const go = (may: boolean) => {
        if (!may) return void this.destroy(new Error('not ours to send'));
        this.push(raw);
        this.push(null);
      };
      allowed().then(go, (error: Error) => this.destroy(error));
    },
  });
}

/** Rejects when the connection fails outside of an answer, or when it all takes too long. */
function lostOf(connection: SMTPConnection): { promise: Promise<never>; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(failure('the mail server was too slow', 'ETIMEDOUT')), ALL_MS);
    connection.on('error', reject);
    connection.on('end', () => reject(failure('the mail server closed the connection', 'ECONNRESET')));
  });
  promise.catch(() => undefined);
  return { promise, stop: () => clearTimeout(timer) };
}

type SmtpError = Error & {
  /** What nodemailer calls it, and what the system does. */
  readonly code?: string;
  readonly originalCode?: string;
  readonly command?: string;
  readonly responseCode?: number;
};

function failure(line: string, code: string): SmtpError {
  return Object.assign(new Error(line), { code });
}

/** A server that refuses us (its greeting, encryption, sign-in) may be mended; one that refuses this mail will not change its mind. */
function troubleOf(error: SmtpError, claimed: boolean): SmtpTrouble {
  const { responseCode, message: line } = error;
  const code = codeOf(error);
  if (responseCode === undefined) return claimed ? { kind: 'unknown' } : { kind: 'passing', line, code };
  const ofTheMail = /^(MAIL FROM|RCPT TO|DATA)$/.test(error.command ?? '') && responseCode >= 500;
  return { kind: ofTheMail ? 'refused' : 'passing', line, code };
}

/** `RCPT TO 550 5.1.1`, or `CONN ECONNREFUSED`. */
function codeOf({ command, responseCode, originalCode, code, message }: SmtpError): string {
  if (responseCode === undefined) return [command, originalCode ?? code].filter(Boolean).join(' ');
  const enhanced = /\b\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})(?![.\d])/.exec(message)?.[1];
  return [command, responseCode, enhanced].filter(Boolean).join(' ');
}

function called(begin: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    begin((error) => (error ? reject(error) : resolve()));
  });
}
