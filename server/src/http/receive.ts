/** A body that is known to be whole before it is looked at, in memory once, and not too many of them at the same time. */
import type { IncomingMessage } from 'node:http';
import { RelayError } from '../relay-error.ts';

/** Of all uploads on their way together. Beyond it a browser tries again; what only announces its bytes takes none of it. */
const TOGETHER_MAX = 134_217_728;
let together = 0;

/** Exactly `length` bytes. UNAVAILABLE when too much is on its way, INVALID_PAYLOAD when fewer come than were announced. */
export async function receive(request: IncomingMessage, length: number): Promise<Buffer> {
  // Not from a pool and not filled: pages that nobody writes to are none, however much somebody announces.
  const body = Buffer.allocUnsafeSlow(length);
  let at = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      if (at + part.length > length) throw new RelayError('INVALID_PAYLOAD');
      if (together + part.length > TOGETHER_MAX) throw new RelayError('UNAVAILABLE');
      together += part.length;
      part.copy(body, at);
      at += part.length;
    }
  } catch (error) {
    if (error instanceof RelayError) throw error;
    // The line was cut: nobody is there to be answered, and nothing is wrong here.
    throw new RelayError('INVALID_PAYLOAD');
  } finally {
    together -= at;
  }
  if (at !== length) throw new RelayError('INVALID_PAYLOAD');
  return body;
}
