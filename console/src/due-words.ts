/** Clock times, parts of a day and spans of time in words of three languages: what is quicker read here than taught to a library. */

type Clock = { readonly hour: number; readonly minute: number };
/** What a time's words hold; `rest` is what is left of them, for the day. */
export type TimeWords = {
  /** Minutes from now. */
  readonly minutes: number | null;
  /** Days on which people work. */
  readonly workingDays: number | null;
  readonly end: 'day' | 'week' | 'next-week' | 'month' | 'weekend' | null;
  readonly clock: Clock | null;
  /** Says neither morning nor afternoon. */
  readonly isLoose: boolean;
  readonly part: 'first-thing' | 'morning' | 'noon' | 'afternoon' | 'evening' | null;
  readonly rest: string;
};

const MINUTES = { minute: 1, hour: 60, day: 1440, week: 10_080, month: 43_200 } as const;
type Unit = keyof typeof MINUTES;

export function timeWords(when: string, isChinese: boolean): TimeWords {
  const text = plain(when);
  return isChinese ? chineseWords(text) : englishWords(text);
}

const NUMBERS_EN: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  half: 0.5,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  'forty-five': 45,
  forty: 40,
  sixty: 60,
};
const WORD_EN = Object.keys(NUMBERS_EN)
  .sort((a, b) => b.length - a.length)
  .join('|');
const SPAN_EN = new RegExp(
  `\\b(\\d{1,3}(?:\\.\\d)?|${WORD_EN})(?: ?(?:-|to|or) ?(\\d{1,3}|${WORD_EN}))?(?: an?)? (working |business |week)?(minute|min|hour|hr|day|week|month)s?\\b(?! after)`,
);
const CLOCK_EN = new RegExp(
  `\\b(half past |(?:a )?quarter past |(?:a )?quarter to )?(?<![-/.])(\\d{1,2}|${WORD_EN})(?:[:.](\\d{2}))? ?(am|pm|a\\.m\\.?|p\\.m\\.?|o'?clock)?(?![\\d%/-]|st|nd|rd|th| (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))`,
  'g',
);

function englishWords(text: string): TimeWords {
  const span = SPAN_EN.exec(text);
  const units = span ? Math.max(numberEn(span[1]), numberEn(span[2])) : 0;
  const unit = ({ min: 'minute', hr: 'hour' }[span?.[4] ?? ''] ?? span?.[4] ?? 'day') as Unit;
  const part = partEn(text);
  const clock = clockEn(text.replace(SPAN_EN, ' '), part);
  return {
    minutes: span && !span[3] ? units * MINUTES[unit] : null,
    workingDays: span?.[3] ? units : null,
    end: endEn(text),
    clock: clock?.clock ?? null,
    isLoose: clock?.isLoose ?? false,
    part,
    rest: clock?.rest ?? text,
  };
}

function endEn(text: string): TimeWords['end'] {
  if (
    /\b(?:end|close) of (?:the |this |my |our |next )?(?:business|day|working day|shift)|\beod\b|\bcob\b|closing time/.test(
      text,
    )
  )
    return 'day';
  if (/\bnext week\b(?! (?:mon|tue|wed|thu|fri))/.test(text)) return 'next-week';
  if (/\bweekend\b/.test(text)) return 'weekend';
  if (/\bweek\b(?! (?:mon|tue|wed|thu|fri))/.test(text) && !SPAN_EN.test(text)) return 'week';
  return /\bend of (?:the |this )?month\b|\bthis month\b/.test(text) ? 'month' : null;
}

function partEn(text: string): TimeWords['part'] {
  if (/\bfirst thing\b/.test(text)) return 'first-thing';
  if (/\bmorning\b/.test(text)) return 'morning';
  if (/\b(?:noon|midday|lunch(?:time)?)\b/.test(text)) return 'noon';
  if (/\bafternoon\b/.test(text)) return 'afternoon';
  return /\b(?:evening|tonight|night)\b/.test(text) ? 'evening' : null;
}

/** The last clock time of the words: "between nine and four" is kept at four. */
function clockEn(text: string, part: TimeWords['part']) {
  const found = [...text.matchAll(CLOCK_EN)].filter(([words, before, hour, minute, half]) =>
    // A bare "a" is no hour; a number is one only where a word of time leads to it, or its own form says so.
    Boolean(
      before ||
        minute ||
        half ||
        (!/^(?:an?|half)$/.test(hour ?? '') && LEADS.test(text.slice(0, text.indexOf(words)))),
    ),
  );
  const last = found[found.length - 1];
  if (!last) return null;
  const [, before = '', word, minute, half] = last;
  let hour = numberEn(word);
  let minutes = Number(minute ?? 0);
  if (before.startsWith('half')) minutes = 30;
  else if (before.includes('past')) minutes = 15;
  else if (before.includes('to')) {
    hour -= 1;
    minutes = 45;
  }
  if (hour > 24 || minutes > 59) return null;
  const isAfternoon =
    half?.startsWith('p') || (!half?.startsWith('a') && (part === 'afternoon' || part === 'evening'));
  if (isAfternoon && hour < 12) hour += 12;
  if (half?.startsWith('a') && hour === 12) hour = 0;
  return {
    clock: { hour, minute: minutes },
    isLoose: !isAfternoon && !half?.startsWith('a') && part !== 'morning' && hour < 13,
    rest: `${text.slice(0, last.index)} ${text.slice(last.index + last[0].length)}`,
  };
}
const LEADS =
  /(?:^|\b(?:by|at|before|around|about|after|until|till|to|and|between|from|than|day|tomorrow|today) )$/;

