/**
 * What customers are said to be worth, beside what they then spent: the published figures on CDNOW, the error on 39 weeks that
 * the models have not seen, and whether the ranges hold the truth as often as they say. `--samples N` for how many samples.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Frequency } from '../../../server/dist/value/bg-nbd.js';
import type { Company, Customer } from '../../../server/dist/value/company.js';
import type { History, Lifetime } from '../../../server/dist/value/lifetime.js';
import { atLeast, atMost, type Measured, median, type Stage } from '../../support/figures.ts';
import { root } from '../../support/root.ts';
import { type Buyer, cdnowBuyers, cdnowSummary, HELD_OUT_WEEKS, NOW } from './cdnow.ts';
import { DATA } from './corpora.ts';
import { poissonInterval } from './plain-pace.ts';

export const VALUE_FLAGS = ['samples'] as const;

/** How many customers a sample has, and how many samples are drawn: more of the small, whose luck varies most. */
const SAMPLES = [
  { size: 25, count: 240 },
  { size: 50, count: 140 },
  { size: 100, count: 80 },
];
const LEVELS = [0.8, 0.9] as const;
const SEED = 1997;
const TERMS = { now: NOW, horizonYears: (HELD_OUT_WEEKS * 7) / 365.25 };

export async function evaluateValue(stage: Stage): Promise<readonly Measured[]> {
  const buyers = cdnowBuyers();
  const summary = cdnowSummary();
  if (!buyers || !summary) {
    stage.progress(`skipped: nothing at ${DATA}`);
    return [];
  }
  const models = await relayModels();
  const known = buyers.flatMap((buyer): Known[] => {
    const history = models.historyOf(buyer.orders, NOW);
    return history ? [{ ...buyer, history, customer: models.customerOf(history, NOW) }] : [];
  });
  return [
    ...publishedFigures(models, summary, known),
    ...heldOutFigures(models, buyers, known),
    ...historyFigures(models, known),
    ...sampleFigures(models, known, stage),
  ];
}

/** A buyer as the relay sees them at the end of the time that was seen. */
type Known = Buyer & { readonly history: History; readonly customer: Customer };

type Models = typeof import('../../../server/dist/value/bg-nbd.js') &
  typeof import('../../../server/dist/value/gamma-gamma.js') &
  typeof import('../../../server/dist/value/company.js') &
  typeof import('../../../server/dist/value/history.js') &
  typeof import('../../../server/dist/value/lifetime.js') &
  typeof import('../../../server/dist/value/random.js');

async function relayModels(): Promise<Models> {
  const files = ['bg-nbd', 'gamma-gamma', 'company', 'history', 'lifetime', 'random'];
  const urls = files.map((file) => pathToFileURL(join(root, 'server/dist/value', `${file}.js`)).href);
  return Object.assign({}, ...(await Promise.all(urls.map((url) => import(url))))) as Models;
}

// ── The published figures ───────────────────────────────────────────────────

/** Half a unit of the last digit that was published: the same figure when rounded. */
const ROUNDED = { must: 0.5 };

function publishedFigures(
  models: Models,
  summary: readonly Frequency[],
  known: readonly Known[],
): Measured[] {
  const fit = models.fitBgNbd(summary);
  const spend = models.fitGammaGamma(known.map(({ customer }) => customer.spend));
  if (!fit || !spend) throw new Error('nothing could be fitted');
  const { r, alpha, a, b } = fit.params;
  const { p, q, v } = spend.params;
  print('BG/NBD', { r, alpha, a, b, 'log-likelihood': fit.logLikelihood });
  print('Gamma-Gamma', { p, q, v, customers: spend.customers });
  const off = (value: number, published: number, digit: number) => Math.abs(value - published) / digit;
  const thousandths = (name: string, value: number, published: number) =>
    atMost(`BG/NBD ${name}, off ${published}`, [off(value, published, 0.001), 'thousandths'], ROUNDED);
  const hundredths = (name: string, value: number, published: number) =>
    atMost(`Gamma-Gamma ${name}, off ${published}`, [off(value, published, 0.01), 'hundredths'], ROUNDED);
  return [
    thousandths('r', r, 0.243),
    thousandths('alpha', alpha, 4.414),
    thousandths('a', a, 0.793),
    thousandths('b', b, 2.426),
    atMost('BG/NBD log-likelihood, off -9582.4', [off(fit.logLikelihood, -9582.4, 0.1), 'tenths'], ROUNDED),
    hundredths('p', p, 6.25),
    hundredths('q', q, 3.74),
    hundredths('v', v, 15.44),
    atMost('Gamma-Gamma customers, off 946', [Math.abs(spend.customers - 946), 'customers'], { must: 0 }),
  ];
}

