/** A line now and then for whoever waits at the terminal. */
export type Progress = { at(table: string, bytes: number): void };

export const SILENT: Progress = { at: () => undefined };

const EVERY_MS = 1_000;

export function createProgress(write: (line: string) => void): Progress {
  let last = performance.now();
  return {
    at(table, bytes) {
      const now = performance.now();
      if (now - last < EVERY_MS) return;
      last = now;
      write(`  … ${table.replace(/^public\./, '')}, ${(bytes / 1e6).toFixed(0)} MB`);
    },
  };
}
