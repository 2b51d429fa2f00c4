/** The good clients' process, see good.ts: visitors on raw WebSockets, each from an address of their own. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { PROTOCOL } from '@fullname/shared/limits';
import { openRawSocket, type RawSocket } from '../../support/raw-socket.ts';
import type { GoodOrder, Talk } from './good.ts';

type Line = { readonly socket: RawSocket; readonly conversation: string; isClosed: boolean };

const ACK_WITHIN_MS = 10_000;
let lines: Line[] = [];

process.on('message', (order: GoodOrder) => {
  obey(order).then(
    (talk) => process.send?.({ talk }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
  );
});
process.once('disconnect', () => process.exit(0));

async function obey(order: GoodOrder): Promise<Talk | null> {
  if (order.do === 'talk') return talk(order.seconds * 1000, order.everyMs);
  const { relay, count } = order;
  lines = [];
  for (let index = 0; index < count; index += 1) lines.push(await begin(relay, index));
  return null;
}

async function begin({ port, site }: { port: number; site: string }, index: number): Promise<Line> {
  const origin = `http://localhost:${port}`;
  const socket = await openRawSocket({
    ...{ url: `ws://localhost:${port}`, namespace: '/visitor', headers: { origin } },
    ...{
      auth: { protocol: PROTOCOL, site, locale: 'en' },
      from: `127.0.${8 + (index >> 7)}.${1 + (index % 128)}`,
    },
  });
  const conversation = randomUUID();
  const line: Line = { socket, conversation, isClosed: false };
  void socket.closed.then(() => {
    line.isClosed = true;
  });
  const message = { id: randomUUID(), text: `good ${index} begins` };
  const start = { token: randomBytes(32).toString('hex'), conversation, message, locale: 'en' };
  const answer = (await socket.ask('conversation:start', start)) as { ok: boolean };
  if (!answer.ok) throw new Error(`a good client was refused: ${JSON.stringify(answer)}`);
  return line;
}

/** Everybody says something every so often, each at a moment of their own; nobody waits for an answer before the next. */
async function talk(ms: number, everyMs: number): Promise<Talk> {
  const latencies: number[] = [];
  let sent = 0;
  let failed = 0;
  const end = performance.now() + ms;
  const say = async ({ socket, conversation }: Line) => {
    sent += 1;
    const begun = performance.now();
    const message = { conversation, id: randomUUID(), text: `it is ${begun}` };
    const late = wait(ACK_WITHIN_MS, null, { ref: false });
    const answer = await Promise.race([socket.ask('message:send', message).catch(() => null), late]);
    if ((answer as { ok?: boolean } | null)?.ok === true) latencies.push(performance.now() - begun);
    else failed += 1;
  };
  await Promise.all(
    lines.map(async (line, index) => {
      await wait((everyMs * index) / lines.length);
      const said: Promise<void>[] = [];
      for (let next = performance.now(); next < end; next += everyMs) {
        await wait(Math.max(0, next - performance.now()));
        said.push(say(line));
      }
      await Promise.all(said);
    }),
  );
  return { latencies, sent, failed, closed: lines.filter(({ isClosed }) => isClosed).length };
}