function print(title: string, numbers: Readonly<Record<string, number>>): void {
  const list = Object.entries(numbers).map(([name, value]) => `${name} ${Number(value.toFixed(4))}`);
  console.log(`${title}: ${list.join(', ')}`);
}

// ── 39 weeks that nobody has seen ───────────────────────────────────────────

function heldOutFigures(models: Models, buyers: readonly Buyer[], known: readonly Known[]): Measured[] {
  const company = models.fitCompany(
    known.map(({ customer }) => customer),
    { now: NOW, currency: 'USD' },
  );
  const { correlation } = company;
  const all = models.fitBgNbd(buyers.map(({ frequency }) => frequency));
  if (!all) throw new Error('nothing could be fitted');
  const errors = buyers.map(({ frequency, later }) =>
    Math.abs(models.expectedPurchases(all.params, frequency, HELD_OUT_WEEKS) - later.purchases),
  );
  print('All customers', { correlation: correlation ?? Number.NaN, draws: company.draws.length });
  return [
    atMost('39 weeks held out, mean error', [mean(errors), 'purchases'], { must: 0.79 }),
    ...LEVELS.flatMap((level) => {
      const values = known.map(({ history }) => models.lifetimeValue(history, company, { ...TERMS, level }));
      return singleFigures(`all known, one customer's spend, ${level}`, { level, values, known });
    }),
  ];
}

/** Each customer's own history alone; and, without a bound, the plain pace that supposes that nobody leaves. */
function historyFigures(models: Models, known: readonly Known[]): Measured[] {
  const pace = known.filter(({ history }) => history.days > 1);
  const paceHolds = pace.map(({ history, customer, later }) => {
    const [low, high] = poissonInterval(history.days - 1);
    const each = ((HELD_OUT_WEEKS / customer.age) * history.spent) / history.days;
    return low * each <= later.spend && later.spend <= high * each;
  });
  return [
    ...LEVELS.flatMap((level) => {
      const values = known.map(({ history }) => models.lifetimeValue(history, null, { ...TERMS, level }));
      return singleFigures(`own history, one customer's spend, ${level}`, { level, values, known });
    }),
    atLeast('plain pace, one customer, .9', [share(paceHolds), 'inside']),
  ];
}

type Singles = {
  readonly level: number;
  readonly values: readonly ReturnType<Models['lifetimeValue']>[];
  readonly known: readonly Known[];
};

function singleFigures(name: string, { level, values, known }: Singles): Measured[] {
  const pairs = values.flatMap((value, i) => {
    const truth = known[i]?.later.spend;
    return value.method !== null && truth !== undefined ? [{ value, truth }] : [];
  });
  const widths = pairs.map(({ value }) => widthOf(value.range));
  return [
    atLeast(name, [share(pairs.map(({ value, truth }) => isInside(value.range, truth))), 'inside'], {
      must: level,
    }),
    atMost(`${name}: customers ${pairs.length}; middle width`, [median(widths), 'dollars']),
  ];
}

// ── Small samples ───────────────────────────────────────────────────────────

type Range = Lifetime['range'];
/** `widths` beside those of a company that knows all customers, `sizes` beside what the average sample brings. */
type Seen = { readonly inside: boolean[]; readonly widths: number[]; readonly sizes: number[] };

