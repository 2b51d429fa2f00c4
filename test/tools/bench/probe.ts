/**
 * Loaded into a measured process before its own code, by `NODE_OPTIONS=--import`: answers on a unix socket what a process
 * alone can know of itself. The product holds nothing for it.
 */
import { unlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

export type Probed = {
  readonly memory: NodeJS.MemoryUsage;
  /** Microseconds of this process's own time. */
  readonly cpu: number;
  /** Milliseconds by which a timer came late, since it was last asked. */
  readonly delay: { readonly p50: number; readonly p99: number; readonly max: number };
};

/** How often the loop is looked at; what it takes at best, and so no delay. */
const EVERY_MS = 10;
const path = process.env.FULLNAME_PROBE;
if (isMainThread && path !== undefined) answerAt(path);

function answerAt(path: string): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const delay = monitorEventLoopDelay({ resolution: EVERY_MS });
  delay.enable();
  // A relay that was killed has left its socket behind.
  try {
    unlinkSync(path);
  } catch {}
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (word) => {
      if (word.toString() === 'gc') for (let times = 0; times < 3; times += 1) collect();
      const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - EVERY_MS);
      const { user, system } = process.cpuUsage();
      const probed: Probed = {
        memory: process.memoryUsage(),
        cpu: user + system,
        delay: { p50: late(delay.percentile(50)), p99: late(delay.percentile(99)), max: late(delay.max) },
      };
      delay.reset();
      socket.end(JSON.stringify(probed));
    });
  });
  server.on('error', (error) => console.error('the probe cannot answer', error));
  server.listen(path).unref();
}
