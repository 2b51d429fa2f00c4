/** What a call-back is in one sentence: with elements where it is drawn, with plain words in the transcript. */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { PersonRef, PublicEntry } from '@fullname/shared/model';
import type { More } from '../more-words.ts';
import { fill } from '../strings.ts';

export type CallBackEntry = Extract<PublicEntry, { kind: 'call-back' }>;

/** From and to in the reader's own zone and words. */
export type Span = {
  /** `Monday, 23 November · 14:00–15:00` */
  whole(from: string, to: string): string;
  /** `Mon, 23 Nov · 14:00–15:00`, where there is one line alone. */
  short(from: string, to: string): string;
  /** The reader's zone, by name. */
  zone: string;
};

export function spansIn(locale: WidgetLocale): Span {
  const tag = `${locale}-u-nu-latn`;
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options);
  const time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  // As a range, `Intl` has the day in figures in some languages. No line ends within it.
  const on = (day: Intl.DateTimeFormat) => (from: string, to: string) =>
    `${day.format(new Date(from))} · ${time.format(new Date(from))}\u2060–\u2060${time.format(new Date(to))}`;
  const named = format({ timeZoneName: 'long' }).formatToParts();
  return {
    whole: on(format({ weekday: 'long', day: 'numeric', month: 'long' })),
    short: on(format({ weekday: 'short', day: 'numeric', month: 'short' })),
    zone: named.find(({ type }) => type === 'timeZoneName')?.value ?? '',
  };
}

export type Draw<Part> = { name(person: PersonRef): Part; words(text: string): Part };

/** Who does what when, of one that is ahead. */
export function promised<Part>(
  { way, person, from, to }: CallBackEntry,
  { more, span }: { readonly more: More; readonly span: Span },
  draw: Draw<Part>,
): (string | Part)[] {
  const isPhone = way === 'telephone';
  const text = person
    ? more[isPhone ? 'callBackPhoneBy' : 'callBackBy']
    : more[isPhone ? 'callBackPhoneByNobody' : 'callBackByNobody'];
  return fill(text, person ? draw.name(person) : '', draw.words(span.whole(from, to)));
}

export function lineOf<Part>(
  entry: CallBackEntry,
  words: { readonly more: More; readonly span: Span },
  draw: Draw<Part>,
): (string | Part)[] {
  const { more, span } = words;
  const when = draw.words(span.whole(entry.from, entry.to));
  if (entry.step === 'cancelled') return fill(more.callBackCancelled, when);
  if (entry.step === 'missed') return fill(more.callBackMissed, when);
  if (entry.step === 'taken') return promised(entry, words, draw);
  return fill(entry.step === 'moved' ? more.callBackMoved : more.callBackBooked, when);
}
