/** socket.io's client as the ends use it, with the test's ear at it, and an end that can be put to it. */
import { Manager, type Socket } from 'socket.io-client';
import type { Ear, Line } from './types.ts';

/** A page's life: when it has ended, nothing of it acts any more. */
export type Life = {
  readonly isOver: () => boolean;
  end(): void;
  /** What is to be done when the page ends. */
  atEnd(undo: () => void): void;
  /** Breaks the page's connections, which it may make again. */
  cut(): void;
  atCut(act: () => void): void;
};

export function createLife(): Life {
  const undos: (() => void)[] = [];
  const cuts: (() => void)[] = [];
  let over = false;
  return {
    isOver: () => over,
    end() {
      over = true;
      for (const undo of undos.splice(0)) undo();
    },
    atEnd: (undo) => undos.push(undo),
    cut() {
      for (const cut of cuts) cut();
    },
    atCut: (cut) => cuts.push(cut),
  };
}

export type Wire = {
  readonly line: Line;
  readonly life: Life;
  readonly ear: Ear;
  /** Beside `origin`, which every browser sends. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** The class of this page's connections. */
export function managerOf({ line, life, ear, headers }: Wire): typeof Manager {
  return class extends Manager {
    constructor(...[, options]: ConstructorParameters<typeof Manager>) {
      super(line.to(), options);
      life.atCut(() => this.engine?.close());
      // Cut as a crash cuts it: no word of farewell to the relay.
      life.atEnd(() => {
        this.reconnection(false);
        this.engine?.close();
      });
    }

    override open(done?: (error?: Error) => void): this {
      if (life.isOver()) return this;
      // Each connection goes to where the line leads now, as through a balancer.
      (this as unknown as { uri: string }).uri = line.to();
      this.opts.extraHeaders = { origin: line.origin(), ...headers };
      return super.open(done);
    }

    override socket(...args: Parameters<Manager['socket']>): Socket {
      return tap(super.socket(...args), { life, ear, line });
    }
  } as typeof Manager;
}

function tap(socket: Socket, { life, ear, line }: Pick<Wire, 'life' | 'ear' | 'line'>): Socket {
  const inner = socket as unknown as { onevent(packet: { data: [string, ...unknown[]] }): void };
  const hear = inner.onevent.bind(socket);
  inner.onevent = (packet) => {
    if (!line.loses?.(packet.data[0])) hear(packet);
  };
  const ask = socket.emitWithAck.bind(socket);
  const connect = socket.connect.bind(socket);
  socket.onAny((name: string, payload: unknown) => {
    if (!life.isOver()) ear.heard(name, payload);
  });
  socket.connect = () => (life.isOver() ? socket : connect());
  socket.emitWithAck = async (name: string, ...args: unknown[]) => {
    if (life.isOver()) return never();
    ear.asked(name, args[0]);
    const answer: unknown = await ask(name, ...args);
    if (life.isOver()) return never();
    ear.answered(name, args[0], answer);
    return answer;
  };
  // What the relay says to a page that is gone reaches nobody.
  life.atEnd(() => socket.off());
  return socket;
}

/** What a page that is gone waits for. */
export function never<Value>(): Promise<Value> {
  return new Promise(() => undefined);
}
