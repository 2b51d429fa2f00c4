/**
 * The broker: keeps the frame's few records in the host page's own IndexedDB, because a cross-site frame is refused storage in
 * default browsers. It speaks only over the port that the embed got from the relay's frame. The host page can read what is kept here.
 */
import { BROKER_OPERATIONS, type BrokerAnswer, type BrokerRequest } from '../storage/broker-messages.ts';
import { openIndexed } from '../storage/indexed.ts';
import type { Kept } from '../storage/kept.ts';

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

/** `openIndexed`'s four operations take the arguments as they came: what the frame keeps is the frame's to shape. */
async function answer(
  kept: Kept,
  { id, operation, args }: BrokerRequest,
  say: (answer: BrokerAnswer) => void,
): Promise<void> {
  try {
    if (!BROKER_OPERATIONS.includes(operation)) throw new Error('unknown operation');
    const run = kept[operation] as (...args: unknown[]) => Promise<unknown>;
    say({ id, ok: true, value: await run(...args) });
  } catch {
    say({ id, ok: false, value: null });
  }
}
