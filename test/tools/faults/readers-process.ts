/** The readers' process, see stalled.ts: agents' sockets that stop reading, or read all and look at nothing. */
import { PROTOCOL } from '@fullname/shared/limits';
import { openRawSocket, type RawSocket } from '../../support/raw-socket.ts';
import { inTurn } from './good.ts';
import type { ReadersOrder } from './stalled.ts';

/** Before a heartbeat is missed: who reads blindly does not see one. */
const BEAT_MS = 5_000;

let readers: RawSocket[] = [];
let beat: NodeJS.Timeout | undefined;

process.on('message', (order: ReadersOrder) => {
  obey(order).then(
    () => process.send?.({}),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
  );
});
process.once('disconnect', () => process.exit(0));

async function obey(order: ReadersOrder): Promise<void> {
  if (order.do === 'open') readers = await inTurn(order.count, (index) => open(order, index));
  else if (order.do === 'stop') for (const reader of readers) reader.stopReading();
  else if (order.do === 'read') readBlindly();
  else leave();
}

async function open(order: Extract<ReadersOrder, { do: 'open' }>, index: number): Promise<RawSocket> {
  const { port, origin, cookies, rooms, from } = order;
  const reader = await openRawSocket({
    ...{ url: `ws://localhost:${port}`, namespace: '/agent', auth: { protocol: PROTOCOL } },
    headers: { origin, cookie: cookies[index % cookies.length] ?? '' },
    from: `${from}${1 + (index % 250)}`,
  });
  await reader.ask('conversation:open', { conversation: rooms[index % rooms.length] });
  return reader;
}

function readBlindly(): void {
  for (const reader of readers) reader.readBlindly();
  beat = setInterval(() => {
    for (const reader of readers) reader.send('3');
  }, BEAT_MS);
}

function leave(): void {
  clearInterval(beat);
  for (const reader of readers) reader.terminate();
  readers = [];
}
