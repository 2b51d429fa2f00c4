import { expect, test } from 'vitest';
import { groupAlike } from './alike.ts';

test('what says the same thing comes together, whatever its language; the largest group first', () => {
  const texts = [
    'The delivery took far too long',
    'More tulips in spring, please',
    'Delivery was too late',
    '发货太慢了',
    'Please have more tulips in the spring',
    'the DELIVERY took too long!',
    '发货有点慢',
    '配達が遅かった',
    '配達がとても遅い',
  ];
  const groups = groupAlike(texts).map(({ members }) => [...members].sort());
  expect(groups).toEqual([
    [0, 2, 5],
    [1, 4],
    [3, 6],
    [7, 8],
  ]);
});

test('the typical one is the nearest to all the others: the plainest words for it', () => {
  const [group] = groupAlike([
    'late delivery and a broken vase and a rude note',
    'late delivery',
    'a late delivery again',
    'the delivery was late, and late again',
  ]);
  expect(group?.typical).toBe(1);
  expect(group?.members[0]).toBe(1);
  expect([...(group?.members ?? [])].sort()).toEqual([0, 1, 2, 3]);
});

test('every text is in one group, also one without letters, an empty one, and the same one many times', () => {
  const texts = ['👍', '', '👍', 'Thank you', 'thank  you!', '…', 'Thank you', '\ud800'];
  const groups = groupAlike(texts);
  expect(groups.flatMap(({ members }) => members).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect([...(groups[0]?.members ?? [])].sort()).toEqual([3, 4, 6]);
  expect(groups.slice(1).every(({ members }) => members.length === 1)).toBe(true);
  expect(groupAlike([])).toEqual([]);
});

test('groups are those of average linkage done in order, on texts drawn by chance', () => {
  const words = ['late', 'vase', 'broken', 'tulip', 'spring', 'thanks', 'slow', 'card'];
  let seed = 7;
  const draw = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  for (let round = 0; round < 20; round++) {
    const texts = Array.from({ length: 14 }, () =>
      Array.from({ length: 1 + draw(3) }, () => words[draw(words.length)]).join(' '),
    );
    const found = groupAlike(texts).map(({ members }) => [...members].sort((a, b) => a - b).join());
    expect(found.sort()).toEqual(inOrder(texts).sort());
  }
});

/** The definition: the two groups whose members are most alike on average are joined, for as long as they are alike enough. */
function inOrder(texts: readonly string[]): string[] {
  const like = likeness(texts);
  let groups = texts.map((_, at) => [at]);
  for (;;) {
    let best = { like: 0, one: -1, other: -1 };
    for (let one = 0; one < groups.length; one++)
      for (let other = one + 1; other < groups.length; other++) {
        const [a = [], b = []] = [groups[one], groups[other]];
        const mean =
          a.flatMap((x) => b.map((y) => like(x, y))).reduce((sum, x) => sum + x, 0) / (a.length * b.length);
        if (mean > best.like + 1e-6) best = { like: mean, one, other };
      }
    if (best.like < 0.15) return groups.map((group) => group.sort((a, b) => a - b).join());
    const joined = [...(groups[best.one] ?? []), ...(groups[best.other] ?? [])];
    groups = [...groups.filter((_, at) => at !== best.one && at !== best.other), joined];
  }
}

/** Cosines of TF-IDF over runs of 3 to 5 letters, written anew. */
function likeness(texts: readonly string[]): (one: number, other: number) => number {
  const runs = texts.map((text) => {
    const whole = ` ${text} `;
    return [3, 4, 5].flatMap((length) =>
      Array.from({ length: Math.max(0, whole.length - length + 1) }, (_, at) => whole.slice(at, at + length)),
    );
  });
  const weight = (run: string, own: readonly string[]): number => {
    const holders = runs.filter((others) => others.includes(run)).length;
    return own.filter((other) => other === run).length * (Math.log((1 + texts.length) / (1 + holders)) + 1);
  };
  const vectors = runs.map((own) => new Map([...new Set(own)].map((run) => [run, weight(run, own)])));
  const dot = (one: number, other: number): number =>
    [...(vectors[one] ?? [])].reduce((sum, [run, value]) => sum + value * (vectors[other]?.get(run) ?? 0), 0);
  return (one, other) => dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
}
