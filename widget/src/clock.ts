/** Times and days in the reader's locale. Made when the page is idle: the first use of `Intl` costs a slow phone 68 ms. */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { Words } from './words.ts';

export type Clock = {
  readonly locale: WidgetLocale;
  time(iso: string): string;
  day(iso: string, words: Words): string;
  /** When somebody is back: the time alone when that is today, else with the weekday, and from a week on with the date. */
  back(iso: string): { readonly today: boolean; readonly text: string };
  /** Date, time and zone, for what is read outside the page. */
  full(iso: string): string;
};

/** Until then a weekday alone says which one is meant. */
const WEEK = 7;

export function makeClock(locale: WidgetLocale): Clock {
  const format = (options: Intl.DateTimeFormatOptions) => {
    // The same digits in times as in the sentences around them.
    const formatter = new Intl.DateTimeFormat(`${locale}-u-nu-latn`, options);
    return (iso: string): string => formatter.format(new Date(iso));
  };
  const time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const date = format({ weekday: 'long', day: 'numeric', month: 'long' });
  const past = () => format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const weekday = format({ weekday: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const far = () =>
    format({
      ...({ weekday: 'long', day: 'numeric', month: 'long' } as const),
      ...({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const),
    });
  const full = format({ dateStyle: 'medium', timeStyle: 'short' });
  return {
    locale,
    time,
    day(iso, words) {
      const days = daysAgo(iso);
      if (days < 2) return days > 0 ? words.yesterday : words.today;
      const isThisYear = new Date(iso).getFullYear() === new Date().getFullYear();
      return (isThisYear ? date : past())(iso);
    },
    back(iso) {
      const days = -daysAgo(iso);
      return { today: days === 0, text: (days === 0 ? time : days < WEEK ? weekday : far())(iso) };
    },
    full,
  };
}

/** Whole calendar days between then and now, in the reader's own zone; negative for the future. */
function daysAgo(iso: string): number {
  return Math.round((midnight(new Date()) - midnight(new Date(iso))) / 86_400_000);
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
