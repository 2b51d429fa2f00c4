import { expect, test } from 'vitest';
import { Emitter } from './emitter.ts';
import { decodePacket, encodePacket } from './engine-parser.ts';
import lean, { type Packet, PacketType } from './socket-parser.ts';

const { Encoder, Decoder } = lean;

function decode(text: string): Packet {
  const decoder = new Decoder();
  let packet: Packet | undefined;
  decoder.on('decoded', (one) => {
    packet = one;
  });
  decoder.add(text);
  if (!packet) throw new Error('nothing was decoded');
  return packet;
}

/** The lines of the Socket.IO protocol's own description, for our namespace. */
const packets: [string, Packet][] = [
  ['0/visitor,{"token":"t"}', { type: PacketType.CONNECT, nsp: '/visitor', data: { token: 't' } }],
  ['1/visitor,', { type: PacketType.DISCONNECT, nsp: '/visitor', data: undefined }],
  [
    '2/visitor,["heads",[1,{"a":"\\n["}]]',
    { type: PacketType.EVENT, nsp: '/visitor', data: ['heads', [1, { a: '\n[' }]] },
  ],
  [
    '2/visitor,12["message:send",{"text":"5-3"}]',
    { type: PacketType.EVENT, nsp: '/visitor', id: 12, data: ['message:send', { text: '5-3' }] },
  ],
  ['3/visitor,0[{"ok":true}]', { type: PacketType.ACK, nsp: '/visitor', id: 0, data: [{ ok: true }] }],
  [
    '4/visitor,{"message":"BLOCKED"}',
    { type: PacketType.CONNECT_ERROR, nsp: '/visitor', data: { message: 'BLOCKED' } },
  ],
  ['2["hey"]', { type: PacketType.EVENT, nsp: '/', data: ['hey'] }],
];

test.each(packets)('%s is read and written', (text, packet) => {
  expect(decode(text)).toEqual(packet);
  expect(new Encoder().encode(packet)).toEqual([text]);
});

test.each([
  '',
  '9',
  'hello',
  '2/visitor,{"not":"a list"}',
  '2/visitor,',
  '51-/visitor,["binary"]',
  '2/visitor,["broken"',
])('%j is no packet, and says so', (text) => {
  expect(() => decode(text)).toThrow();
});

test('engine packets are one digit and their text', () => {
  const written: string[] = [];
  encodePacket({ type: 'message', data: '2["hey"]' }, true, (text) => written.push(text));
  encodePacket({ type: 'pong' }, true, (text) => written.push(text));
  expect(written).toEqual(['42["hey"]', '3']);
  expect(decodePacket('42["hey"]')).toEqual({ type: 'message', data: '2["hey"]' });
  expect(decodePacket('2')).toEqual({ type: 'ping' });
  expect(decodePacket('x')).toEqual({ type: 'error', data: 'parser error' });
});

test('an emitter tells who listens when it begins to tell, in their order', () => {
  const emitter = new Emitter();
  const told: unknown[][] = [];
  const second = (...args: unknown[]): void => void told.push(['second', ...args]);
  emitter
    .once('close', (...args) => {
      told.push(['first', ...args]);
      emitter.off('close', second).on('close', () => told.push(['later']));
    })
    .on('close', second);
  emitter.emit('close', 'why', 7);
  expect(told).toEqual([
    ['first', 'why', 7],
    ['second', 'why', 7],
  ]);
  emitter.emitReserved('close');
  expect(told.slice(2)).toEqual([['later']]);
});

test('an emitter forgets one event’s listeners, or all of them, and a sender of its own is not asked to tell', () => {
  const told: string[] = [];
  class Sender extends Emitter {
    override emit(event: string): void {
      told.push(`sent ${event}`);
    }
  }
  const emitter = new Sender();
  for (const event of ['open', 'close', 'error']) emitter.on(event, () => told.push(event));
  emitter.emit('open');
  emitter.emitReserved('open');
  emitter.removeAllListeners('open');
  emitter.emitReserved('open');
  emitter.emitReserved('close');
  emitter.off();
  emitter.emitReserved('error');
  expect(told).toEqual(['sent open', 'open', 'close']);
});
