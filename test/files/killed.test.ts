import { expect, onTestFinished, test } from 'vitest';
import { aVisitor, type Door, newId } from '../support/people.ts';
import { PNG } from '../support/pictures.ts';
import {
  freePort,
  furnish,
  makeDataFolder,
  removeDataFolder,
  type SpawnedRelay,
  spawnRelay,
} from '../support/spawn-relay.ts';
import { value, visitorUpload } from './upload.ts';

test('a relay killed with -9 between upload and send: the next one sends it, once', async () => {
  const dataDir = await makeDataFolder();
  onTestFinished(() => removeDataFolder(dataDir));
  const place = { dataDir, port: await freePort(), env: { DEMO: 'off', LOG_LEVEL: 'error' } };
  let relay: SpawnedRelay = await spawnRelay(place);
  onTestFinished(async () => void (await relay.stop()));
  const { site } = await furnish(relay, 0);
  const undos: (() => unknown)[] = [];
  onTestFinished(() => {
    for (const undo of undos) undo();
  });
  const door: Door = { origin: relay.origin, site: { key: site }, atClose: (undo) => undos.push(undo) };
  const visitor = await aVisitor(door);
  await visitor.say('A picture comes');
  const id = newId();
  const { file } = value(await visitorUpload(door, visitor, PNG, { id }));

  await relay.kill();
  relay = await spawnRelay(place);

  const back = await aVisitor(door, visitor);
  const send = { conversation: visitor.conversation, id, file };
  const entry = await back.do('file:send', send);
  expect(await back.do('file:send', send)).toEqual(entry);
  expect((await back.read()).filter(({ kind }) => kind === 'file')).toEqual([entry]);
  const { url } = await back.do('file:link', { conversation: visitor.conversation, file });
  expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(PNG)).toBe(true);
});
