/** Dates, times, money and names of languages, in the reader's own language. */
import { type Locale, localeOf, type WidgetLocale } from '@fullname/shared/locale';
import { locale } from './strings/index.ts';

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The reader's own country's habits, where the browser names one of the chosen language: 24 hours in en-GB. */
function region(): string {
  return navigator.languages.find((tag) => localeOf(tag) === locale()) ?? locale();
}

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return formatIn(region(), options);
}

/** To make one costs a hundred times what it costs to use it. */
function formatIn(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, format);
  return format;
}

/** 10:42 */
export function timeOf(iso: string): string {
  return dateFormat({ hour: 'numeric', minute: '2-digit' }).format(new Date(iso));
}

/** Tue 3 Nov; with the year where it is another one. */
export function dayOf(iso: string): string {
  const date = new Date(iso);
  const sameYear = date.getFullYear() === new Date().getFullYear();
  return dateFormat({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(date);
}

/** Fri 16:00 within the week; with the date beyond it. */
export function whenOf(iso: string): string {
  const date = new Date(iso);
  const near = Math.abs(date.getTime() - Date.now()) < 6 * DAY_MS;
  return dateFormat({
    weekday: 'short',
    hour: 'numeric',
    minute: '2-digit',
    ...(near ? {} : { day: 'numeric', month: 'short' }),
  }).format(date);
}

/** Fri 16:00 – 17:00, with the date where it is not near. */
export function spanOf(from: string, to: string): string {
  return `${whenOf(from)} – ${timeOf(to)}`;
}

/** A day in the customer's language, for words that are sent: Friday, 27 November. */
export function dayFor(language: Locale, iso: string): string {
  return formatIn(language, { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(iso));
}

/** 3 Nov 2026 */
export function dateOf(iso: string): string {
  return dateFormat({ day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(iso));
}

/** November 2019 */
export function monthOf(iso: string): string {
  return dateFormat({ month: 'long', year: 'numeric' }).format(new Date(iso));
}

/** Day and time, with the time zone: for tooltips and promises. */
export function momentOf(iso: string): string {
  return dateFormat({ dateStyle: 'full', timeStyle: 'long' }).format(new Date(iso));
}

/** The time today, the weekday this week, the date before that. */
export function recentOf(iso: string, now: number): string {
  const then = Date.parse(iso);
  if (dayKey(iso) === dayKey(new Date(now).toISOString())) return timeOf(iso);
  if (now - then < 6 * DAY_MS) return dateFormat({ weekday: 'short' }).format(then);
  return dateFormat({ day: 'numeric', month: 'short' }).format(then);
}

/** How long somebody waits: 0:42, 12:05, then hours and days. */
export function waitOf(since: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1_000));
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? unit(hours, 'hour') : unit(Math.floor(hours / 24), 'day');
}

/** How far a time is away: in 2 hours, 12 minutes ago; the day and time where it is more than a day. */
export function distanceOf(iso: string, now: number): string {
  const minutes = Math.round((Date.parse(iso) - now) / 60_000);
  if (Math.abs(minutes) >= 24 * 60) return whenOf(iso);
  const relative = new Intl.RelativeTimeFormat(region(), { numeric: 'always' });
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  return relative.format(Math.round(minutes / 60), 'hour');
}

function unit(count: number, name: 'second' | 'minute' | 'hour' | 'day'): string {
  return new Intl.NumberFormat(region(), { style: 'unit', unit: name, unitDisplay: 'short' }).format(count);
}

/** $76.50, $114, $3,900: cents only where they are there and matter. */
export function moneyOf(amount: number, currency: string): string {
  return new Intl.NumberFormat(region(), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: Math.abs(amount) >= 1_000 || Number.isInteger(amount) ? 0 : 2,
  }).format(amount);
}

export function percentOf(share: number): string {
  return new Intl.NumberFormat(region(), { style: 'percent' }).format(share);
}

/** 12,408 */
export function countOf(count: number): string {
  return new Intl.NumberFormat(region()).format(count);
}

const MEGABYTE = 1_048_576;

/** 1.2 MB; kilobytes below one, as the customer reads it. Limits are set in powers of two, and read so. */
export function bytesOf(bytes: number): string {
  const isLarge = bytes >= MEGABYTE;
  return new Intl.NumberFormat(region(), {
    ...{ style: 'unit', unit: isLarge ? 'megabyte' : 'kilobyte', unitDisplay: 'short' },
    maximumFractionDigits: isLarge ? 1 : 0,
  }).format(isLarge ? bytes / MEGABYTE : Math.max(1, bytes / 1_024));
}

/** 24 sec, 1 min 40 sec, 2 hr 5 min: two units at most. */
export function secondsOf(seconds: number): string {
  const whole = Math.round(seconds);
  const [large, small] = whole < 3_600 ? (['minute', 'second'] as const) : (['hour', 'minute'] as const);
  const [high, low] = whole < 3_600 ? [Math.floor(whole / 60), whole % 60] : hoursOf(whole);
  const parts = [
    ...(high > 0 ? [unit(high, large)] : []),
    ...(low > 0 || high === 0 ? [unit(low, small)] : []),
  ];
  return parts.join(' ');
}

function hoursOf(seconds: number): [number, number] {
  const minutes = Math.round(seconds / 60);
  return [Math.floor(minutes / 60), minutes % 60];
}

export function languageName(of: WidgetLocale): string {
  return new Intl.DisplayNames([locale()], { type: 'language' }).of(of) ?? of;
}

/** 2026-11-27T16:00, in this machine's time, as a field for a day and a time wants it. */
export function localOf(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The calendar day here: entries of one day stand under one date. */
export function dayKey(iso: string): string {
  const date = new Date(iso);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}
