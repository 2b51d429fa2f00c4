/** The balancers of docs/balancers before two relays, by the very files that are given to operators. */
import { setTimeout as wait } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createApp } from '../../server/src/app.ts';
import { readConfig } from '../../server/src/config.ts';
import { createLogger } from '../../server/src/log.ts';
import { openDatabase } from '../../server/src/store/database.ts';
import { type Balancer, balancers, readBalancer, startBalancer } from '../support/balancers.ts';
import { eventually } from '../support/eventually.ts';
import { aVisitor, type Door, newId } from '../support/people.ts';
import { makeDatabase, openRelay, type Relay } from '../support/relay.ts';
import { freePort } from '../support/spawn-relay.ts';

/** A line that is silent carries a heartbeat after 25 s, which may be 10 s late. */
const SILENCE_MAX_S = 35;
const SOCKETS_PER_ADDRESS = 5;

let site: Relay;
let databaseUrl: string;
beforeAll(async () => {
  databaseUrl = await makeDatabase();
  site = await openRelay({ databaseUrl });
});
afterAll(() => site.close());

describe.each(['nginx', 'haproxy'] as const)('%s', (name) => {
  describe.skipIf(balancers[name] === undefined)('before two relays', () => {
    const apps: { drain(): Promise<void> }[] = [];
    const undos: (() => unknown)[] = [];
    let balancer: Balancer;
    let door: Door;

    beforeAll(async () => {
      const port = await freePort();
      const [one, two] = [await startRelayBehind(port), await startRelayBehind(port)];
      apps.push(one.app, two.app);
      balancer = await startBalancer(name, { port, relays: [one.port, two.port] });
      door = { origin: balancer.origin, site: site.site, atClose: (undo) => undos.push(undo) };
    });
    afterAll(async () => {
      for (const undo of undos) await undo();
      await balancer?.stop();
      await Promise.all(apps.map((app) => app.drain()));
    });

    test('lets WebSocket through to any of them', async () => {
      const visitors = await Promise.all([aVisitor(door), aVisitor(door)]);
      for (const visitor of visitors) expect((await visitor.say('Good day')).publicSeq).toBe(1);
      for (const visitor of visitors) visitor.close();
    });

    test('keeps the many requests of long-polling with the relay where they began', async () => {
      const visitors = await Promise.all([1, 2, 3].map(() => aVisitor(door, { transport: 'polling' })));
      for (let count = 1; count <= 5; count += 1) {
        const said = await Promise.all(visitors.map((visitor) => visitor.say(`Word ${count}`)));
        expect(said.map(({ publicSeq }) => publicSeq)).toEqual([count, count, count]);
      }
      expect(visitors.map((visitor) => visitor.socket.connected)).toEqual([true, true, true]);
      for (const visitor of visitors) visitor.close();
    });

    test('lets a session of long-polling move up to WebSocket', async () => {
      const socket: Socket = io(`${door.origin}/visitor`, {
        ...{ path: '/socket', transports: ['polling', 'websocket'], forceNew: true, reconnection: false },
        ...{
          extraHeaders: { origin: door.origin },
          auth: { protocol: 1, site: door.site.key, locale: 'en' },
        },
      });
      undos.push(() => socket.disconnect());
      await eventually(
        'it has moved',
        () => socket.io.engine?.transport.name === 'websocket' && socket.connected,
      );
      socket.disconnect();
    });

    test('tells the relay whose address it is, whatever the client writes itself', async () => {
      let number = 0;
      const open = (localAddress: string) => {
        number += 1;
        return knock(door.origin, { localAddress, forged: `10.0.0.${number}` });
      };
      const sockets = await Promise.all(
        Array.from({ length: 3 * SOCKETS_PER_ADDRESS }, () => open('127.0.0.2')),
      );
      const letIn = sockets.filter((socket) => socket !== null);
      expect(letIn.length).toBeGreaterThanOrEqual(SOCKETS_PER_ADDRESS);
      expect(letIn.length).toBeLessThanOrEqual(2 * SOCKETS_PER_ADDRESS);
      const other = await open('127.0.0.3');
      expect(other === null).toBe(false);
      for (const socket of [...letIn, other]) socket?.terminate();
    });

    test('waits longer for a silent line than its heartbeats are apart', () => {
      const patterns = {
        nginx: /proxy_read_timeout (\d+)s;\n\s*proxy_send_timeout/,
        haproxy: /timeout tunnel (\d+)s/,
      };
      expect(Number(patterns[name].exec(readBalancer(name))?.[1])).toBeGreaterThan(SILENCE_MAX_S);
    });

    test('sends nobody to a relay that is about to stop, and no request is lost while it goes', async () => {
      const [leaving] = apps;
      const sockets = await Promise.all([aVisitor(door), aVisitor(door), aVisitor(door), aVisitor(door)]);
      const drained = leaving?.drain().then(() => true);
      let isGone = false;
      void drained?.then(() => {
        isGone = true;
      });
      await eventually('somebody is told to go', () =>
        sockets.some((one) => one.heard('relay:leaving').length > 0),
      );
      const answers: number[] = [];
      while (!isGone) {
        answers.push((await fetch(`${door.origin}/livez`)).status);
        const newcomer = await aVisitor(door);
        expect(newcomer.heard('relay:leaving')).toEqual([]);
        expect((await newcomer.say('Good day')).publicSeq).toBe(1);
        newcomer.close();
        // As long as one of its own is there, the relay stays.
        if (answers.length === 4) for (const one of sockets) one.close();
        await wait(50);
      }
      expect(answers.length).toBeGreaterThanOrEqual(4);
      expect(new Set(answers)).toEqual(new Set([200]));
      const last = await aVisitor(door, { transport: 'polling' });
      expect((await last.say(`The last word ${newId()}`)).publicSeq).toBe(1);
      last.close();
    });
  });
});

async function startRelayBehind(balancerPort: number) {
  const port = await freePort();
  const config = readConfig({
    ...{ NODE_ENV: 'production', PORT: `${port}`, HOST: '127.0.0.1', DATABASE_URL: databaseUrl },
    ...{ PUBLIC_URL: `http://localhost:${balancerPort}`, TRUST_PROXY: '1', DRAIN_SECONDS: '4' },
    ...{ LOG_LEVEL: 'silent', SOCKETS_PER_ADDRESS: `${SOCKETS_PER_ADDRESS}` },
  });
  const log = createLogger(config);
  const database = await openDatabase(config, log);
  const app = await createApp(config, database, log);
  await app.start();
  const drain = async () => {
    await app.drain();
    await database.close();
  };
  let drained: Promise<void> | undefined;
  return {
    port,
    app: {
      drain: () => {
        drained ??= drain();
        return drained;
      },
    },
  };
}

/** A WebSocket from this address; null where it was refused. */
function knock(
  origin: string,
  { localAddress, forged }: { readonly localAddress: string; readonly forged: string },
): Promise<WebSocket | null> {
  const { port } = new URL(origin);
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket/?EIO=4&transport=websocket`, {
    ...{ origin, localAddress, headers: { 'x-forwarded-for': forged } },
  });
  return new Promise((resolve) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', () => resolve(null));
  });
}
