import { PROTOCOL } from '@fullname/shared/limits';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from '../support/eventually.ts';
import { aVisitor, newId } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

let relay: Relay;

beforeAll(async () => {
  relay = await openRelay({ env: { LOG_LEVEL: 'fatal' } });
});
afterAll(() => relay.close());

type Wire = {
  readonly frames: string[];
  send(frame: string | Buffer): void;
  isClosed(): boolean;
  close(): void;
};

/** A transport without any namespace: what is sent on it is the test's alone. */
async function aWire(): Promise<Wire> {
  const url = `${relay.origin.replace('http', 'ws')}/socket/?EIO=4&transport=websocket`;
  const ws = new WebSocket(url, { headers: { origin: relay.origin } });
  const frames: string[] = [];
  ws.on('message', (data: Buffer) => frames.push(data.toString()));
  ws.on('error', () => undefined);
  relay.atClose(() => ws.terminate());
  await eventually('the transport is open', () => frames.some((frame) => frame.startsWith('0{')));
  const send = (frame: string | Buffer) => {
    if (ws.readyState === WebSocket.OPEN) ws.send(frame);
  };
  return { frames, send, isClosed: () => ws.readyState === WebSocket.CLOSED, close: () => ws.close() };
}

const knock = () =>
  `40/visitor,${JSON.stringify({ protocol: PROTOCOL, site: relay.site.key, locale: 'en' })}`;

async function aGuest(): Promise<Wire> {
  const wire = await aWire();
  wire.send(knock());
  await eventually('it is let in', () => wire.frames.some((frame) => frame.startsWith('40/visitor')));
  return wire;
}

/** The relay is well when somebody else can still talk through it. */
async function expectWell(): Promise<void> {
  const visitor = await aVisitor(relay);
  expect((await visitor.say('Is all well?')).publicSeq).toBe(1);
  visitor.close();
}

describe('a connection that asks to be let in', () => {
  test('thousands of times at once is let in once at most, and closed', async () => {
    const wire = await aWire();
    for (let index = 0; index < 3_000; index += 1) wire.send(knock());
    await eventually('it is closed', wire.isClosed);
    expect(wire.frames.filter((frame) => frame.startsWith('40/visitor')).length).toBeLessThanOrEqual(1);
    await expectWell();
  });

  test('again and again, though it is refused each time, is closed before long', async () => {
    const wire = await aWire();
    for (let round = 0; round < 100 && !wire.isClosed(); round += 1) {
      const before = wire.frames.length;
      wire.send(`40/visitor,${JSON.stringify({ protocol: PROTOCOL, site: 'nobody', locale: 'en' })}`);
      await eventually('it is answered', () => wire.frames.length > before || wire.isClosed());
    }
    expect(wire.isClosed()).toBe(true);
    expect(wire.frames.filter((frame) => frame.startsWith('44')).length).toBeLessThan(30);
    await expectWell();
  });

  test('in and out and in again is closed', async () => {
    const wire = await aGuest();
    wire.send('41/visitor,');
    wire.send(knock());
    await eventually('it is closed', wire.isClosed);
    await expectWell();
  });

  test('to the root, where nobody watches, is closed', async () => {
    const wire = await aWire();
    wire.send('40');
    wire.send('42["error",{}]');
    await eventually('it is closed', wire.isClosed);
    await expectWell();
  });
});

describe('a frame', () => {
  const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const hostile: [string, () => (string | Buffer)[]][] = [
    ['with a number for a name', () => ['42/visitor,[7,{}]']],
    ['with nothing in it', () => ['42/visitor,[]']],
    ['with a name of ten thousand letters', () => [`42/visitor,["${'x'.repeat(10_000)}",{}]`]],
    [
      'that promises a hundred thousand attachments',
      () => ['45100000-/visitor,["heads:ask",{"_placeholder":true,"num":0}]', 'x'],
    ],
    [
      'with attachments where words should be',
      () => ['451-/visitor,1["message:send",{"_placeholder":true,"num":0}]', Buffer.alloc(60_000)],
    ],
    [
      'with an attachment of a wrong number',
      () => ['451-/visitor,1["message:send",{"_placeholder":true,"num":1e9}]', Buffer.alloc(10)],
    ],
    ['of thirty thousand brackets', () => [`42/visitor,1["heads:ask",${deep(30_000)}]`]],
    ['of ten thousand arguments', () => [`42/visitor,1["heads:ask"${',{}'.repeat(10_000)}]`]],
    [
      'with an acknowledgement’s number beyond numbers',
      () => [`42/visitor,${'9'.repeat(400)}["heads:ask",{}]`],
    ],
    [
      'that acknowledges what nobody asked',
      () => ['43/visitor,12345[{"ok":true}]', '43/visitor,__proto__[]'],
    ],
    [
      'with keys of prototypes',
      () => [
        '42/visitor,1["heads:ask",{"__proto__":{"ok":1},"constructor":{"prototype":{"ok":1}}}]',
        '42/visitor,2["__proto__",{}]',
      ],
    ],
    [
      'for agents on a visitor’s connection',
      () => ['40/agent,{"protocol":1}', '42/agent,["conversation:list",{"view":"all"}]'],
    ],
    ['of bytes alone', () => [Buffer.alloc(60_000), Buffer.from('42/visitor,["heads:ask",{}]')]],
    ['of a packet that no engine has', () => ['7', '', '4', '49/visitor,', '5', '1']],
  ];

  test.each(hostile)('%s harms nobody else', async (_, frames) => {
    const wire = await aGuest();
    for (const frame of frames()) wire.send(frame);
    await expectWell();
    expect(({} as { ok?: number }).ok).toBeUndefined();
    wire.close();
  });

  test('after frame is a flood, and closed, though one now and then is heard', async () => {
    const wire = await aGuest();
    let sent = 0;
    await eventually('it is closed', () => {
      // Some sixty each time the test looks: never two hundred refused in a row.
      for (let index = 0; index < 60; index += 1, sent += 1) wire.send(`42/visitor,${sent}["heads:ask",{}]`);
      return wire.isClosed();
    });
    await expectWell();
  });
});

describe('forty connections of one attacker', () => {
  test('that do all this at once leave the others served', async () => {
    const wires = await Promise.all(Array.from({ length: 40 }, aGuest));
    const good = await aVisitor(relay);
    await good.say('begin');
    for (const wire of wires) {
      for (let index = 0; index < 150; index += 1) {
        wire.send(`42/visitor,["message:send",{"conversation":"${newId()}","id":"${newId()}","text":"x"}]`);
        wire.send(knock());
      }
    }
    expect((await good.say('Am I heard?')).publicSeq).toBe(2);
    await eventually('all of them are closed', () => wires.every((wire) => wire.isClosed()));
    await expectWell();
  });
});
