/** What one socket may ask: a bucket that refills evenly. Kept here and not in a library: it is on every message's path. */
export type Budget = { take(): boolean };

export function createBudget(perSecond: number, burst: number): Budget {
  let left = burst;
  let last = performance.now();
  return {
    take() {
      const now = performance.now();
      left = Math.min(burst, left + ((now - last) / 1000) * perSecond);
      last = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}

/** For measurements of the relay itself, outside production. */
export const UNLIMITED: Budget = { take: () => true };
