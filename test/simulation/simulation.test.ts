/** Many stories of the chat and the relay in a simulated world, each from its seed; and bugs that they must show. */
import { beforeAll, describe, expect, test } from 'vitest';
import { BUGS } from './bugs.ts';
import { loadProduct, type Product } from './load.ts';
import { againBy, simulate } from './simulate.ts';

const SEEDS = 1_000;

let product: Product;
beforeAll(async () => {
  product = await loadProduct();
});

describe('the simulated world', () => {
  test(`${SEEDS} seeds break nothing`, async () => {
    let acked = 0;
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const story = await simulate(product, seed);
      acked += story.acked;
      expect(story.violations, `seed ${seed}: ${againBy(seed)}`).toEqual([]);
    }
    // Else nobody would have said anything.
    expect(acked).toBeGreaterThan(SEEDS * 3);
  }, 120_000);

  test('the same seed tells the same story', async () => {
    const [one, other] = [await simulate(product, 7), await simulate(product, 7)];
    expect(one.history.length).toBeGreaterThan(20);
    expect(other.history).toEqual(one.history);
  });

  test.each(BUGS)(
    `finds within ${SEEDS} seeds: $name`,
    async ({ store, code }) => {
      const broken = code ? await loadProduct(code) : product;
      let kinds: ReadonlySet<string> = new Set();
      for (let seed = 1; kinds.size === 0 && seed <= SEEDS; seed += 1)
        ({ kinds } = await simulate(broken, seed, store));
      expect([...kinds]).not.toEqual([]);
    },
    60_000,
  );
});