/** What is said of a sample of so many customers by a company that knows no others. */
function sampleFigures(models: Models, known: readonly Known[], stage: Stage): Measured[] {
  const wanted = stage.flag('samples');
  if (wanted !== undefined && !/^[1-9]\d*$/.test(wanted)) throw new Error('--samples needs a number above 0');
  const random = models.seeded(SEED);
  const company = models.fitCompany(
    known.map(({ customer }) => customer),
    { now: NOW, currency: 'USD', draws: SAMPLE_DRAWS },
  );
  const average = (what: 'purchases' | 'spend') => mean(known.map(({ later }) => later[what]));
  const all = { company, purchases: average('purchases'), spend: average('spend') };
  return SAMPLES.flatMap(({ size, count: usual }) => {
    const count = wanted === undefined ? usual : Number(wanted);
    stage.progress(`${count} samples of ${size} customers`);
    const seen = new Map<string, Seen>();
    for (let i = 0; i < count; i++) {
      judgeSample(models, { sample: pick(known, size, random), all, seed: i }, seen);
    }
    return [...seen].flatMap(([name, { inside, widths, sizes }]) => {
      const level = Number(name.split(', ').at(-1));
      const title = `${size} known, ${name}`;
      return [
        atLeast(title, [share(inside), 'inside'], { must: level }),
        ...(widths.length > 0
          ? [
              atMost(`${title}: middle width`, [median(widths), 'times as if all known']),
              atMost(`${title}: middle width`, [median(sizes), 'times what comes']),
            ]
          : []),
      ];
    });
  });
}

const SAMPLE_DRAWS = 200;

type Average = Buyer['later'];
type Sample = {
  readonly sample: readonly Known[];
  /** Of all customers: the models, whose parameters are as good as known, and what each then did on average. */
  readonly all: Average & { readonly company: Company };
  readonly seed: number;
};

function judgeSample(models: Models, { sample, all, seed }: Sample, seen: Map<string, Seen>): void {
  const customers = sample.map(({ customer }) => customer);
  const company = models.fitCompany(customers, { now: NOW, currency: 'USD', draws: SAMPLE_DRAWS, seed });
  const outcomesBy = (draws: Company['draws']) => {
    const random = models.seeded(seed);
    const horizon = { weeks: [HELD_OUT_WEEKS], weights: [1] };
    return customers.map((one) => models.drawOutcomes(one, { draws, horizon, random }));
  };
  const [own, known] = [outcomesBy(company.draws), outcomesBy(all.company.draws)];
  for (const what of ['purchases', 'spend'] as const) {
    const truths = sample.map(({ later }) => later[what]);
    for (const level of LEVELS) {
      const range = (outcomes: Float64Array) => models.rangeOf(outcomes, level);
      const one = seenOf(seen, `one customer's ${what}, ${level}`);
      for (const [i, outcomes] of own.entries()) {
        one.inside.push(isInside(range(outcomes[what]), truths[i] ?? 0));
      }
      const whole = seenOf(seen, `all together, ${what}, ${level}`);
      const together = (some: typeof own) => range(models.sumOf(some.map((outcomes) => outcomes[what])));
      const said = together(own);
      whole.inside.push(isInside(said, truths.length * mean(truths)));
      whole.widths.push(widthOf(said) / widthOf(together(known)));
      whole.sizes.push(widthOf(said) / (truths.length * all[what]));
    }
  }
}

function seenOf(seen: Map<string, Seen>, name: string): Seen {
  const found = seen.get(name) ?? { inside: [], widths: [], sizes: [] };
  seen.set(name, found);
  return found;
}

function pick(known: readonly Known[], size: number, random: () => number): Known[] {
  const keyed = known.map((one) => [random(), one] as const);
  return keyed
    .sort(([a], [b]) => a - b)
    .slice(0, size)
    .map(([, one]) => one);
}

// Ends are rounded to cents.
function isInside([low, high]: Range, truth: number): boolean {
  return low - 0.005 <= truth && truth <= high + 0.005;
}

function widthOf([low, high]: Range): number {
  return high - low;
}

function share(inside: readonly boolean[]): number {
  return inside.filter(Boolean).length / inside.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
