/** Words that name a time, over folded text. */
import { allOf, type Span } from './own.ts';

const DAY =
  '(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|tue|tues|wed|thu|thurs|fri)(?=[ ,.!?;)]|$)|today|tonight|tomorrow|tmrw|tmr|the day after tomorrow';
const MONTH =
  '(?:jan|febr)uary|march|april|june|july|august|(?:septem|octo|novem|decem)ber|jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec';
const DATE = `(?:the )?\\d{1,2}(?:st|nd|rd|th)(?: (?:of )?(?:${MONTH}|may))?|\\d{1,2} (?:${MONTH}|may)|(?:${MONTH}|may) \\d{1,2}(?:st|nd|rd|th)?|\\d{4}-\\d{2}-\\d{2}|\\d{1,2}[/.]\\d{1,2}(?:[/.]\\d{2,4})?(?! ?%)`;
const PART =
  '(?:first thing )?(?:(?:in|during) )?(?:the )?(?:early |late |mid-?)?(?:morning|afternoon|evening|noon|midday|lunchtime|midnight|night)';
const NUMBER =
  '(?:\\d{1,3}(?:[.,]\\d)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty[- ]five|sixty|half an|a couple of|a few)(?: ?(?:-|to|or) ?(?:\\d{1,3}|two|three|four|five|six|seven|ten))?';
const UNIT = '(?:minutes?|mins?|hours?|hrs?|days?|(?:working|business|week) ?days?|weeks?|months?)';
const HOUR =
  "(?:\\d{1,2}(?:[:.]\\d{2})?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half past \\w{3,6}|(?:a )?quarter (?:past|to) \\w{3,6})(?: ?(?:[ap]m\\b|[ap]\\.m\\b\\.?|o'?clock|h\\b))?";
/** After a bare number there must be nothing that it counts: "by four" is a time, "by four people" is none. */
const HOUR_ALONE =
  '(?! ?[%\\d£$€])(?=\\s*(?:$|[.,;!?)…—–-]|\\ufffc|and\\b|or\\b|so\\b|if\\b|when\\b|at the|today|tonight|tomorrow|this|in the|on |sharp|latest|then\\b|with\\b|to\\b|your time|local time|my time|our time|(?:e|c|p|m)?[sd]t\\b|gmt|utc|(?:mon|tues|wednes|thurs|fri|satur|sun)day))';
const EXACT_HOUR =
  "(?:\\d{1,2}(?:[:.]\\d{2})? ?(?:[ap]m\\b|[ap]\\.m\\b\\.?|o'?clock)|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(?:o'?clock|[ap]m\\b|[ap]\\.m\\b\\.?)|\\d{1,2}:\\d{2})";
const END_OF =
  '(?:(?:the )?(?:end|close|start|beginning|middle) of (?:the |this |next |my |our )?(?:business|day|working day|week|month|year|shift|afternoon|morning)|close of business|\\beod\\b|\\bcob\\b|closing time|lunch(?:time)?\\b)';
const SPAN = `(?:(?:with)?in|inside|under|after|for)(?: (?:the )?(?:next|about|around|at most|roughly|less than))? ${NUMBER} ${UNIT}(?:['’]? time)?|(?:with)?in the (?:hour|day|week)|the next ${NUMBER} ${UNIT}|${NUMBER} ${UNIT} (?:from now|at (?:the )?(?:most|latest))`;
const RELATIVE = `(?:next|this|later this|the following|the coming|over the) (?:week(?:end)?|month|mon|tue|wed|thu|fri|sat|sun|${DAY})|the weekend|later today|within the hour`;
const BARE_HOUR = `(?:by|before|at|around|about|until|till|from|after|between)(?: (?:about|around|roughly))? ${HOUR}${HOUR_ALONE}`;

/** Small expressions one by one: together they would take the engine a tenth of a second to make ready. */
const WORDS_EN = [
  DAY,
  DATE,
  END_OF,
  SPAN,
  RELATIVE,
  EXACT_HOUR,
  `(?:this |that |in the )?${PART}`,
  BARE_HOUR,
].map((source) => new RegExp(`\\b(?:${source})`, 'g'));
const TIME_HINT =
  /\d|day|week|month|morning|noon|evening|night|tomorrow|tmr|minute|min|hour|hrs?|clock|eod|cob|close|closing|lunch|(?:mon|tue|wed|thu|fri)\b|(?:by|before|at|around|about|until|till|from|after|between) (?:about |around |roughly )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|a quarter|quarter)\b|january|february|march|april|may|june|july|august|ember|october/;

