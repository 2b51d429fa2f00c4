/**
 * The broker: keeps the frame's few records in the host page's own IndexedDB, because a cross-site frame is refused storage in
 * default browsers. It speaks only over the port that the embed got from the relay's frame. The host page can read what is kept here.
 */
import { BROKER_OPERATIONS, type BrokerAnswer, type BrokerRequest } from '../storage/broker-messages.ts';
import { openIndexed } from '../storage/indexed.ts';

type Run = (...args: readonly unknown[]) => unknown;

export async function serve(port: MessagePort, site: string): Promise<void> {
  const say = (answer: BrokerAnswer): void => port.postMessage(answer);
  try {
    const kept = await openIndexed(`fullname.${site}`, 'host');
    kept.onChange(() => say({ changed: true }));
    // The arguments go on as they came: what the frame keeps is the frame's to shape.
    port.onmessage = async ({ data: { id, operation, args } }: MessageEvent<BrokerRequest>) => {
      try {
        // Any other is false, and a call of that throws.
        const run = (BROKER_OPERATIONS.includes(operation) && kept[operation]) as Run;
        say({ id, ok: true, value: await run(...args) });
      } catch {
        say({ id, ok: false, value: null });
      }
    };
    say({ open: true });
  } catch {
    say({ open: false });
  }
}
