/** Stands in for engine.io-parser in the usual socket chunk: the same packets over WebSocket, text only. */
export const protocol = 4;

const TYPES = ['open', 'close', 'ping', 'pong', 'message', 'upgrade', 'noop'];

type Packet = { type: string; data?: string };

export function encodePacket(
  { type, data = '' }: Packet,
  _binary: boolean,
  give: (text: string) => void,
): void {
  give(TYPES.indexOf(type) + data);
}

export function decodePacket(text: string): Packet {
  const type = TYPES[Number(text[0])];
  if (!type) return { type: 'error', data: 'parser error' };
  return text.length > 1 ? { type, data: text.slice(1) } : { type };
}
