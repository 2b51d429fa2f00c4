/**
 * What an owner may set for a site: its fields, their usual values, what of them is public, and one reader that repairs
 * whatever it is given. The console marks with the same reader what cannot be saved (`problemsInSettings`), and the relay refuses it.
 */
import { URL_MAX_LENGTH } from './limits.ts';
import { WIDGET_LOCALES, type WidgetLocale } from './locale.ts';
import { repairText } from './text.ts';

export type SiteSettings = {
  readonly appearance: Appearance;
  readonly languages: { readonly offered: readonly WidgetLocale[]; readonly fallback: WidgetLocale };
  /** The owner's own words in place of the product's, by language and key. */
  readonly strings: Strings;
  readonly hours: OpeningHours;
  readonly preChat: PreChat;
  readonly pages: PageRules;
  readonly hellos: readonly HelloRule[];
  readonly otherWays: readonly OtherWay[];
  /** `required`: who is not proven cannot start a conversation (IDENTITY_REQUIRED). */
  readonly identity: { readonly required: boolean };
  /** `required`: nothing is loaded, stored or connected before the page says so. */
  readonly consent: 'none' | 'required';
  readonly attachments: { readonly on: boolean; readonly maxBytes: number };
  readonly sounds: { readonly on: boolean };
  readonly callBack: CallBackRules;
  /** Whether visitors may be told of an answer on their devices, by Web Push. */
  readonly push: { readonly on: boolean };
};

/** Where everybody is busy or nobody is there, visitors may choose a time at which they are called back. */
export type CallBackRules = {
  readonly on: boolean;
  /** How many visitors are called back at the same time. */
  readonly atOnce: number;
  /** Whether they are telephoned where they wish it; else they are written to. */
  readonly telephone: boolean;
};

export type Appearance = {
  /** `#rrggbb`; interfaces make it darker or lighter until words on it can be read. */
  readonly accent: string;
  readonly position: 'right' | 'left';
  /** CSS pixels from the edge. */
  readonly offsetX: number;
  readonly offsetY: number;
  /** Empty: the product's own words, in the visitor's language. */
  readonly launcherText: string;
  readonly welcome: string;
  readonly theme: 'auto' | 'light' | 'dark';
};

export type Strings = { readonly [Locale in WidgetLocale]?: Readonly<Record<string, string>> };

/** `HH:MM` from and to on one day, to `24:00` at the latest; a night is two of them. */
export type Span = readonly [from: string, to: string];
export type OpeningHours = {
  /** An IANA name: Europe/Zurich. */
  readonly timeZone: string;
  /** Seven days, Monday first. Usually always open: then nobody is told of hours. */
  readonly week: readonly (readonly Span[])[];
  /** `YYYY-MM-DD`; without hours it is closed all day. */
  readonly holidays: readonly { readonly date: string; readonly hours?: readonly Span[] }[];
};

/** What is asked before the first message. */
export type Asking = 'off' | 'optional' | 'required';
export type PreChat = { readonly name: Asking; readonly email: Asking; readonly order: Asking };

/**
 * Pages of the site, as patterns in which `*` is any run of characters: one that begins with `/` is compared with the path, any
 * other with origin and path. `only` empty: all pages. `never` wins.
 */
export type PageRules = { readonly only: readonly string[]; readonly never: readonly string[] };

/** A person who is there says hello first. */
export type HelloRule = {
  readonly id: string;
  /** Patterns as above; empty: all pages. */
  readonly pages: readonly string[];
  readonly afterSeconds: number;
  /** Only to those who were here before, only to those who were not, or (null) to both. */
  readonly returning: boolean | null;
  /** Who signs it; it is said only while they are there. Null: whoever would answer. */
  readonly person: string | null;
  /** Only where this language is spoken; null: in all. */
  readonly locale: WidgetLocale | null;
  readonly text: string;
};

