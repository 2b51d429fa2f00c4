/**
 * The load: raw WebSockets, the same code and cost for both relays, in a process of its own. It obeys orders that come
 * one at a time, and answers each with its outcome.
 */
import { gather, idle, part } from './idlers.ts';
import type { Order } from './orders.ts';
import { connect, join, pace, saturate, type Talkers } from './talkers.ts';

let talkers: Talkers | undefined;
let crowd: Awaited<ReturnType<typeof gather>> | undefined;

process.on('message', (order: Order) => {
  obey(order).then(
    (outcome) => process.send?.({ outcome }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
  );
});
process.once('disconnect', () => process.exit(0));

async function obey(order: Order): Promise<unknown> {
  switch (order.do) {
    case 'connect':
      talkers = await connect(order.target, order.shape);
      return null;
    case 'join':
      talkers = await join(order.target, order.shape);
      return null;
    case 'saturate':
      return saturate(must(talkers), order);
    case 'pace':
      return pace(must(talkers), order);
    case 'idle':
      return idle(order);
    case 'part':
      return part();
    case 'gather':
      crowd = await gather(order);
      return null;
    case 'await-return':
      return must(crowd).returned(order.publicSeq);
  }
}

function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('The generator is connected to nothing yet.');
  return value;
}
