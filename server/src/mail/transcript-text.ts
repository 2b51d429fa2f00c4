/**
 * A conversation as the text of a mail, in the visitor's language and zone. What somebody wrote is set in from the margin, where heads
 * and facts stand alone: no words can pass for a line of the relay's or of somebody else's.
 */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { PublicEntry } from '@fullname/shared/model';
import type { SiteSettings } from '@fullname/shared/site-settings';
import { oneLine } from '../people/names.ts';
import { wordsOf } from '../site/own-words.ts';
import { TRANSCRIPT_WORDS, type TranscriptWords } from './transcript-words.ts';
import { put } from './words.ts';

export type Telling = {
  readonly locale: WidgetLocale;
  /** As IANA names it; one that is not known is UTC. */
  readonly zone: string;
  readonly siteName: string;
  /** In whose words it is told. */
  readonly settings: SiteSettings;
  /** The visitor, by the name that the site has signed. */
  readonly visitorName: string | null;
  /** There was more before the first of the entries. */
  readonly isCut: boolean;
};

/** As much as a mail server takes without a thought; of what is longer the end is sent. */
export const TRANSCRIPT_MAX_LENGTH = 400_000;

export function transcriptText(entries: readonly PublicEntry[], telling: Telling): string {
  const words = wordsOf(TRANSCRIPT_WORDS, telling.locale, telling.settings);
  const siteName = oneLine(telling.siteName);
  const clock = clockIn(telling.locale, telling.zone);
  const me = oneLine(telling.visitorName ?? '') || words.you;
  const told = entries.flatMap((entry) => {
    const line = lineOf(entry, { words, clock, me });
    // What its visitor has had removed has left nothing to say.
    return line === '' ? [] : `${clock.full(entry.at)}  ${line}`;
  });
  const kept = lastOf(told);
  const isCut = telling.isCut || kept.length < told.length;
  const zone = clock.zone(entries.at(-1)?.at);
  return [
    `${put(words.copyHead, siteName)}\n${put(words.copyTimes, zone)}`,
    ...(isCut ? [words.copyCut] : []),
    ...kept,
    `—\n${put(words.copyWhy, siteName)}`,
  ].join('\n\n');
}

/** The last of the lines that fit; one at least. */
function lastOf(lines: readonly string[]): readonly string[] {
  let length = 0;
  let from = lines.length;
  while (from > 0) {
    length += lines[from - 1]?.length ?? 0;
    if (length > TRANSCRIPT_MAX_LENGTH && from < lines.length) break;
    from -= 1;
  }
  return lines.slice(from);
}

type Clock = {
  /** Date and time. */
  full(iso: string): string;
  /** From and to, the day said once. */
  span(from: string, to: string): string;
  /** What the zone is called. */
  zone(iso: string | undefined): string;
};

function clockIn(locale: WidgetLocale, wanted: string): Clock {
  const timeZone = knownZone(wanted);
  // The same digits in times as in the sentences around them.
  const tag = `${locale}-u-nu-latn`;
  const full = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const named = new Intl.DateTimeFormat(tag, { timeZoneName: 'longGeneric', timeZone });
  return {
    full: (iso) => full.format(new Date(iso)),
    span: (start, end) => full.formatRange(new Date(start), new Date(end)),
    zone: (iso) => {
      if (timeZone === 'UTC') return timeZone;
      const parts = named.formatToParts(iso === undefined ? new Date() : new Date(iso));
      return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
    },
  };
}

function knownZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

type Line = { readonly words: TranscriptWords; readonly clock: Clock; readonly me: string };

function lineOf(entry: PublicEntry, { words, clock, me }: Line): string {
  switch (entry.kind) {
    case 'joined':
      return put(words.speaking, entry.person.fullName);
    case 'handed-over':
      return put(words.handedOver, entry.from.fullName, entry.to.fullName, entry.contact.fullName);
    case 'email-given':
      return entry.email && put(words.emailGiven, oneLine(entry.email));
    case 'person-asked':
      return put(words.asked, entry.person.fullName);
    case 'greeted':
      return said(`${entry.person.fullName} (${words.byPage})`, entry.text);
    case 'introduced': {
      const said = [entry.name, entry.email, entry.order].filter((one) => one !== null);
      return said.length === 0 ? '' : put(words.introduced, oneLine(said.join(' · ')));
    }
    case 'message':
    case 'hello':
    case 'farewell':
    case 'file':
      return said(entry.author.kind === 'agent' ? entry.author.person.fullName : me, entry.text);
    case 'extra-chosen':
      return said(me, entry.choice);
    case 'farewell-answered':
      return `${me}: ${words[entry.question]}\n${setIn(entry.text)}`;
    case 'promise-made':
    case 'promise-moved':
    case 'promise-kept':
    case 'promise-slipping': {
      // The sentence goes on after it.
      const text = oneLine(entry.text).replace(/[.。]$/, '');
      return put(words[entry.kind], entry.person.fullName, text, clock.full(entry.due));
    }
    case 'extras-offered': {
      const options = oneLine(entry.options.join(' · '));
      return put(words['extras-offered'], entry.person.fullName, oneLine(entry.text), options);
    }
    case 'call-back': {
      const when = clock.span(entry.from, entry.to);
      if (entry.step === 'taken') return put(words.copyCallBack, entry.person?.fullName ?? '', when);
      return put(words[CALL_BACKS[entry.step]], when);
    }
    case 'ally-changed':
      return put(words['ally-changed'], entry.to.fullName, entry.from.fullName);
  }
}

const CALL_BACKS = {
  booked: 'callBackBooked',
  moved: 'callBackMoved',
  cancelled: 'callBackCancelled',
  missed: 'callBackMissed',
} as const;

function said(who: string, text: string): string {
  return `${who}:\n${setIn(text)}`;
}

/** Every kind of line break begins a new line that is set in as well. */
function setIn(text: string): string {
  return text
    .trim()
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .map((line) => `    ${line}`)
    .join('\n');
}
