/**
 * The broker: keeps the frame's few records in the host page's own IndexedDB, because a cross-site frame is refused storage in
 * default browsers. It speaks only over the port that the embed got from the relay's frame. The host page can read what is kept here.
 */

import { BROKER_OPERATIONS, type BrokerAnswer, type BrokerRequest } from '../storage/broker-messages.ts';
import { openIndexed } from '../storage/indexed.ts';
import type { Change, Kept } from '../storage/kept.ts';
import type { BrokerScript } from './load-broker.ts';

const script: BrokerScript | null =
  document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
if (script) script.serve = (port, site) => void serve(port, site);

async function serve(port: MessagePort, site: string): Promise<void> {
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
