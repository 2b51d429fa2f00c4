import { expect, test } from 'vitest';
import { createMasker, cut, isForAnybody } from './mask.ts';

const ours = createMasker(['Megan Kajitani', '林怡君', 'Will Day', 'Bo Li', 'Zoë Núñez-Ortiz']);

test.each([
  ['Thanks, megan!', 'Thanks, •••!'],
  ['MEGAN KAJITANI was kind', '••• was kind'],
  ['Megan\nKajitani', '•••'],
  ['The megaphone stays', 'The megaphone stays'],
  ['I will write one day. Will wrote.', 'I will write one day. ••• wrote.'],
  ['Bo, an elbow and Li', '•••, an elbow and •••'],
  ['zoë and NÚÑEZ-ORTIZ', '••• and •••'],
  ['谢谢林怡君', '谢谢•••'],
  ['怡君你好，林小姐也好', '•••你好，•••小姐也好'],
  ['森林很大', '森林很大'],
])('names: %j', (text, masked) => {
  expect(ours.mask(text, 200)).toBe(masked);
  expect(ours.names(text)).toBe(text !== masked);
});

test.each([
  ['Write to rosa.lind+x@mail.example.co.uk.', 'Write to •••.'],
  ['写到rosa＠example.com吧', '写到•••吧'],
  ['Call +46 (0)70-123 45 67 at four', 'Call ••• at four'],
  ['Call ０７０１２３４５６７', 'Call •••'],
  ['Order BX-10293 and 4 vases', 'Order ••• and 4 vases'],
  ['See https://x.example/a?b=1 or www.x.example', 'See ••• or •••'],
  ['At 16:30 on 4 May for £25.', 'At 16:30 on 4 May for £25.'],
])('contacts: %j', (text, masked) => {
  expect(createMasker([]).mask(text, 200)).toBe(masked);
});

test.each([
  ['We can bring it on Monday at nine.', true],
  ['A courier comes at 16:30 for £1200.50.', true],
  ['我们周一上午九点送到，运费 1500 元。', true],
  ['Call 08 123 45 67.', false],
  ['The card ending 4242 gets it back.', false],
  ['•••• 4242', false],
  ['Hi Rosa, on Monday at nine.', false],
  ['Ms Lindqvist gets it on Monday.', false],
  ['王女士周一来取。', false],
])('what may be said to anybody: %j → %j', (text, may) => {
  expect(isForAnybody(text)).toBe(may);
});

test('a cut text is no longer than asked for, and ends in no half of a character', () => {
  expect(cut('  short  ', 10)).toBe('short');
  expect(cut('one two three', 8)).toBe('one two…');
  const flowers = '🌷'.repeat(10);
  for (let max = 3; max < 20; max += 1) {
    const text = cut(flowers, max);
    expect(text.length).toBeLessThanOrEqual(max);
    expect(text).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
  }
});

test('long texts made to be slow are masked at once', () => {
  for (const text of [
    'a'.repeat(4_000),
    '1-'.repeat(2_000),
    'a1'.repeat(2_000),
    '@'.repeat(4_000),
    'a.'.repeat(2_000),
  ])
    expect(ours.mask(text, 100).length).toBeLessThanOrEqual(100);
});
