import { connect as connectTcp, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { anAgentWith, aVisitor, type Door, newId } from './support/people.ts';
import {
  freePort,
  furnish,
  makeDataFolder,
  removeDataFolder,
  type SpawnedRelay,
  spawnRelay,
} from './support/spawn-relay.ts';

/** A line to the relay that can be made to swallow everything the relay says. */
async function aLine(port: number): Promise<{ port: number; swallow(): void }> {
  let silent = false;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connectTcp(port, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => socket.destroy());
    }
    near.on('data', (data) => far.write(data)).on('close', () => far.destroy());
    far.on('data', (data) => silent || near.write(data)).on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    swallow: () => {
      silent = true;
    },
  };
}

test('a relay killed with -9 between send and acknowledgement has the message once, and the retry is answered', async () => {
  const dataDir = await makeDataFolder();
  onTestFinished(() => removeDataFolder(dataDir));
  const place = { dataDir, port: await freePort(), env: { DEMO: 'off', LOG_LEVEL: 'error' } };
  let relay: SpawnedRelay = await spawnRelay(place);
  onTestFinished(async () => void (await relay.stop()));
  const { site, cookies } = await furnish(relay, 1);
  const undos: (() => unknown)[] = [];
  onTestFinished(() => {
    for (const undo of undos) undo();
  });
  const door: Door = { origin: relay.origin, site: { key: site }, atClose: (undo) => undos.push(undo) };

  const line = await aLine(place.port);
  const nearDoor = { ...door, origin: `http://localhost:${line.port}` };
  const visitor = await aVisitor(nearDoor, { origin: relay.origin });
  await visitor.say('begin');
  const sitDown = () =>
    anAgentWith(door, { cookie: cookies[0] ?? '', person: { fullName: 'Megan Alpha' } as never });
  const agent = await sitDown();
  const { rows } = await agent.do('conversation:list', { view: 'waiting' });
  const opened = rows[0]?.id ?? '';
  await agent.do('conversation:open', { conversation: opened });

  line.swallow();
  const message = { conversation: visitor.conversation, id: newId(), text: 'said once' };
  let acknowledged = false;
  visitor.socket.emit('message:send', message, () => {
    acknowledged = true;
  });
  // Whoever has the conversation open is told after COMMIT: it is stored now, and its sender does not know.
  await eventually('it is committed', () =>
    agent.heard('message:sent').find((entry) => entry.id === message.id),
  );
  await relay.kill();
  expect(acknowledged).toBe(false);

  relay = await spawnRelay(place);
  const backToo = await sitDown();
  await backToo.do('conversation:open', { conversation: opened });
  const back = await aVisitor(door, { token: visitor.token, conversation: visitor.conversation });
  const entry = await back.do('message:send', message);
  expect(entry).toMatchObject({ publicSeq: 2, text: 'said once' });
  // Nobody was told of what a relay stored and then ended; the retry tells them.
  await eventually('the retry is told to the other side', () =>
    backToo.heard('message:sent').find(({ id }) => id === message.id),
  );
  expect((await back.read()).map((one) => 'text' in one && one.text)).toEqual(['begin', 'said once']);
  expect((await back.say('and went on')).publicSeq).toBe(3);
}, 120_000);
