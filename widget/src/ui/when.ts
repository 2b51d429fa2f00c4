/** By when, and when: in words, in the reader's own zone. */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { Said } from '../recovery-words.ts';
import { say } from '../strings.ts';

export type When = {
  /** Day and time; `short`: the time alone where that is today. */
  due(iso: string, short?: boolean): string;
  date(iso: string): string;
};

export function makeWhen(locale: WidgetLocale, said: Said): When {
  const tag = `${locale}-u-nu-latn`;
  const formatter = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options);
  const time = formatter({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const day = formatter({ weekday: 'long', day: 'numeric', month: 'long' });
  const date = formatter({ dateStyle: 'long' });
  const near = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  return {
    due(iso, short = false) {
      const at = new Date(iso);
      const days = daysUntil(at);
      if (Math.abs(days) > 1) return say(said.far, day.format(at), time.format(at));
      const hour = time.format(at);
      return short && !days ? say(said.at, hour) : say(said.near, near.format(days, 'day'), hour);
    },
    date: (iso) => date.format(new Date(iso)),
  };
}

/** Whole calendar days; a day of 23 or 25 hours is one too. */
function daysUntil(at: Date): number {
  return Math.round((new Date(at).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / 86_400_000);
}
