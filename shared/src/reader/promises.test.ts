import { expect, test } from 'vitest';
import { promisesIn } from './promises.ts';

test.each([
  ["I'll call you by four.", 'by four'],
  ['We will refund within 3 days.', 'within 3 days'],
  ["You'll have it tomorrow morning.", 'tomorrow morning'],
  ['I will send it on Friday before noon, promised.', 'on Friday before noon'],
  ['Tomorrow morning I will ring you.', 'Tomorrow morning'],
  ['By the end of the day we’ll have an answer for you.', 'By the end of the day'],
  ['Your parcel will arrive on 12 May.', 'on 12 May'],
  ['It will be with you by Tuesday at the latest.', 'by Tuesday at the latest'],
  ["I'm calling you back in 20 minutes.", 'in 20 minutes'],
  ['My colleague Lin Yi-Chun will write to you today.', 'today'],
  ['Our courier will come between nine and noon tomorrow, is that all right?', null],
  ["I'll call you by four, is that all right?", 'by four'],
  ['I will get back to you within 24 hours.', 'within 24 hours'],
  ["We'll get back to you by 4:30 pm.", 'by 4:30 pm'],
  ["If you order now, you'll have it tomorrow.", 'tomorrow'],
  ['We are going to replace it next week.', 'next week'],
  ['I promise to check it this afternoon.', 'this afternoon'],
  ['I will be in touch by Friday.', 'by Friday'],
  ['You will hear from me by end of day.', 'by end of day'],
  ['The refund will be credited within 3 to 5 working days.', 'within 3 to 5 working days'],
  ['我会在下午四点前给您回电。', '下午四点前'],
  ['我明天上午联系您', '明天上午'],
  ['我们三天内给您退款。', '三天内'],
  ['您明天就能收到新的。', '明天'],
  ['包裹周五会送达。', '周五'],
  ['明天上午，我给您打电话。', '明天上午'],
  ['我会在24小时内回复您，请放心。', '24小时内'],
  ['同事今天下班前会联系您。', '今天下班前'],
  ['我們會在三個工作天內退款給您。', '三個工作天內'],
  ['我明天下午三點打電話給您。', '明天下午三點'],
  ['您週五中午前會收到。', '週五中午前'],
  ['退款将在3个工作日内到账。', '3个工作日内'],
  ['我两小时内给您答复', '两小时内'],
])('“%s” promises %s', (draft, when) => {
  const found = promisesIn(draft);
  expect(found).toHaveLength(1);
  expect(draft).toContain(found[0]?.when);
  if (when !== null) expect(found[0]?.when).toBe(when);
});

test.each([
  'I would call you by four.',
  'You can call by four.',
  'The shop opens at four.',
  'Shall I call you by four?',
  "I'll be happy to help.",
  "I'll look into it.",
  'We will be closed tomorrow.',
  "We'll be open until six.",
  'I will not call you tomorrow.',
  'You wrote “I will call you by four”.',
  "I'll miss you.",
  'We sent it on Friday.',
  'Good morning! I will look at it.',
  "I'll do it. Have a nice evening!",
  "I'll be here until four.",
  "We'll need your address by Friday.",
  'I will send you 4 lamps.',
  'Could you call me by four?',
  'If it has not arrived by Friday, write to me.',
  "I'll be with you in a minute.",
  'You will find the shop at 20 Mill Lane.',
  "I'll write as soon as I know.",
  '我明天上午联系您可以吗？',
  '您可以明天上午联系我。',
  '本店上午九点开门。',
  '我们明天休息。',
  '我很乐意帮您。',
  '我昨天给您打过电话。',
  '我可以明天给您打电话。',
  '早上好，我来帮您。',
  '您明天能来吗？',
  '我们无法在三天内退款。',
  '我已经在今天上午寄出了。',
])('“%s” promises nothing', (draft) => expect(promisesIn(draft)).toEqual([]));

test('each promise with its sentence and its place', () => {
  const draft = "Hello Anna. I'll call you by four. The lamp is brass. You'll have it on Friday!";
  const found = promisesIn(draft);
  expect(found.map(({ text }) => text)).toEqual(["I'll call you by four.", "You'll have it on Friday!"]);
  expect(found.map(({ from, to }) => draft.slice(from, to))).toEqual([
    "I'll call you by four",
    "You'll have it on Friday",
  ]);
});

test.each(["i'll ", 'by ', 'within 3 ', 'the ', '我会', '明天', '在下午', '1 '])(
  'a long draft of “%s” is read at once',
  (piece) => {
    expect(
      promisesIn(`${piece.repeat(4000 / piece.length)}\nI'll call you by four.`).some(
        ({ when }) => when === 'by four',
      ),
    ).toBe(true);
  },
);
