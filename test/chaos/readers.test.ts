import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SOCKET_MAX_BUFFERED_BYTES } from '@fullname/shared/limits';
import { Server } from 'socket.io';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { watchReaders } from '../../server/src/sockets/readers.ts';
import { eventually } from '../support/eventually.ts';

type Reader = { readonly ws: WebSocket; isIn: boolean; heard: number };

const undos: (() => unknown)[] = [];
afterEach(async () => {
  for (let undo = undos.pop(); undo; undo = undos.pop()) await undo();
});

/** A server without a door, whose readers are watched; what is cut is kept. */
async function aServer() {
  const http = createServer();
  const io = new Server(http, { path: '/socket' });
  const cut: number[] = [];
  const readers = watchReaders(io.engine, (_, waiting) => cut.push(waiting));
  await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
  undos.push(() => io.close(), readers.stop);
  const { port } = http.address() as AddressInfo;
  const aReader = async (): Promise<Reader> => {
    const ws = new WebSocket(`ws://127.0.0.1:${port}/socket/?EIO=4&transport=websocket`);
    const reader: Reader = { ws, isIn: false, heard: 0 };
    ws.on('message', (data: Buffer) => {
      const frame = data.toString();
      if (frame.startsWith('0{')) ws.send('40');
      if (frame.startsWith('40{')) reader.isIn = true;
      if (frame.startsWith('42')) reader.heard += 1;
    });
    ws.on('error', () => undefined);
    undos.push(() => ws.terminate());
    await eventually('it is in', () => reader.isIn);
    return reader;
  };
  return { io, cut, aReader };
}

const WORDS = 'x'.repeat(100_000);

test('a reader who stops is cut at its bound, and the others hear everything', async () => {
  const { io, cut, aReader } = await aServer();
  const [stalled, well] = [await aReader(), await aReader()];
  stalled.ws.pause();
  let said = 0;
  await eventually('it is cut', () => {
    // The kernel takes megabytes before anything waits here.
    for (let more = 0; more < 5; more += 1, said += 1) io.emit('said', WORDS);
    return cut.length > 0;
  });
  expect(cut).toEqual([expect.any(Number)]);
  expect(cut[0]).toBeGreaterThan(SOCKET_MAX_BUFFERED_BYTES);
  await eventually('the other has heard it all', () => well.heard === said);
  await eventually('one is left', () => io.of('/').sockets.size === 1);
});

test('a burst to somebody who reads is no reason to cut', async () => {
  const { io, cut, aReader } = await aServer();
  const well = await aReader();
  const count = Math.ceil((4 * SOCKET_MAX_BUFFERED_BYTES) / WORDS.length);
  for (let said = 0; said < count; said += 1) io.emit('said', WORDS);
  await eventually('it has heard it all', () => well.heard === count);
  expect(cut).toEqual([]);
});

test('many who stop are cut before each has reached a bound of its own', async () => {
  const { io, cut, aReader } = await aServer();
  const stalled = await Promise.all(Array.from({ length: 60 }, aReader));
  for (const { ws } of stalled) ws.pause();
  await eventually(
    'half of them are cut',
    () => {
      // Not so much at a time that one reader's bound comes before that of all.
      for (let more = 0; more < 2; more += 1) io.emit('said', WORDS.slice(0, 10_000));
      return cut.length >= 30;
    },
    30_000,
  );
  expect(Math.min(...cut)).toBeLessThan(SOCKET_MAX_BUFFERED_BYTES);
});
