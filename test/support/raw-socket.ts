import type { Socket } from 'node:net';
import { WebSocket } from 'ws';

/**
 * One raw WebSocket that speaks Engine.IO 4 and Socket.IO 5 by hand: cheap enough to load a relay with, and honest
 * about every byte that crosses the wire. It knows no reconnection and no binary packets.
 */
export type RawSocket = {
  /** Emits with an acknowledgement; gives its first argument. Rejects when the socket closes before it came. */
  ask(event: string, payload: unknown): Promise<unknown>;
  /** Emits with an acknowledgement whose text, `[{"ok":true…}]`, is handed over unread. */
  askRaw(event: string, payload: string, done: (answer: string) => void): void;
  /** Sends a frame as it is. */
  send(frame: string): void;
  /** Reads no more, and says nothing of it. */
  stopReading(): void;
  /** Takes every byte and looks at none: as cheap as a reader can be. Answers no heartbeat by itself. */
  readBlindly(): void;
  close(): void;
  /** Ends without a farewell. */
  terminate(): void;
  readonly closed: Promise<void>;
};

export type RawOptions = {
  /** ws://localhost:PORT */
  readonly url: string;
  readonly namespace: '/visitor' | '/agent';
  readonly auth: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The address to come from, such as 127.0.0.9. */
  readonly from?: string;
  /** Every frame the relay sent, as text, the handshake included. */
  readonly onFrame?: (frame: string) => void;
};

/** Connects to a namespace. Rejects with the relay's own words when it refuses the handshake. */
export function openRawSocket(options: RawOptions): Promise<RawSocket> {
  const { namespace, onFrame } = options;
  const ws = new WebSocket(`${options.url}/socket/?EIO=4&transport=websocket`, {
    perMessageDeflate: false,
    headers: { ...options.headers },
    ...(options.from !== undefined && { localAddress: options.from }),
  });
  const waiting = new Map<number, (answer: string) => void>();
  let lastAck = 0;
  const ackPrefix = `43${namespace},`;
  const closed = new Promise<void>((resolve) => ws.once('close', () => resolve()));

  const askRaw: RawSocket['askRaw'] = (event, payload, done) => {
    lastAck += 1;
    waiting.set(lastAck, done);
    ws.send(`42${namespace},${lastAck}["${event}",${payload}]`);
  };
  const ask: RawSocket['ask'] = (event, payload) =>
    new Promise((resolve, reject) => {
      void closed.then(() => reject(new Error('The socket closed before the answer came.')));
      askRaw(event, JSON.stringify(payload), (answer) => resolve((JSON.parse(answer) as unknown[])[0]));
    });
  const takeAck = (frame: string) => {
    const bracket = frame.indexOf('[', ackPrefix.length);
    const number = Number(frame.slice(ackPrefix.length, bracket));
    const done = waiting.get(number);
    waiting.delete(number);
    done?.(frame.slice(bracket));
  };
  const socket: RawSocket = {
    ...{ ask, askRaw, closed },
    send: (frame) => ws.send(frame),
    stopReading: () => ws.pause(),
    readBlindly: () => {
      // ws has no word for it; its connection is a plain one of Node's.
      const { _socket: tcp } = ws as unknown as { readonly _socket: Socket };
      tcp.removeAllListeners('data').on('data', () => undefined);
    },
    close: () => ws.close(),
    terminate: () => ws.terminate(),
  };

  return new Promise((resolve, reject) => {
    ws.once('error', reject);
    ws.once('close', (code) => reject(new Error(`The socket was closed (${code}) before it was connected.`)));
    ws.on('message', (data: Buffer) => {
      const frame = data.toString();
      onFrame?.(frame);
      if (frame.startsWith(ackPrefix)) takeAck(frame);
      else if (frame === '2') ws.send('3');
      else if (frame.startsWith('0{')) ws.send(`40${namespace},${JSON.stringify(options.auth)}`);
      else if (frame.startsWith(`40${namespace}`)) resolve(socket);
      else if (frame.startsWith(`44${namespace}`)) reject(new Error(refusal(frame)));
    });
  });
}

function refusal(frame: string): string {
  const { message } = JSON.parse(frame.slice(frame.indexOf('{'))) as { message?: string };
  return message ?? frame;
}