/** Another way to a human: a telephone number, an e-mail address, or an https address. */
export type OtherWay = {
  readonly kind: 'phone' | 'email' | 'link';
  readonly label: string;
  readonly value: string;
};

/** What the embed and the frame may know. */
export type PublicSettings = Omit<SiteSettings, 'identity'> & { readonly identityRequired: boolean };

export const HELLO_ID = /^[\w-]{1,64}$/;
export const ATTACHMENT_USUAL_BYTES = 10 * 1024 * 1024;
export const ATTACHMENT_MOST_BYTES = 25 * 1024 * 1024;

const OFFSET_MOST = 400;
const LINE_MOST = 80;
const WORDS_MOST = 500;
const ROWS_MOST = 50;
const HOLIDAYS_MOST = 200;
const STRINGS_MOST = 500;
const SPANS_MOST = 6;
const HELLO_MOST_SECONDS = 3_600;
export const CALL_BACKS_MOST = 50;

/** The settings that a value says. What is missing or cannot be used has its usual value. Never throws. */
export function readSiteSettings(value: unknown): SiteSettings {
  return siteSettings(value, '', () => undefined);
}

/** Where `readSiteSettings` would not take a value as it is: `appearance.accent`, `hellos.0.text`. Empty: all of it holds. */
export function problemsInSettings(value: unknown): string[] {
  const problems: string[] = [];
  siteSettings(value, '', (path) => problems.push(path));
  return problems;
}

/** Without what is the relay's business alone, and without words in languages that are not offered. */
export function publicSettings(settings: SiteSettings): PublicSettings {
  const { identity, strings, ...rest } = settings;
  const offered: readonly string[] = rest.languages.offered;
  return {
    ...rest,
    strings: Object.fromEntries(Object.entries(strings).filter(([locale]) => offered.includes(locale))),
    identityRequired: identity.required,
  };
}

/** Reads a value of any kind, says where it had to be repaired, and gives what can be used. */
type Read<Value> = (value: unknown, path: string, note: (path: string) => void) => Value;

function leaf<Value>(usual: Value, fix: (value: unknown) => Value | undefined): Read<Value> {
  return (value, path, note) => {
    if (value === undefined) return usual;
    const fixed = fix(value);
    if (fixed !== value) note(path);
    return fixed === undefined ? usual : fixed;
  };
}

/** Every field is there afterwards; a field of another name is noted and dropped. */
function fields<Value extends object>(
  readers: { readonly [Key in keyof Value]: Read<Value[Key]> },
): Read<Value> {
  return (value, path, note) => {
    const given = recordOf(value, path, note);
    for (const name of Object.keys(given)) if (!Object.hasOwn(readers, name)) note(below(path, name));
    const read = Object.entries<Read<unknown>>(readers).map(([name, reader]) => [
      name,
      reader(Object.hasOwn(given, name) ? given[name] : undefined, below(path, name), note),
    ]);
    return Object.fromEntries(read) as Value;
  };
}

/** Elements that cannot be read are dropped. */
function list<Value>(
  item: Read<Value | undefined>,
  { most = ROWS_MOST, usual = [] }: { readonly most?: number; readonly usual?: readonly Value[] } = {},
): Read<readonly Value[]> {
  return (value, path, note) => {
    if (value === undefined) return usual;
    if (!Array.isArray(value) || value.length > most) note(path);
    const given: unknown[] = Array.isArray(value) ? value.slice(0, most) : [];
    return given
      .map((one, index) => item(one, below(path, String(index)), note))
      .filter((one) => one !== undefined);
  };
}

/** An element that must have all it needs to be of use. */
function whole<Value>(read: Read<Value>, isWhole: (value: Value) => boolean): Read<Value | undefined> {
  return (value, path, note) => {
    const element = read(value, path, note);
    if (isWhole(element)) return element;
    note(path);
    return undefined;
  };
}

const oneOf = <Value>(usual: Value, others: readonly Value[]): Read<Value> =>
  leaf(usual, (value) => [usual, ...others].find((one) => one === value));
