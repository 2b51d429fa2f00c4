import { createServer } from 'node:http';
import type { AddressInfo, Socket as NetSocket } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { type Socket as ClientSocket, io as connect } from 'socket.io-client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { writeTogether } from './together.ts';

/** A relay with one client over WebSocket, and how often the system was asked to write to it. */
async function aLine(): Promise<{ far: Socket; client: ClientSocket; heard: number[]; writes(): number }> {
  const http = createServer();
  const server = new Server(http);
  writeTogether(server.engine);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const client = connect(`http://127.0.0.1:${port}`, { transports: ['websocket'] });
  onTestFinished(async () => {
    client.close();
    await server.close();
  });
  const heard: number[] = [];
  client.on('number', (number: number) => heard.push(number));
  const far = await new Promise<Socket>((resolve) => server.on('connection', resolve));
  await vi.waitUntil(() => client.connected);
  const { _socket: tcp } = (far.conn.transport as unknown as { socket: { _socket: NetSocket } }).socket;
  const alone = vi.spyOn(tcp, '_write');
  const many = vi.spyOn(tcp, '_writev' as '_write');
  return { far, client, heard, writes: () => alone.mock.calls.length + many.mock.calls.length };
}

test('what is said in one turn leaves in one write, in its order', async () => {
  const { far, heard, writes } = await aLine();
  for (let number = 1; number <= 5; number += 1) far.emit('number', number);
  await vi.waitUntil(() => heard.length === 5);
  expect(heard).toEqual([1, 2, 3, 4, 5]);
  expect(writes()).toBe(1);
});

test('what is said in a later step of the same turn goes with it', async () => {
  const { far, heard, writes } = await aLine();
  await Promise.all([1, 2, 3].map(async (number) => far.emit('number', await Promise.resolve(number))));
  await vi.waitUntil(() => heard.length === 3);
  expect(writes()).toBe(1);
});

test('what was said before the end arrives before it', async () => {
  const { far, client, heard } = await aLine();
  const end = new Promise((resolve) => client.on('disconnect', resolve));
  far.emit('number', 1);
  far.emit('number', 2);
  far.disconnect(true);
  await end;
  expect(heard).toEqual([1, 2]);
});
