/** What a fault scenario is: a name to run it by, what it needs, and a run that gives figures. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Measured, Stage } from '../../support/figures.ts';

/** What a scenario cannot do without. Where it is missing the scenario is skipped, and named. */
export type Need = 'redis' | 'system-postgres' | 'strace' | 'faketime' | 'root' | 'chromium';

export type Scenario = {
  /** As typed after `npm run faults --`. */
  readonly name: string;
  /** One line for the list. */
  readonly what: string;
  readonly needs?: readonly Need[];
  /** How often with `--all`; `--cycles N` overrides. All of them together end within 80 minutes. */
  readonly cycles: number;
  /** Flags of its own, beside `--cycles`, `--seconds`, `--histories` and `--json`. */
  readonly flags?: readonly string[];
  /** In a network of its own, with the buffers that are asked for of a relay's machine, where that is possible: see own-network.ts. */
  readonly ownNetwork?: boolean;
  /** Runs once, in a process of its own. A figure whose `must` is missed makes the run fail; so does a throw. */
  run(stage: Stage, cycles: number): Promise<readonly Measured[]>;
};

/** What this machine lacks of a scenario's needs. */
export function missingNeeds(scenario: Pick<Scenario, 'needs'>): readonly Need[] {
  return (scenario.needs ?? []).filter((need) => !isThere[need]());
}

const isThere: Readonly<Record<Need, () => boolean>> = {
  redis: () => isSet('FULLNAME_REDIS_SERVER'),
  'system-postgres': () => isSet('FULLNAME_PG_BIN'),
  chromium: () => isSet('FULLNAME_CHROMIUM'),
  strace: () => isOnPath('strace'),
  faketime: () => isOnPath('faketime'),
  root: () => process.getuid?.() === 0,
};

function isSet(variable: string): boolean {
  return !['', undefined].includes(process.env[variable]);
}

/** Whether this program can be called by its name. */
export function isOnPath(program: string): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.some((folder) => existsSync(join(folder, program)));
}
