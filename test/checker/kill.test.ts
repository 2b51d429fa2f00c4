import { expect, test } from 'vitest';
import { faultKills } from '../tools/faults/kill.ts';

const CYCLES = 25;

test('a relay killed with -9 again and again under load loses, doubles and reorders nothing', async () => {
  const undos: (() => unknown)[] = [];
  const stage = {
    atEnd: (undo: () => unknown) => void undos.push(undo),
    progress: () => undefined,
    flag: () => undefined,
  };
  try {
    const figures = await faultKills(stage, { cycles: CYCLES, visitors: 30, agents: 3 });
    const value = (name: string) => figures.find((one) => one.name === name)?.value ?? 0;
    expect(figures.filter(({ reached }) => reached === false).map(({ name }) => name)).toEqual([]);
    // Enough was on its way when it happened.
    expect(value('unacknowledged at a kill, median')).toBeGreaterThan(1);
    expect(value('acknowledged messages')).toBeGreaterThan(CYCLES * 30);
  } finally {
    for (const undo of undos.reverse()) await undo();
  }
}, 300_000);
