import { setTimeout as wait } from 'node:timers/promises';

/**
 * Asks again and again until the condition gives something other than false, null or undefined, and returns that.
 * Fails after `within` milliseconds, naming the condition and what it last gave or threw.
 */
export async function eventually<Value>(
  condition: string,
  ask: () => Value | Promise<Value>,
  within = 30_000,
): Promise<Exclude<Value, false | null | undefined>> {
  const end = performance.now() + within;
  let last: unknown;
  for (;;) {
    try {
      const value = await ask();
      if (value !== false && value !== null && value !== undefined) {
        return value as Exclude<Value, false | null | undefined>;
      }
      last = value;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end)
      throw new Error(`Not within ${within} ms: ${condition} (last: ${String(last)})`);
    await wait(20);
  }
}