const flag = (usual: boolean): Read<boolean> => oneOf(usual, [!usual]);
const text = (most: number): Read<string> =>
  leaf('', (value) => (typeof value === 'string' ? repairText(value).slice(0, most) : undefined));
const matching = (pattern: RegExp, usual = ''): Read<string> =>
  leaf(usual, (value) => (typeof value === 'string' && pattern.test(value) ? value : undefined));
const count = (most: number, usual: number, least = 0): Read<number> =>
  leaf(usual, (value) =>
    typeof value === 'number' && Number.isFinite(value)
      ? Math.min(most, Math.max(least, Math.round(value)))
      : undefined,
  );

const locale = leaf<WidgetLocale | undefined>(undefined, (value) =>
  WIDGET_LOCALES.find((one) => one === value),
);
const patterns = list(
  leaf<string | undefined>(undefined, (value) =>
    typeof value === 'string' && /^[^\s\p{Cc}]+$/u.test(value) && value.length <= WORDS_MOST
      ? value
      : undefined,
  ),
);
const asking = oneOf<Asking>('off', ['optional', 'required']);

const ALL_DAY: readonly Span[] = [['00:00', '24:00']];
const spans = list(
  leaf<Span | undefined>(undefined, (value) => (isSpan(value) ? value : undefined)),
  { most: SPANS_MOST },
);

const languages: Read<SiteSettings['languages']> = (value, path, note) => {
  const { offered, fallback } = fields<{
    offered: readonly WidgetLocale[];
    fallback: WidgetLocale | undefined;
  }>({
    offered: list(locale, { most: WIDGET_LOCALES.length, usual: WIDGET_LOCALES }),
    fallback: locale,
  })(value, path, note);
  const spoken = [...new Set(offered)];
  if (spoken.length === 0) note(below(path, 'offered'));
  const [first = 'en'] = spoken.includes('en') ? ['en' as const] : spoken;
  if (fallback !== undefined && !spoken.includes(fallback)) note(below(path, 'fallback'));
  return {
    offered: spoken.length === 0 ? ['en'] : spoken,
    fallback: fallback !== undefined && spoken.includes(fallback) ? fallback : first,
  };
};

const strings: Read<Strings> = (value, path, note) => {
  const read = Object.entries(recordOf(value, path, note)).flatMap(([name, words]) => {
    const where = below(path, name);
    const spoken = WIDGET_LOCALES.find((one) => one === name);
    if (spoken === undefined) note(where);
    return spoken === undefined ? [] : [[spoken, wordsByKey(words, where, note)]];
  });
  return Object.fromEntries(read) as Strings;
};

const wordsByKey: Read<Readonly<Record<string, string>>> = (value, path, note) => {
  const entries = Object.entries(recordOf(value, path, note));
  if (entries.length > STRINGS_MOST) note(path);
  const read = entries.slice(0, STRINGS_MOST).flatMap(([key, words]) => {
    const isKey = /^[a-z][\w.-]{0,63}$/i.test(key);
    if (!isKey) note(below(path, key));
    return isKey ? [[key, text(WORDS_MOST)(words, below(path, key), note)]] : [];
  });
  return Object.fromEntries(read) as Readonly<Record<string, string>>;
};

const week: Read<OpeningHours['week']> = (value, path, note) => {
  if (value !== undefined && (!Array.isArray(value) || value.length !== 7)) note(path);
  const days: unknown[] = Array.isArray(value) ? value : [];
  return Array.from({ length: 7 }, (_, day) =>
    days[day] === undefined ? ALL_DAY : spans(days[day], below(path, String(day)), note),
  );
};

const holiday: Read<OpeningHours['holidays'][number] | undefined> = (value, path, note) => {
  const given = recordOf(value, path, note);
  const { date, hours } = fields<{ date: string; hours: readonly Span[] }>({
    date: leaf('', (day) => (isDay(day) ? day : undefined)),
    hours: spans,
  })(given, path, note);
  if (date === '') note(path);
  if (date === '') return undefined;
  return given.hours === undefined ? { date } : { date, hours };
};

