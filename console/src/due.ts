/** When a promise is due: the words that name its time, as a moment. */
import { hasHan, type Locale } from '@fullname/shared/locale';
import { type TimeWords, timeWords } from './due-words.ts';

export type DueOptions = {
  readonly now: Date;
  readonly locale: Locale;
  /** An IANA name; the browser's own without it. */
  readonly zone?: string;
};

/** The last hour at which "on Friday", "in the morning" … is still kept. */
const CLOSING = 17;
const LAST_HOUR = { 'first-thing': 10, morning: 12, noon: 12, afternoon: CLOSING, evening: 21 } as const;

/**
 * The latest moment at which the promise is still kept, in ISO 8601 and always in the future; null where the words name no time
 * ("soon"). A time without a day is the next one there is.
 */
export async function dueOf(when: string, { now, locale, zone }: DueOptions): Promise<string | null> {
  const shift = zone ? shiftOf(now, zone) : 0;
  const here = new Date(now.getTime() + shift);
  const isChinese = hasHan(when) || (locale !== 'en' && !/[a-z]/i.test(when));
  const words = timeWords(when, isChinese);
  const due = spanFrom(here, words) ?? endFrom(here, words) ?? (await dayAndHour(here, { words, isChinese }));
  if (!due || Number.isNaN(due.getTime()) || due <= here) return null;
  const moment = new Date(due.getTime() - shift);
  // The clocks may change between now and then.
  return new Date(due.getTime() - (zone ? shiftOf(moment, zone) : 0)).toISOString();
}

function spanFrom(here: Date, { minutes, workingDays }: TimeWords): Date | null {
  if (workingDays !== null) {
    const due = new Date(here);
    for (let left = Math.ceil(workingDays); left > 0; ) {
      due.setDate(due.getDate() + 1);
      if (isWorkingDay(due)) left -= 1;
    }
    return due;
  }
  if (minutes === null) return null;
  // Whole days are days of the calendar, so that a change of the clocks does not move the hour.
  if (minutes % 1440 !== 0) return new Date(here.getTime() + minutes * 60_000);
  const due = new Date(here);
  due.setDate(due.getDate() + minutes / 1440);
  return due;
}

function endFrom(here: Date, { end, clock }: TimeWords): Date | null {
  if (end === null || clock !== null) return null;
  if (end === 'month') return at(new Date(here.getFullYear(), here.getMonth() + 1, 0), CLOSING, 0);
  if (end === 'day') return null;
  const day = here.getDay() || 7;
  const friday = end === 'weekend' ? 7 - day : 5 - day;
  return at(plusDays(here, end === 'next-week' ? 12 - day : friday < 0 ? friday + 7 : friday), CLOSING, 0);
}

type Named = { readonly words: TimeWords; readonly isChinese: boolean };

async function dayAndHour(here: Date, { words, isChinese }: Named): Promise<Date | null> {
  const day = isChinese ? await chineseDay(here, words.rest) : await englishDay(here, words.rest);
  const { clock, part, end, isLoose } = words;
  if (!day && !clock && !part && !end) return null;
  const isToday = !day || day.toDateString() === here.toDateString();
  if (clock) {
    // "By four" is in the afternoon; "by nine" is in the morning while that is still to come.
    const isLate = isLoose && clock.hour < 8;
    const due = at(day ?? here, isLate ? clock.hour + 12 : clock.hour, clock.minute);
    if (isLoose && !isLate && isToday && due <= here) due.setHours(due.getHours() + 12);
    if (day || due > here) return due;
    return at(plusDays(here, 1), isLate ? clock.hour + 12 : clock.hour, clock.minute);
  }
  const due = at(day ?? here, part ? LAST_HOUR[part] : CLOSING, 0);
  if (due > here) return due;
  // Later than closing time, "today" and "by end of day" are still good until midnight.
  if (isToday && !part) return at(here, 23, 59);
  return day ? due : plusDays(due, 1);
}

async function englishDay(here: Date, text: string): Promise<Date | null> {
  if (/\b(?:today|tonight|this (?:morning|afternoon|evening))\b/.test(text)) return here;
  const { casual } = await import('chrono-node/en');
  const found = casual.parse(text.replace(/\bweek (?=mon|tue|wed|thu|fri)/, ''), here, {
    forwardDate: true,
  })[0];
  const start = found?.start;
  if (!start) return null;
  return start.isCertain('day') || start.isCertain('weekday') ? start.date() : null;
}

async function chineseDay(here: Date, text: string): Promise<Date | null> {
  const near = NEAR_DAYS.find(([word]) => text.includes(word));
  if (near) return plusDays(here, near[1]);
  const weekday = WEEKDAY_ZH.exec(text);
  if (weekday)
    return weekdayFrom(
      here,
      '一二三四五六日'.indexOf((weekday[2] ?? '').replace('天', '日')) + 1,
      weekday[1] ?? '',
    );
  const date = /^\D*(\d{1,2})[日号]/.exec(text);
  if (date && !text.includes('月')) return dateFrom(here, Number(date[1]));
  if (!/月|\d/.test(text)) return null;
  const { casual } = await import('chrono-node/zh/hans');
  const start = casual.parse(text, here, { forwardDate: true })[0]?.start;
  return start?.isCertain('day') ? start.date() : null;
}

const NEAR_DAYS = [
  ['大后天', 3],
  ['后天', 2],
  ['明', 1],
  ['次日', 1],
  ['隔天', 1],
  ['隔日', 1],
  ['第二天', 1],
  ['今', 0],
  ['当天', 0],
] as const;
const WEEKDAY_ZH = /(下|这|本)?个?(?:周|星期|礼拜)([一二三四五六日天])/;

/** The next one; "下周五" is that of the next week, whatever day it is today. */
function weekdayFrom(here: Date, weekday: number, which: string): Date {
  const ahead = weekday - (here.getDay() || 7);
  if (which === '下') return plusDays(here, ahead + 7);
  return plusDays(here, ahead < 0 ? ahead + 7 : ahead);
}

function dateFrom(here: Date, date: number): Date {
  const due = new Date(here.getFullYear(), here.getMonth(), date);
  return date < here.getDate() ? new Date(here.getFullYear(), here.getMonth() + 1, date) : due;
}

function at(day: Date, hour: number, minute: number): Date {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate(), hour, minute);
}

function plusDays(day: Date, days: number): Date {
  const later = new Date(day);
  later.setDate(later.getDate() + days);
  return later;
}

function isWorkingDay(day: Date): boolean {
  return day.getDay() !== 0 && day.getDay() !== 6;
}

/** What to add to a moment, so that this machine's own reading of it shows the wall clock of the zone. */
function shiftOf(moment: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const there = new Date(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return there.getTime() - Math.floor(moment.getTime() / 1000) * 1000;
}
