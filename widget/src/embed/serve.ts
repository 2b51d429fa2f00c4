/** The broker's work: what the frame asks for over its port, done in the host page's IndexedDB. */
import { BROKER_OPERATIONS, type BrokerAnswer, type BrokerRequest } from '../storage/broker-messages.ts';
import { openIndexed } from '../storage/indexed.ts';
import type { Change, Kept } from '../storage/kept.ts';

export async function serve(port: MessagePort, site: string): Promise<void> {
  const say = (answer: BrokerAnswer): void => port.postMessage(answer);
  try {
    const kept = await openIndexed(`fullname.${site}`, 'host');
    kept.onChange(() => say({ changed: true }));
    port.onmessage = (event: MessageEvent<BrokerRequest>) => void answer(kept, event.data, say);
    say({ open: true });
  } catch {
    say({ open: false });
  }
}

async function answer(
  kept: Kept,
  request: BrokerRequest,
  say: (answer: BrokerAnswer) => void,
): Promise<void> {
  try {
    if (!BROKER_OPERATIONS.includes(request.operation)) throw new Error('unknown operation');
    say({ id: request.id, ok: true, value: await run(kept, request) });
  } catch {
    say({ id: request.id, ok: false, value: null });
  }
}

function run(kept: Kept, { operation, args }: BrokerRequest): Promise<unknown> {
  const key = String(args[0]);
  switch (operation) {
    case 'get':
      return kept.get(key);
    case 'list':
      return kept.list(key);
    case 'write':
      return kept.write(args[0] as readonly Change[]);
    case 'getOrCreate':
      return kept.getOrCreate(key, args[1]);
  }
}