const LEAD =
  '(?:by|before|on|at|in|until|till|from|around|about|no later than|not later than|latest|this|next|the latest|starting|as early as|early|late|as of|the)';
const LEAD_BEFORE = new RegExp(`(?:\\b${LEAD} ){1,4}$`);
/** Between two words of one time: "Friday, before noon". */
const GAP = new RegExp(`^(?: ?,)? ?(?:(?:and|or|at the latest),? )?(?:${LEAD} ){0,4}$`);
const TAIL = /^ (?:at the latest|sharp|latest)\b/;

/** The times in a folded English sentence: "by Friday noon", "within 3 working days". Each is one run of words. */
export function timesInEnglish(sentence: string): Span[] {
  if (!TIME_HINT.test(sentence)) return [];
  const words = WORDS_EN.flatMap((pattern) => spansOf(sentence, pattern));
  words.sort((a, b) => a.from - b.from || b.to - a.to);
  const runs: Span[] = [];
  for (const word of words) {
    const last = runs[runs.length - 1];
    const isOne = last && (word.from <= last.to || GAP.test(sentence.slice(last.to, word.from)));
    if (isOne) runs[runs.length - 1] = { from: last.from, to: Math.max(last.to, word.to) };
    else runs.push(word);
  }
  return runs.map(({ from, to }) => ({
    from: from - (LEAD_BEFORE.exec(sentence.slice(Math.max(0, from - 40), from))?.[0].length ?? 0),
    to: to + (TAIL.exec(sentence.slice(to, to + 20))?.[0].length ?? 0),
  }));
}

export function spansOf(text: string, pattern: RegExp): Span[] {
  return allOf(pattern, text).map(({ index, words }) => ({ from: index, to: index + words.length }));
}

const COUNT = '(?:\\d{1,3}(?:[-~至到]\\d{1,3})?|[一二两三四五六七八九十半几]{1,3})';
const ZH_DAY =
  '今天|今日|今晚|今早|今夜|明天|明日|明早|明晚|后天|大后天|当天|当日|次日|隔天|隔日|第二天|(?:这|本|下|下个|这个|本)?(?:周|星期|礼拜|周)[一二三四五六日天末]|(?:这|本|下)个?(?:周|星期|礼拜|月)(?!边)|月底(?:前)?|月初|年底|周末|\\d{1,2}月\\d{1,2}[日号]?|(?<!\\d)\\d{1,2}[日号](?!线|楼|店|门|院|馆|厅)';
const ZH_PART = '凌晨|清晨|早上|早晨|上午|中午|正午|午前|下午|午后|傍晚|晚上|夜里|晚间|半夜';
const ZH_HOUR =
  '(?:\\d{1,2}|[一二两三四五六七八九十]{1,3})(?:点钟?|时(?!间|长|候|尚|代))(?:半|整|一刻|三刻|\\d{1,2}分?|[一二三四五]?十[一二三四五六七八九]?分?)?|\\d{1,2}:\\d{2}';
const ZH_SPAN = `${COUNT}个?(?:工作日|工作天|小时|钟头|分钟|天|周|星期|礼拜|月)(?:之内|以内|内|之后|以后|后|左右)`;
const ZH_END = '下班(?:之|以)?前|收工前|打烊前|关门前|午饭前|天黑前|下班时';
const ZH_WORD = `(?:${ZH_SPAN}|${ZH_DAY}|${ZH_HOUR}|${ZH_PART}|${ZH_END})`;

/** "明天下午四点前", "三个工作日内". */
export const TIME_ZH = `(?:(?:最迟|最晚|不晚于|最快|预计|大约|约|在|于)?${ZH_WORD}(?:的)?(?:${ZH_WORD}){0,4}(?:左右)?(?:之前|以前|之内|以内|前|内)?)`;
