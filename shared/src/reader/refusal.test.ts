import { Converter } from 'opencc-js/cn2t';
import { describe, expect, test } from 'vitest';
import type { DraftState } from './reading.ts';
import {
  CHIPS,
  CONCRETE,
  NO_CHIPS,
  NOT_EN,
  NOT_ZH,
  REFUSALS_EN,
  REFUSALS_ZH,
  VAGUE,
} from './refusal.cases.ts';
import { isConcrete, refusalIn } from './refusal.ts';

const state: DraftState = {
  locale: 'en',
  agent: { fullName: 'Megan Kajitani', given: 'Megan', family: 'Kajitani' },
  customerName: null,
  conditions: [],
  said: [],
  heard: [],
  ownContacts: [],
};
const refused = (draft: string) => {
  const found = refusalIn(draft, state);
  return found && draft.slice(found.from, found.to);
};
const offered = (draft: string) =>
  (refusalIn(draft, state)?.alternatives ?? []).map(({ from, to }) => draft.slice(from, to));

describe('a refusal is found in the whole turn', () => {
  test.each(REFUSALS_EN)('“%s”', (draft) => expect(refused(draft)).not.toBeNull());
  test.each(REFUSALS_ZH)('“%s”', (draft) => expect(refused(draft)).not.toBeNull());
  test.each(REFUSALS_ZH.map(traditional))('“%s”', (draft) => expect(refused(draft)).not.toBeNull());
  test.each(['不好意思，這個沒辦法修改喔。', '恕無法退費', '系統不支援這項功能', '目前沒有現貨，無法出貨'])(
    '“%s”',
    (draft) => expect(refused(draft)).not.toBeNull(),
  );
});

describe('no refusal', () => {
  test.each(NOT_EN)('“%s”', (draft) => expect(refused(draft)).toBeNull());
  test.each(NOT_ZH)('“%s”', (draft) => expect(refused(draft)).toBeNull());
  test.each(NOT_ZH.map(traditional))('“%s”', (draft) => expect(refused(draft)).toBeNull());
});

describe('where it stands', () => {
  test.each([
    ['Hello Anna. We cannot deliver on Sunday, but Monday is free.', 'We cannot deliver on Sunday'],
    ['Hello. Sorry, that is not possible, Anna.', 'that is not possible'],
    ['您好，我们无法退款，抱歉。', '我们无法退款'],
    ['您好，我們無法退款，抱歉。', '我們無法退款'],
  ])('in “%s”', (draft, words) => expect(refused(draft)).toBe(words));
});

describe('alternatives are concrete', () => {
  test.each([...CONCRETE, ...CONCRETE.filter(isHan).map(traditional)])('“%s”', (draft) => {
    expect(refused(draft)).not.toBeNull();
    expect(offered(draft)).not.toEqual([]);
  });
  test.each([...VAGUE, ...VAGUE.filter(isHan).map(traditional)])('and not in “%s”', (draft) => {
    expect(refused(draft)).not.toBeNull();
    expect(offered(draft)).toEqual([]);
  });
  test('each with its own words', () => {
    expect(
      offered("We can't do Sunday. I can have it at your door on Friday, or you can collect it in our shop."),
    ).toEqual(['I can have it at your door on Friday', 'you can collect it in our shop.']);
  });
});

describe('a chip', () => {
  test.each([
    'I can have it at your door on Friday before noon.',
    'Pick it up at our shop in Mill Lane',
    'deliver it on Monday',
    'I can refund it today',
    'A table in the garden at nine is free',
    '周五上午送到您家',
    ...CHIPS,
    '改到週五中午前送到府上',
    '您可以到门市自取',
  ])('“%s” is concrete', (text) => expect(isConcrete(text)).toBe(true));
  test.each([
    'Anything else?',
    'How about never?',
    'Maybe later',
    'Please try again later',
    'Contact another department',
    ...NO_CHIPS,
    'Check our website',
    'I will see what I can do',
    'soon',
    '',
    '还有别的吗？',
    '稍後再試',
    "We can't do it on Friday",
  ])('“%s” is not', (text) => expect(isConcrete(text)).toBe(false));
});

test.each(['a', "we can't ", '不', '无法', 'you can ', 'at the the ', '1', ', ', "n't ", 'in the next one '])(
  'a long draft of “%s” is read at once',
  (piece) => {
    const draft = piece.repeat(Math.ceil(4000 / piece.length));
    expect(refused(`${draft}\nI cannot do that.`)).not.toBeNull();
  },
);

function traditional(text: string): string {
  return toTraditional(text);
}
const toTraditional = Converter({ from: 'cn', to: 'tw' });
function isHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}
