/**
 * Made-up card numbers of every issuer, and numbers that are none, in the sentences and forms in which people write them. Each
 * comes out the same for the same seed; what is masked is judged by what is left to read.
 */
import { maskCards } from '@fullname/shared/reader/cards';

export type CardFigures = {
  readonly cards: Share;
  readonly numbers: Share;
  /** Sentences that came out wrong, to read. */
  readonly missed: readonly string[];
  readonly mistaken: readonly string[];
};
type Share = { readonly of: number; readonly masked: number };

const EACH = 5_000;

/** A card counts as masked when only its last four digits are left; any other number when anything of its sentence has changed. */
export function evaluateCards(seed: number): CardFigures {
  const dice = createDice(seed);
  const missed: string[] = [];
  const mistaken: string[] = [];
  for (let made = 0; made < EACH; made++) {
    const { sentence, digits } = cardSentence(dice);
    if (!isMasked(maskCards(sentence), digits)) missed.push(sentence);
    const other = numberSentence(dice);
    if (maskCards(other) !== other) mistaken.push(other);
  }
  return {
    cards: { of: EACH, masked: EACH - missed.length },
    numbers: { of: EACH, masked: mistaken.length },
    missed,
    mistaken,
  };
}

/** Masked, and no more than that: nothing of the number is left but its last four digits, behind dots. */
function isMasked(masked: string, digits: string): boolean {
  const plain = plainDigits(masked);
  const shown = /•[^\p{L}\p{N}]*((?:\p{Nd}[^\p{L}\p{N}•]*){4})/u.exec(plain)?.[1]?.replace(/\P{Nd}/gu, '');
  return shown === digits.slice(-4) && !plain.replace(/\P{Nd}/gu, '').includes(digits.slice(0, -4));
}

// ── Cards ──────────────────────────────────────────────────────────────────

/** Issuer, prefixes, lengths. */
const ISSUERS: readonly (readonly [name: string, prefixes: readonly string[], lengths: readonly number[]])[] =
  [
    ['Visa', ['4'], [16, 16, 16, 13, 19]],
    ['Mastercard', ['51', '52', '53', '54', '55', '2221', '2345', '2500', '2699', '2720'], [16]],
    ['American Express', ['34', '37'], [15]],
    ['Discover', ['6011', '644', '649', '65'], [16, 19]],
    ['Diners Club', ['300', '305', '36', '38', '39'], [14]],
    ['JCB', ['3528', '3540', '3589'], [16, 19]],
    ['UnionPay', ['62', '6222', '6228', '81'], [16, 19, 19]],
    [
      'Maestro',
      ['5018', '5020', '5038', '5893', '6304', '6759', '6761', '6763'],
      [12, 13, 14, 15, 16, 18, 19],
    ],
    ['Mir', ['2200', '2204'], [16]],
  ];
const GROUPINGS: Readonly<Record<number, readonly (readonly number[])[]>> = {
  12: [[4, 4, 4]],
  13: [[4, 3, 3, 3]],
  14: [[4, 6, 4]],
  15: [[4, 6, 5]],
  16: [
    [4, 4, 4, 4],
    [8, 8],
  ],
  18: [[4, 4, 4, 4, 2]],
  19: [
    [4, 4, 4, 4, 3],
    [6, 13],
  ],
};
const SEPARATORS = [' ', ' ', ' ', '-', '-', '\u00A0', '\u2009', '.', '–', ' - ', '\n', '/', '\u3000', '  '];
const ZEROES = [0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0xff10, 0xff10, 0x660, 0x966, 0x1d7ce];
const INVISIBLE = ['', '', '', '', '', '', '\u200B', '\u2060', '\u00AD'];

