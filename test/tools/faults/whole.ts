/** What is asked of `--all` beside what each scenario asks: that none was left out, and that all of them are over in time. */
import { atMost, type Figure, type Measured } from '../../support/figures.ts';
import type { Need } from './scenario.ts';

/** Longer than that, and nobody runs them before a release. */
const MINUTES_MAX = 80;

export type Report = {
  readonly name: string;
  readonly cycles: number;
  readonly seconds: number;
  /** The whole of it by its cycles, with its beginning and its end. */
  readonly secondsACycle: number;
  /** `held`: every bound was kept. `crashed`: it ended without figures. */
  readonly outcome: 'held' | 'broken' | 'crashed' | 'skipped';
  readonly missing: readonly Need[];
  readonly figures: readonly Figure[];
};

/** The figures of the whole run. */
export function wholeFigures(reports: readonly Report[], seconds: number): readonly Measured[] {
  return [
    atMost('all scenarios together', [seconds / 60, 'min'], { must: MINUTES_MAX }),
    atMost('scenarios left out', [skipped(reports).length, ''], { must: 0 }),
  ];
}

/** One line that names what was left out, and what this machine lacks for it; null where nothing was. */
export function leftOut(reports: readonly Report[]): string | null {
  const each = skipped(reports).map(({ name, missing }) => `${name} (no ${missing.join(', no ')})`);
  return each.length === 0 ? null : `Not whole, left out: ${each.join('; ')}`;
}

type Asked = {
  /** How many scenarios. */
  readonly asked: number;
  /** Of the whole run, where every one was asked for; then a skipped one is missed there. */
  readonly figures: readonly Measured[];
};

/** Whether nothing was broken, missed or broken off. What was named and had to be skipped is no failure. */
export function passes(reports: readonly Report[], { asked, figures }: Asked): boolean {
  const isGood = reports.every(({ outcome }) => outcome === 'held' || outcome === 'skipped');
  return isGood && reports.length === asked && figures.every(({ reached }) => reached !== false);
}

function skipped(reports: readonly Report[]): readonly Report[] {
  return reports.filter(({ outcome }) => outcome === 'skipped');
}
