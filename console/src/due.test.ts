import { describe, expect, test } from 'vitest';
import { dueOf } from './due.ts';

/** A Wednesday, ten in the morning. */
const now = new Date(2026, 4, 6, 10, 0);
const local = (iso: string | null) => {
  if (iso === null) return null;
  const date = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
};

describe('in English', () => {
  test.each([
    ['by four', '05-06 16:00'],
    ['by nine', '05-06 21:00'],
    ['by eleven', '05-06 11:00'],
    ['by 4:30 pm', '05-06 16:30'],
    ['by half past four', '05-06 16:30'],
    ['at 16:00', '05-06 16:00'],
    ['tomorrow morning', '05-07 12:00'],
    ['tomorrow at nine', '05-07 09:00'],
    ['tomorrow', '05-07 17:00'],
    ['this afternoon', '05-06 17:00'],
    ['tonight', '05-06 21:00'],
    ['today', '05-06 17:00'],
    ['within 24 hours', '05-07 10:00'],
    ['in 20 minutes', '05-06 10:20'],
    ['in half an hour', '05-06 10:30'],
    ['within 3 days', '05-09 10:00'],
    ['within 3 working days', '05-11 10:00'],
    ['within 3 to 5 working days', '05-13 10:00'],
    ['in two weeks', '05-20 10:00'],
    ['by end of day', '05-06 17:00'],
    ['by the end of the week', '05-08 17:00'],
    ['next week', '05-15 17:00'],
    ['by the end of the month', '05-31 17:00'],
    ['on Friday', '05-08 17:00'],
    ['on Friday before noon', '05-08 12:00'],
    ['by Friday noon', '05-08 12:00'],
    ['by Tuesday at the latest', '05-12 17:00'],
    ['on 12 May', '05-12 17:00'],
    ['on May 12th at 3 pm', '05-12 15:00'],
    ['the day after tomorrow', '05-08 17:00'],
    ['first thing tomorrow', '05-07 10:00'],
    ['between nine and four tomorrow', '05-07 16:00'],
    ['by noon', '05-06 12:00'],
  ])('“%s” is %s', async (when, due) => expect(local(await dueOf(when, { now, locale: 'en' }))).toBe(due));
});

describe('in simplified Chinese', () => {
  test.each([
    ['下午四点前', '05-06 16:00'],
    ['明天上午', '05-07 12:00'],
    ['明天下午三点', '05-07 15:00'],
    ['明天', '05-07 17:00'],
    ['后天', '05-08 17:00'],
    ['两小时内', '05-06 12:00'],
    ['半小时后', '05-06 10:30'],
    ['24小时内', '05-07 10:00'],
    ['三天内', '05-09 10:00'],
    ['三个工作日内', '05-11 10:00'],
    ['3-5个工作日内', '05-13 10:00'],
    ['周五中午前', '05-08 12:00'],
    ['星期五', '05-08 17:00'],
    ['下周一', '05-11 17:00'],
    ['下周', '05-15 17:00'],
    ['今天下班前', '05-06 17:00'],
    ['今晚八点', '05-06 20:00'],
    ['5月12日', '05-12 17:00'],
    ['12号上午十点半', '05-12 10:30'],
    ['月底前', '05-31 17:00'],
    ['四点前', '05-06 16:00'],
    ['明天早上九点', '05-07 09:00'],
    ['十五分钟内', '05-06 10:15'],
    ['一周内', '05-13 10:00'],
  ])('“%s” is %s', async (when, due) =>
    expect(local(await dueOf(when, { now, locale: 'zh-Hans' }))).toBe(due),
  );
});

describe('in traditional Chinese', () => {
  test.each([
    ['下午四點前', '05-06 16:00'],
    ['明天上午', '05-07 12:00'],
    ['明天下午三點', '05-07 15:00'],
    ['後天', '05-08 17:00'],
    ['兩小時內', '05-06 12:00'],
    ['半小時後', '05-06 10:30'],
    ['兩個鐘頭內', '05-06 12:00'],
    ['三個工作天內', '05-11 10:00'],
    ['週五中午前', '05-08 12:00'],
    ['禮拜五', '05-08 17:00'],
    ['下禮拜一', '05-11 17:00'],
    ['下週', '05-15 17:00'],
    ['今天下班前', '05-06 17:00'],
    ['今晚八點', '05-06 20:00'],
    ['5月12日', '05-12 17:00'],
    ['這週內', '05-08 17:00'],
    ['明天早上九點', '05-07 09:00'],
    ['十五分鐘內', '05-06 10:15'],
  ])('“%s” is %s', async (when, due) =>
    expect(local(await dueOf(when, { now, locale: 'zh-Hant' }))).toBe(due),
  );
});

test.each(['soon', 'later', '', '尽快', '稍後', 'as soon as possible'])('“%s” names no time', async (when) =>
  expect(await dueOf(when, { now, locale: 'en' })).toBeNull(),
);

describe('it is in the future', () => {
  const evening = new Date(2026, 4, 6, 18, 30);
  test.each([
    ['by four', '05-07 16:00'],
    ['at 16:00', '05-07 16:00'],
    ['today', '05-06 23:59'],
    ['by end of day', '05-06 23:59'],
    ['on Wednesday', '05-13 17:00'],
    ['下午四点前', '05-07 16:00'],
    ['今天下班前', '05-06 23:59'],
  ])('“%s”, said at half past six in the evening, is %s', async (when, due) =>
    expect(local(await dueOf(when, { now: evening, locale: 'en' }))).toBe(due),
  );
  test('what is over has no time to be kept', async () =>
    expect(await dueOf('this morning', { now: evening, locale: 'en' })).toBeNull());
});

describe('in the time of a zone', () => {
  const moment = new Date('2026-05-06T10:00:00.000Z');
  test.each([
    ['by four', 'Asia/Taipei', '2026-05-07T08:00:00.000Z'],
    ['by four', 'America/New_York', '2026-05-06T20:00:00.000Z'],
    ['within 24 hours', 'Asia/Taipei', '2026-05-07T10:00:00.000Z'],
  ])('“%s” in %s', async (when, zone, due) =>
    expect(await dueOf(when, { now: moment, locale: 'en', zone })).toBe(due),
  );
  test('across a change of the clocks', async () =>
    expect(
      await dueOf('on Monday at 9 am', {
        now: new Date('2026-10-23T08:00:00.000Z'),
        locale: 'en',
        zone: 'Europe/Berlin',
      }),
    ).toBe('2026-10-26T08:00:00.000Z'));
});
