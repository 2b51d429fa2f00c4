import { createApp } from '../../server/src/app.ts';
import { readConfig } from '../../server/src/config.ts';
import { createLogger } from '../../server/src/log.ts';
import { openDatabase } from '../../server/src/store/database.ts';
import type { Relay } from './relay.ts';

/** One more relay in this process, on the database of the first, which `env` names; the site and the owner are the same. */
export async function openSecondRelay(
  first: Relay,
  env: Readonly<Record<string, string>>,
  now?: () => number,
): Promise<Relay> {
  const config = readConfig({ PORT: '0', NODE_ENV: 'test', DEMO: 'off', LOG_LEVEL: 'silent', ...env });
  const log = createLogger(config);
  const database = await openDatabase(config, log);
  const app = await createApp(config, database, log, now);
  const { port, url, welcome } = await app.start();
  const undos: (() => unknown)[] = [];
  const close = async () => {
    for (let undo = undos.pop(); undo; undo = undos.pop()) await undo();
    await app.drain();
    await database.close();
  };
  return {
    ...first,
    ...{ origin: url, port, database, welcome, close },
    runDue: app.runDue,
    atClose: (undo) => undos.push(undo),
  };
}
