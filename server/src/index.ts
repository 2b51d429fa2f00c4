import { type Config, ConfigError, readConfig } from './config.ts';
import { createLogger } from './log.ts';
import { explainListen, StartError } from './start-error.ts';
import { openDatabase } from './store/database.ts';

const config = attempt(readConfig);
const log = createLogger(config);
if (config.production && config.publicUrl === undefined) {
  log.warn('PUBLIC_URL is not set: only browsers on this machine are served');
}
let stop = async (): Promise<void> => undefined;
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
stopOnSignal();
await run().catch(fail);

async function run(): Promise<void> {
  // Nobody is served until both are there: while PostgreSQL comes up, the rest of the relay is read.
  const [database, { createApp }] = await Promise.all([openDatabase(config, log), import('./app.ts')]);
  database.onLost(fail);
  const app = await createApp(config, database, log);
  stop = async () => {
    await app.drain();
    await database.close();
  };
  const { welcome } = await app.start();
  database.watchDisk();
  process.stdout.write(`${welcome.join('\n')}\n`);
}

/** npm passes on the Ctrl-C that the terminal has sent to us already, so only one well after the first is a second. */
function stopOnSignal(): void {
  let stoppedAt: number | undefined;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stoppedAt !== undefined && performance.now() - stoppedAt > 1000) process.exit(130);
      if (stoppedAt !== undefined) return;
      stoppedAt = performance.now();
      setTimeout(
        fail,
        (config.drainSeconds + 5) * 1000,
        new StartError('The relay did not stop in time.'),
      ).unref();
      stop().then(() => process.exit(0), fail);
    });
  }
}

/**
 * Crash only: after an unforeseen error nothing in memory can be trusted, and all that was acknowledged is stored.
 * The relay's own PostgreSQL is told to stop on the way out.
 */
function fail(error: unknown): never {
  const foreseen = error instanceof ConfigError || error instanceof StartError;
  const sentence = foreseen ? error.message : explainListen(error, config);
  if (sentence === undefined) log.fatal({ err: error }, 'the relay stops after an unforeseen error');
  else process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function attempt(read: () => Config): Config {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