const CARD_SENTENCES = [
  'My card number is {n}, can you try again?',
  'Please charge {n} exp 08/27 cvv 123.',
  'Card: {n}\nName: Anna Lindqvist\nValid thru: 11/28',
  'I tried to pay with {n} three times and nothing happens',
  '{n}',
  'here you go: {n} 04/29',
  'Card holder OMAR HADDAD\nCard no. {n}\nSecurity code 412',
  'The old one was {n}. It was stolen last week.',
  'For the order of yesterday, my Visa is {n}',
  'It says declined for {n}!!',
  'refund it to ({n}) please',
  'number={n};name=Lee',
  '我的卡号是{n}，麻烦帮我查一下。',
  '银行卡{n}扣款失败',
  '信用卡号：{n}\n有效期：09/27\n安全码：321',
  '请退款到{n}这张卡',
  '{n} 这个怎么付不了款？',
  '我用這張卡{n}付款，可是一直失敗',
  '卡號：{n}',
  '信用卡 {n} 到期 12/28，幫我改一下',
  '刷不過：{n}',
] as const;

function cardSentence(dice: Dice): { readonly sentence: string; readonly digits: string } {
  const [, prefixes, lengths] = dice.pick(ISSUERS);
  const digits = withCheck(dice, dice.pick(prefixes), dice.pick(lengths));
  return { sentence: dice.pick(CARD_SENTENCES).replace('{n}', written(dice, digits)), digits };
}

/** In one, or in groups; in any digits; now and then with something invisible in it. */
function written(dice: Dice, digits: string): string {
  const groups = dice.chance(0.4)
    ? [digits.length]
    : dice.pick(GROUPINGS[digits.length] ?? [[digits.length]]);
  const separator = dice.pick(SEPARATORS);
  const zero = dice.pick(ZEROES);
  const invisible = dice.pick(INVISIBLE);
  let from = 0;
  const parts = groups.map((length) => {
    const part = digits.slice(from, from + length);
    from += length;
    return part.slice(0, 2) + invisible + part.slice(2);
  });
  return parts.join(separator).replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
}

/** Digits of that length behind the prefix, the last of them Luhn's check. */
function withCheck(dice: Dice, prefix: string, length: number): string {
  const body = prefix + dice.digits(length - prefix.length - 1);
  const sum = [...body]
    .reverse()
    .map((digit, at) => Number(digit) * (at % 2 ? 1 : 2))
    .reduce((all, value) => all + (value > 9 ? value - 9 : value), 0);
  return body + String((10 - (sum % 10)) % 10);
}

function plainDigits(text: string): string {
  return text
    .replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10))
    .replace(/\p{Nd}/gu, (digit) => {
      const code = digit.codePointAt(0) ?? 0;
      const zero = ZEROES.find((one) => code >= one && code < one + 10);
      return zero === undefined ? digit : String(code - zero);
    });
}

// ── Numbers that are no cards ──────────────────────────────────────────────

