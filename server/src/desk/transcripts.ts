/** After a goodbye the visitor has the conversation mailed: what of it, of whom, and whether they may. How is in mail/transcripts.ts. */
import type { TranscriptAnswer, TranscriptOffer, TranscriptRequest } from '@fullname/shared/events';
import { PAGE_SIZE } from '@fullname/shared/limits';
import type { PublicEntry } from '@fullname/shared/model';
import { TRANSCRIPT_MAX_LENGTH, transcriptText } from '../mail/transcript-text.ts';
import { type Asked, mailCode, mailTranscript, maskedEmail, takeCode } from '../mail/transcripts.ts';
import { RelayError } from '../relay-error.ts';
import { siteSettings } from '../site/sites.ts';
import type { Db } from '../store/db.ts';
import { lastFarewell } from '../store/farewells.ts';
import { readPublicLog } from '../store/log.ts';
import { provenAddress } from '../store/mails.ts';
import { readProvenCustomer } from '../store/preferences.ts';
import { confirmedAddress } from '../store/transcripts.ts';
import { type Floor, mustRead } from './conversations.ts';
import type { Caller } from './desk.ts';
import { addressOf } from './views.ts';
import { toPublicEntry } from './wire.ts';

/** `provenName`: null without a site's signature on this very line; `''` where it names nobody. */
type Asker = Caller & { readonly conversation: string; readonly provenName: string | null };

/** Where it can go without a code. Throws MAIL_OFF, and UNKNOWN while nobody has said goodbye. */
export async function offerTranscript(floor: Floor, asker: Asker): Promise<TranscriptOffer> {
  await read(floor, floor.db, asker);
  const to = await knownAddress(floor.db, asker);
  return { to: to === null ? null : maskedEmail(to) };
}

/**
 * Without an address: to the one that is proven. With one: a code goes there, whatever address it is. Throws MAIL_OFF, MAIL_UNPROVEN,
 * MAIL_ENOUGH, BAD_EMAIL, and UNKNOWN while nobody has said goodbye.
 */
export async function askTranscript(
  floor: Floor,
  asker: Asker,
  request: TranscriptRequest & { readonly email?: string },
): Promise<TranscriptAnswer> {
  const now = floor.now();
  const { email } = request;
  return floor.db.transaction(async (tx) => {
    const talk = await read(floor, tx, asker);
    const asked = askedIn(talk, request);
    if (email !== undefined) {
      await mailCode(tx, asked, { email, now });
      return { state: 'code' };
    }
    const to = await knownAddress(tx, asker);
    if (to === null) throw new RelayError('MAIL_UNPROVEN');
    await mailTranscript(tx, asked, { to, now, text: await textOf(tx, talk, { asker, request }) });
    return { state: 'sent', to: maskedEmail(to) };
  });
}

/** BAD_CODE for whatever does not hold, without a difference; otherwise as `askTranscript`. */
export async function confirmTranscript(
  floor: Floor,
  asker: Asker,
  request: TranscriptRequest & { readonly code: string },
): Promise<TranscriptAnswer> {
  const now = floor.now();
  // A wrong code is counted, so the transaction is committed before it is refused.
  const to = await floor.db.transaction(async (tx) => {
    const talk = await read(floor, tx, asker);
    const asked = askedIn(talk, request);
    const taken = await takeCode(tx, asked, { code: request.code, now });
    if (!taken || taken.again) return taken?.address ?? null;
    const text = await textOf(tx, talk, { asker, request });
    await mailTranscript(tx, asked, { to: taken.address, text, now });
    return taken.address;
  });
  if (to === null) throw new RelayError('BAD_CODE');
  return { state: 'sent', to: maskedEmail(to) };
}

type Talk = {
  readonly floor: Floor;
  readonly record: Awaited<ReturnType<typeof mustRead>>;
  readonly person: Asked['person'];
  readonly settings: Asked['settings'];
};

/** Only what a person has ended with a goodbye is mailed: nobody's words go to a stranger's address by this way alone. */
async function read(floor: Floor, db: Db, { conversation, visitor }: Asker): Promise<Talk> {
  if (!floor.mail.isOn) throw new RelayError('MAIL_OFF');
  const record = await mustRead({ db }, conversation);
  if (record.visitor !== visitor) throw new RelayError('UNKNOWN_CONVERSATION');
  if (record.status === 'spam') throw new RelayError('BLOCKED');
  const farewell = record.status === 'closed' ? await lastFarewell(db, conversation) : null;
  if (farewell === null) throw new RelayError('UNKNOWN');
  const settings = await siteSettings(db, record.site);
  return { floor, record, person: floor.directory.ref(farewell.person), settings };
}

function askedIn({ record, person, settings }: Talk, { id, locale }: TranscriptRequest): Asked {
  const { id: conversation, visitor, siteName } = record;
  return { conversation, visitor, id, locale, siteName, person, settings };
}

/** What the site signs for on this line; otherwise what a code has proven in this conversation. An agent's link proves nothing. */
async function knownAddress(db: Db, { visitor, conversation, provenName }: Asker): Promise<string | null> {
  const customer = provenName === null ? null : await readProvenCustomer(db, visitor);
  const signed = customer === null ? null : await provenAddress(db, customer);
  return signed ?? (await confirmedAddress(db, conversation));
}

async function textOf(
  tx: Db,
  { floor, record, settings }: Talk,
  { asker, request }: { readonly asker: Asker; readonly request: TranscriptRequest },
): Promise<string> {
  const { entries, isCut } = await readEnd(floor, tx, record);
  const { locale, zone } = request;
  const { siteName } = record;
  return transcriptText(entries, {
    ...{ locale, zone, siteName, settings, isCut },
    visitorName: asker.provenName,
  });
}

/** The public entries, the last ones first where all would be too long. */
async function readEnd(
  { directory }: Floor,
  tx: Db,
  record: Talk['record'],
): Promise<{ readonly entries: readonly PublicEntry[]; readonly isCut: boolean }> {
  const { clientId } = addressOf(record);
  const entries: PublicEntry[] = [];
  let length = 0;
  let before: number | undefined;
  for (;;) {
    const rows = await readPublicLog(tx, record.id, { before, limit: PAGE_SIZE });
    const page = rows.flatMap((row) => toPublicEntry(row, clientId, directory.ref) ?? []);
    entries.unshift(...page);
    length += rows.reduce((sum, { body }) => sum + body.length, 0);
    before = rows[0]?.publicSeq ?? 1;
    if (before <= 1) return { entries, isCut: false };
    if (length > TRANSCRIPT_MAX_LENGTH) return { entries, isCut: true };
  }
}
