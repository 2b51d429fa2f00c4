import { describe, expect, test } from 'vitest';
import { missingManners } from './manners.ts';
import type { DraftState } from './reading.ts';

const megan = { fullName: 'Megan Kajitani', given: 'Megan', family: 'Kajitani' };
const lin = { fullName: '林怡君', given: '怡君', family: '林' };
const state = (rest: Partial<DraftState>): DraftState => ({
  locale: 'en',
  agent: megan,
  customerName: null,
  conditions: [],
  said: [],
  heard: [],
  ownContacts: [],
  ...rest,
});

test('a name with a hyphen is a name as any other', () => {
  const closing = state({ conditions: ['closing'], customerName: 'Samuel Osei-Bonsu' });
  const thanks = 'Thank you. I will write to you on Friday';
  expect(missingManners(`${thanks}, Samuel Osei-Bonsu.`, closing)).toEqual([]);
  expect(missingManners(`${thanks}, Mr Osei-Bonsu.`, closing)).toEqual([]);
  expect(missingManners(`${thanks}.`, closing)).toEqual(['customer-name']);
  const first = state({
    conditions: ['first-reply'],
    agent: { fullName: 'Anne-Marie Li', given: 'Anne-Marie', family: 'Li' },
  });
  expect(missingManners('Hello, Anne-Marie Li here.', first)).toEqual([]);
});

describe('a first reply', () => {
  const first = state({ conditions: ['first-reply'] });
  test.each([
    'Hello Anna, my name is Megan Kajitani. I will look at it.',
    'Good morning! Megan Kajitani here.',
    'HI, MEGAN KAJITANI speaking',
  ])('“%s” lacks nothing', (draft) => expect(missingManners(draft, first)).toEqual([]));
  test.each([
    ['I will look at it.', ['greeting', 'full-name']],
    ['Hello, I am Megan.', ['full-name']],
    ['Megan Kajitani. What happened?', ['greeting']],
    ['Hello, Megan Kajitanis', ['full-name']],
    ['Thirty minutes, Megan Kajitani', ['greeting']],
  ])('“%s” lacks %j', (draft, lacks) => expect(missingManners(draft, first)).toEqual(lacks));
  test.each(['您好，我是林怡君。', '早安，我是林怡君，很高興為您服務。', '你好！林怡君为您服务'])(
    '“%s” lacks nothing',
    (draft) => expect(missingManners(draft, { ...first, agent: lin })).toEqual([]),
  );
  test('“您好，我是怡君” lacks the full name', () =>
    expect(missingManners('您好，我是怡君', { ...first, agent: lin })).toEqual(['full-name']));
  test('what was said before needs not be said again', () =>
    expect(missingManners('One more thing.', { ...first, said: ['Hello, I am Megan Kajitani.'] })).toEqual(
      [],
    ));
  test('later replies and empty drafts are left alone', () => {
    expect(missingManners('Sure.', state({}))).toEqual([]);
    expect(missingManners('  ', first)).toEqual([]);
  });
});

describe('a goodbye', () => {
  const closing = (customerName: string | null) => state({ conditions: ['closing'], customerName });
  test.each([
    ['Carol Jones', 'Thank you, Carol. It arrives on Friday.'],
    ['Carol Jones', 'Thanks, Ms Jones! If anything comes up, write to me.'],
    ['Carol Jones', 'Thank you, Mrs. Jones; I will call you tomorrow.'],
    ['Dr. Carol Jones', 'I appreciate your patience, Carol. You’ll get an e-mail from me.'],
    [null, 'Thank you. Your parcel is on its way.'],
    ['王小明', '谢谢您，王先生。如果还有问题，请随时联系我。'],
    ['王小明', '感謝您，小明，包裹明天會送達。'],
    ['欧阳美玲', '谢谢欧阳女士，您会收到一封邮件。'],
    ['林怡君', '謝謝林小姐，我明天會打給您。'],
    ['Anna Weiss', '谢谢您，Anna！您会收到新的灯。'],
    ['Zoë', 'Thank you, Zoë. I’ll see to it.'],
  ])('to %s: “%s” lacks nothing', (name, draft) => expect(missingManners(draft, closing(name))).toEqual([]));
  test.each([
    ['Carol Jones', 'Bye!', ['thanks', 'customer-name', 'next-step']],
    ['Carol Jones', 'Thank you and goodbye, have a nice day!', ['customer-name', 'next-step']],
    ['Carol Jones', 'Thank you, Caroline. I will call you.', ['customer-name']],
    ['Carol Jones', 'Carol, I will call you tomorrow.', ['thanks']],
    [null, 'Thank you, bye.', ['next-step']],
    ['王小明', '再见！', ['thanks', 'customer-name', 'next-step']],
    ['王小明', '谢谢您，祝您生活愉快。', ['customer-name', 'next-step']],
    ['林怡君', '謝謝您，祝您有美好的一天。', ['customer-name', 'next-step']],
  ])('to %s: “%s” lacks %j', (name, draft, lacks) =>
    expect(missingManners(draft, closing(name))).toEqual(lacks),
  );
});