function numberEn(word: string | undefined): number {
  if (!word) return 0;
  return NUMBERS_EN[word] ?? Number(word);
}

const SPAN_ZH =
  /(半|\d{1,3}(?:\.\d)?|[一二两三四五六七八九十]{1,3})(?:[-~至到](\d{1,3}|[一二两三四五六七八九十]{1,3}))?个?(半)?(工作日|工作天|小时|钟头|分钟|天|周|星期|礼拜|月)(?![一二三四五六日天末\d])/;
const UNITS_ZH: Readonly<Record<string, Unit>> = {
  小时: 'hour',
  钟头: 'hour',
  分钟: 'minute',
  天: 'day',
  周: 'week',
  星期: 'week',
  礼拜: 'week',
  月: 'month',
};
const CLOCK_ZH =
  /(\d{1,2}|[一二两三四五六七八九十]{1,3})(?:点钟?|时)(半|一刻|三刻|(?:\d{1,2}|[一二三四五六七八九十]{1,3})分?)?|(\d{1,2}):(\d{2})/g;

function chineseWords(text: string): TimeWords {
  const span = SPAN_ZH.exec(text);
  const units = span ? Math.max(numberZh(span[1]), numberZh(span[2])) + (span[3] ? 0.5 : 0) : 0;
  const unit = UNITS_ZH[span?.[4] ?? ''];
  const part = partZh(text);
  const clock = clockZh(text, part);
  return {
    minutes: span && unit ? units * MINUTES[unit] : null,
    workingDays: span && !unit ? units : null,
    end: endZh(text),
    clock: clock?.clock ?? null,
    isLoose: clock?.isLoose ?? false,
    part,
    rest: clock?.rest ?? text,
  };
}

function endZh(text: string): TimeWords['end'] {
  if (/下班|收工|打烊|关门|天黑/.test(text)) return 'day';
  if (/周末/.test(text)) return 'weekend';
  if (/下个?(?:周|星期|礼拜)(?![一二三四五六日天])/.test(text)) return 'next-week';
  if (/(?:这|本)个?(?:周|星期|礼拜)(?![一二三四五六日天])/.test(text)) return 'week';
  return /月底|这个?月内?|本月内?/.test(text) ? 'month' : null;
}

function partZh(text: string): TimeWords['part'] {
  if (/午饭前|中午|正午|午前/.test(text)) return 'noon';
  if (/下午|午后|傍晚/.test(text)) return 'afternoon';
  if (/晚|夜/.test(text)) return 'evening';
  return /早|上午|凌晨|清晨/.test(text) ? 'morning' : null;
}

function clockZh(text: string, part: TimeWords['part']) {
  const found = [...text.matchAll(CLOCK_ZH)];
  const last = found[found.length - 1];
  if (!last) return null;
  let hour = last[3] ? Number(last[3]) : numberZh(last[1]);
  const minute = last[4] ? Number(last[4]) : minuteZh(last[2]);
  if (hour > 24 || minute > 59) return null;
  const isAfternoon = part === 'afternoon' || part === 'evening' || (part === 'noon' && hour < 4);
  if (isAfternoon && hour < 12) hour += 12;
  return {
    clock: { hour, minute },
    isLoose: !isAfternoon && part === null && hour < 13,
    rest: `${text.slice(0, last.index)} ${text.slice(last.index + last[0].length)}`,
  };
}

function minuteZh(words: string | undefined): number {
  if (!words) return 0;
  if (words === '半') return 30;
  if (words === '一刻') return 15;
  return words === '三刻' ? 45 : numberZh(words.replace('分', ''));
}

const DIGITS_ZH = '零一二三四五六七八九';

function numberZh(word: string | undefined): number {
  if (!word) return 0;
  if (/^\d/.test(word)) return Number(word);
  if (word === '半') return 0.5;
  const [tens, ones] = word.includes('十') ? word.split('十') : ['0', word];
  const digit = (part: string | undefined) => (part === '两' ? 2 : DIGITS_ZH.indexOf(part ?? ''));
  if (!word.includes('十')) return digit(ones);
  return (tens ? digit(tens) : 1) * 10 + (ones ? digit(ones) : 0);
}

const SIMPLE: Readonly<Record<string, string>> = {
  點: '点',
  兩: '两',
  內: '内',
  週: '周',
  個: '个',
  禮: '礼',
  後: '后',
  時: '时',
  鐘: '钟',
  號: '号',
  關: '关',
  這: '这',
  飯: '饭',
  間: '间',
  頭: '头',
};

/** Lower case, half width, and simplified as far as words of time need it: the reader's tables are too large for this. */
function plain(when: string): string {
  return when
    .toLowerCase()
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\p{Script=Han}/gu, (sign) => SIMPLE[sign] ?? sign)
    .trim();
}
