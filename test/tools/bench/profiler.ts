/**
 * Loaded into a relay before its own code: SIGUSR2 starts a profile of its CPU, and the next one writes it to the file that
 * FULLNAME_PROFILE names. The product holds nothing for it.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { isMainThread } from 'node:worker_threads';

/** Microseconds between two looks at the stack. */
const EVERY_US = 500;

const path = process.env.FULLNAME_PROFILE;
if (isMainThread && path !== undefined) profileInto(path);

function profileInto(file: string): void {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: EVERY_US });
  let isRunning = false;
  process.on('SIGUSR2', () => {
    if (isRunning) session.post('Profiler.stop', (error, result) => keep(file, error ?? result.profile));
    else session.post('Profiler.start');
    isRunning = !isRunning;
  });
}

/** Whoever waits for the file finds all of it. */
function keep(file: string, profile: unknown): void {
  writeFileSync(`${file}.part`, JSON.stringify(profile));
  renameSync(`${file}.part`, file);
}