/** In a shape, `x` is any digit and `X` one that is not 0; all else stands as it is. */
const NUMBERS: readonly (readonly [shapes: readonly string[], sentences: readonly string[]])[] = [
  [
    [
      'Xxxxxxxxxxxxxxxx',
      'Xxxxxxxxxxxx',
      'Xxxx-xxxx-xxxx-xxxx',
      'Xxxxxxxxxxxxxx',
      '303-xxxxxxx-xxxxxxx',
      '402-xxxxxxx-xxxxxxx',
    ],
    [
      'Where is my order {n}?',
      'order number {n}',
      'Order no. {n} has not arrived',
      'about order #{n}',
      'My order is {n}.',
      '{n} is my order number',
      'Any news of {n}?',
    ],
  ],
  [
    ['ORD-Xxxxxxxxxxxxxx', 'SOXxxxxxxxxxxxxx', '#Xxxxxxxxxxxxxxx', 'ORD-2026-xxxxxx-xxxx'],
    ['I mean {n}', 'Any news of {n}?', '{n} please'],
  ],
  [
    ['Xxxxxxxxxxxxxxxxxxx', 'Xxxxxxxxxxxxxxxxxx', 'Xxxxxxxxxxxxx', 'Xxxxxxxxxxxx'],
    [
      '订单号{n}',
      '我的订单{n}还没到',
      '订单编号：{n}，麻烦查一下',
      '訂單編號 {n} 什麼時候出貨？',
      '我要查訂單 {n}',
      '{n} 怎么还没发货',
    ],
  ],
  [
    [
      '1Z999AA10xxxxxxxxx',
      'LP00xxxxxxxxxxxx',
      'SF1xxxxxxxxxxxx',
      'RRxxxxxxxxxCN',
      '9400 1xxx xxxx xxxx xxxx xx',
      'Xxxx xxxx xxxx xxxx',
      'JD00xxxxxxxxxxxxxx',
    ],
    ['Tracking {n}', 'tracking number: {n}', 'The parcel {n} is stuck', '快递单号{n}', '運單 {n} 沒有更新'],
  ],
  [
    [
      '+44 20 7946 0xxx',
      '+447911xxxxxx',
      '+86 138 xxxx xxxx',
      '86-138-xxxx-xxxx',
      '+886 912 xxx xxx',
      '+1 (415) 555-01xx',
      '+49 151 1xxxxxxx',
      '49151xxxxxxxx',
      '0086 139 xxxx xxxx',
      '00852 6xxx xxxx',
      '+33 6 xx xx xx xx',
      '+55 11 9xxxx xxxx',
      '+62 812-xxxx-xxxx',
      '63 917 xxx xxxx',
      '138 xxxx xxxx',
      '02-27xx-xxxx',
    ],
    [
      'Call me on {n}',
      'my number is {n}',
      'Phone: {n}',
      'tel {n}, after six',
      '我的手机号{n}',
      '電話 {n}，謝謝',
      '{n}',
    ],
  ],
  [
    [
      'DExx 3704 0044 0532 0xxx xx',
      'GBxx NWBK 6016 1331 xxxx xx',
      'FR14 2004 1010 0505 0001 3M02 xxx',
      'NLxxABNA0417xxxxxx',
      'ES912100041845020005xxxx',
    ],
    ['Please pay it to {n}', 'IBAN {n}', '我的账户是{n}'],
  ],
  [
    [
      '2026-11-03T10:42:08xx',
      '202611031042xx',
      '17xxxxxxxxxxx',
      '17xxxxxxxxxxxxxx',
      '2026-11-03 10:42 – 2026-11-04 11:15',
      '03/11/2026 10:42:18',
      '2026年11月3日 10:42',
    ],
    ['It broke at {n}', 'log: {n} timeout', '{n} 打不开'],
  ],
  [
    [
      '4006381xxxxxx',
      '978316148xxxx',
      '35 209900 xxxxxx x',
      '352099001xxxxxx',
      '192.168.100.200',
      '3.14159265358979xx',
      'Xxxxxxx.xx',
    ],
    ['The barcode is {n}', 'ISBN {n}', 'IMEI {n}', '序列号{n}', '条码 {n}'],
  ],
  [
    ['4401061990010112xx', '6224211988120399xx'],
    ['我的身份证号是{n}', '{n}'],
  ],
  [
    [
      'Rooms 1204, 1206 and 1208 for 2 nights, 3 people, 1450.00',
      'Qty 12 × 4.50 = 54.00, 3 × 19.99 = 59.97',
      '2019 2020 2021 2022 2023',
      '1,234,567,890,xxx',
    ],
    ['{n}', 'See: {n}'],
  ],
];

function numberSentence(dice: Dice): string {
  const [shapes, sentences] = dice.pick(NUMBERS);
  const number = dice.pick(shapes).replace(/[xX]/g, (mark) => dice.digits(1, mark === 'X' ? 1 : 0));
  return dice.pick(sentences).replace('{n}', number);
}

// ── Chance that comes out the same every time ──────────────────────────────

type Dice = {
  chance(share: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
  digits(count: number, least?: number): string;
};

function createDice(seed: number): Dice {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    chance: (share) => next() < share,
    pick<Value>(values: readonly Value[]): Value {
      const value = values[Math.floor(next() * values.length)];
      if (value === undefined) throw new Error('There is nothing to pick from.');
      return value;
    },
    digits: (count, least = 0) =>
      Array.from({ length: count }, () => String(least + Math.floor(next() * (10 - least)))).join(''),
  };
}