const hello = whole(
  fields<HelloRule>({
    id: matching(HELLO_ID),
    pages: patterns,
    afterSeconds: count(HELLO_MOST_SECONDS, 0),
    returning: oneOf<boolean | null>(null, [true, false]),
    person: leaf<string | null>(null, (value) =>
      value === null || (typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value)) ? value : undefined,
    ),
    locale: oneOf<WidgetLocale | null>(null, WIDGET_LOCALES),
    text: text(WORDS_MOST),
  }),
  (rule) => rule.id !== '' && rule.text.trim() !== '',
);

const otherWay = whole(
  fields<OtherWay>({
    kind: oneOf<OtherWay['kind']>('link', ['phone', 'email']),
    label: text(LINE_MOST),
    value: text(URL_MAX_LENGTH),
  }),
  leadsSomewhere,
);

const siteSettings = fields<SiteSettings>({
  appearance: fields<Appearance>({
    accent: matching(/^#[0-9a-f]{6}$/, '#0f5b4a'),
    position: oneOf<Appearance['position']>('right', ['left']),
    offsetX: count(OFFSET_MOST, 16),
    offsetY: count(OFFSET_MOST, 16),
    launcherText: text(LINE_MOST),
    welcome: text(WORDS_MOST),
    theme: oneOf<Appearance['theme']>('auto', ['light', 'dark']),
  }),
  languages,
  strings,
  hours: fields<OpeningHours>({
    timeZone: leaf('UTC', (value) => (isTimeZone(value) ? value : undefined)),
    week,
    holidays: list(holiday, { most: HOLIDAYS_MOST }),
  }),
  preChat: fields<PreChat>({ name: asking, email: asking, order: asking }),
  pages: fields<PageRules>({ only: patterns, never: patterns }),
  hellos: list(hello),
  otherWays: list(otherWay),
  identity: fields<SiteSettings['identity']>({ required: flag(false) }),
  consent: oneOf<SiteSettings['consent']>('none', ['required']),
  attachments: fields<SiteSettings['attachments']>({
    on: flag(true),
    maxBytes: count(ATTACHMENT_MOST_BYTES, ATTACHMENT_USUAL_BYTES, 1_024),
  }),
  sounds: fields<SiteSettings['sounds']>({ on: flag(true) }),
  callBack: fields<CallBackRules>({
    on: flag(true),
    atOnce: count(CALL_BACKS_MOST, 2, 1),
    telephone: flag(false),
  }),
  push: fields<SiteSettings['push']>({ on: flag(false) }),
});

function recordOf(
  value: unknown,
  path: string,
  note: (path: string) => void,
): Readonly<Record<string, unknown>> {
  if (value === undefined) return {};
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  note(path);
  return {};
}

function below(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function isSpan(value: unknown): value is Span {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [from, to] = value as [unknown, unknown];
  const isTime = (time: unknown) =>
    typeof time === 'string' && /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(time);
  return isTime(from) && isTime(to) && (from as string) < (to as string);
}

function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

function isTimeZone(value: unknown): value is string {
  if (typeof value !== 'string' || value === '') return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

/** A link is drawn as one: no address that would run as a script may come here. */
function leadsSomewhere({ kind, label, value }: OtherWay): boolean {
  if (label.trim() === '') return false;
  if (kind === 'phone') return /^\+?[0-9][0-9 ()./-]{2,39}$/.test(value);
  if (kind === 'email') return /^[^\s@<>"',;:?&]+@[^\s@<>"',;:?&]+\.[^\s@<>"',;:?&]+$/.test(value);
  return /^https:\/\/[\p{L}\p{N}.-]+(:\d{1,5})?([/?#]\S*)?$/iu.test(value);
}
