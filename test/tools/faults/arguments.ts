/** What `npm run faults` was asked for. */
import { numberOf, readCommandLine, UsageError } from '../../support/flags.ts';
import type { Scenario } from './scenario.ts';

/** What each scenario takes beside its own flags; `--json` is the reader's own. */
export const FLAGS = ['cycles', 'seconds', 'histories'] as const;

type Asked<One> = {
  /** In the order in which they run; empty where nothing was named. */
  readonly chosen: readonly One[];
  /** Whether every one was asked for. */
  readonly isAll: boolean;
  readonly json: string | undefined;
  readonly cycles: number | undefined;
  /** As they were written, for the processes that run the scenarios. */
  readonly flags: Readonly<Record<string, string | undefined>>;
};

type Known = Pick<Scenario, 'name' | 'flags'>;

/** Throws `UsageError`: an unknown name or flag, a number that is none, a flag that none of the chosen takes. */
export function readArguments<One extends Known>(
  args: readonly string[],
  scenarios: readonly One[],
): Asked<One> {
  const own = [...new Set(scenarios.flatMap((one) => one.flags ?? []))];
  const options = Object.fromEntries([...FLAGS, 'json', ...own].map((name) => [name, string]));
  const { values, names } = readCommandLine(args, {
    options: { ...options, all: { type: 'boolean' } },
    takesNames: true,
  });
  const { all, json, ...flags } = values as Record<string, string | undefined>;
  const chosen = all ? scenarios : names.map((name) => find(name, scenarios));
  for (const [name, value] of Object.entries(flags)) {
    if (name !== 'histories') numberOf(name, value, 1);
    if (own.includes(name) && chosen.length > 0 && !chosen.some((one) => one.flags?.includes(name)))
      throw new UsageError(`--${name} is for ${takers(name, scenarios)}, which was not named`);
  }
  const cycles = flags.cycles === undefined ? undefined : numberOf('cycles', flags.cycles, 1);
  if (cycles !== undefined && !Number.isInteger(cycles))
    throw new UsageError(`--cycles needs a whole number, not "${flags.cycles}"`);
  return { chosen, isAll: Boolean(all), json, cycles, flags };
}

/** The scenario of this name. Throws `UsageError` where there is none. */
export function find<One extends Known>(name: string, scenarios: readonly One[]): One {
  const found = scenarios.find((one) => one.name === name);
  if (found) return found;
  const all = scenarios.map((one) => one.name).join(', ');
  throw new UsageError(`There is no fault "${name}". There are: ${all}`);
}

const string = { type: 'string' } as const;

function takers(flag: string, scenarios: readonly Known[]): string {
  const names = scenarios.filter((one) => one.flags?.includes(flag)).map(({ name }) => name);
  return names.join(' and ');
}
