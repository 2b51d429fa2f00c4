/** A simulated relay: the product's own sockets, verbs and rounds, over a namespace that keeps rooms as Socket.IO does. */
import type { Namespace, Socket } from 'socket.io';
import type { Bus } from './bus.ts';
import type { Product } from './load.ts';
import type { Line } from './network.ts';
import { createOwner, type Owner, type Scheduler } from './scheduler.ts';
import type { Store } from './store.ts';

/** What the relay says to the page of one line. */
type PageSide = {
  connected(): void;
  refused(why: string): void;
  hear(name: string, args: readonly unknown[]): void;
};
/** What arrives from the page of one line, and the line's end. */
export type RelaySide = {
  knock(auth: unknown): void;
  hear(name: string, payload: unknown, answer: (value: unknown) => void): void;
  lost(): void;
};

export type Person = { readonly id: string; readonly fullName: string };

export type SimulatedRelay = {
  readonly owner: Owner;
  readonly floor: import('./product.ts').Floor;
  accept(line: Line, page: PageSide): RelaySide;
  /** News of another relay. */
  told(message: BroadcastMessage): void;
};

export type RelayParts = {
  readonly name: string;
  readonly scheduler: Scheduler;
  readonly product: Product;
  readonly store: Store;
  readonly bus: Bus;
  readonly people: ReadonlyMap<string, Person>;
};

export type BroadcastMessage = {
  readonly namespace: string;
  readonly rooms: readonly string[];
  readonly except: readonly string[];
  /** Without a name: they are disconnected. */
  readonly name: string | null;
  readonly args: readonly unknown[];
};

const ORIGIN = 'http://relay.example';

/** To be called in a step of the world; what the relay starts is its own. */
export function startRelay({ name, scheduler, product, store, bus, people }: RelayParts): SimulatedRelay {
  const owner = createOwner(name);
  return scheduler.as(owner, () => {
    const visitors = createNamespace('/visitor', (message) => bus.tell(relay, message));
    const agents = createNamespace('/agent', (message) => bus.tell(relay, message));
    const namespaces = { visitors: visitors.namespace, agents: agents.namespace } as never;
    const floor = createFloor({ scheduler, product, store, people, owner, namespaces });
    product.serveVisitors(visitors.namespace as never, floor, {
      origins: () => ({ public: ORIGIN, console: 'http://desk.example' }) as never,
      limits: { start: async () => () => undefined, transcript: async () => undefined },
      hops: 0,
    });
    const ALONE = { state: () => 'off' };
    product.watchSockets(floor, namespaces, ALONE as never);
    const relay: SimulatedRelay = {
      ...{ owner, floor },
      accept: (line, page) => visitors.accept(line, page, scheduler),
      told: (message) => (message.namespace === '/visitor' ? visitors : agents).deliver(message),
    };
    return relay;
  });
}

type FloorParts = Pick<RelayParts, 'scheduler' | 'product' | 'store' | 'people'> & {
  readonly owner: Owner;
  readonly namespaces: never;
};

function createFloor({
  scheduler,
  product,
  store,
  people,
  owner,
  namespaces,
}: FloorParts): SimulatedRelay['floor'] {
  const quiet = () => undefined;
  // What is not the store's own failure is a defect, of the relay or of this simulation.
  const error = ({ err }: { readonly err?: unknown }) => {
    if (err instanceof TypeError || err instanceof ReferenceError)
      scheduler.after(0, null, () => {
        throw err;
      });
  };
  const log = { info: quiet, warn: error, error, debug: quiet } as never;
  const handle = store.handle(owner);
  const db = handle as never;
  const ref = (id: string) => people.get(id) ?? { id, fullName: '' };
  const floor = {
    ...{ db, log, metrics: product.NO_METRICS, rateLimits: false, addresses: new Map() },
    commit: product.createGroupCommit(db, log),
    announce: product.createAnnounce(namespaces, ref),
    directory: { ref, get: (id: string) => people.has(id) && { active: true, role: 'agent' } },
    presence: {
      ...{ visitorCame: quiet, visitorLeft: quiet, visitorHere: async () => true, here: () => [] },
      ...{
        isHere: () => true,
        card: (id: string) => ({ ...ref(id), title: null, here: true, backAt: null }),
      },
    },
    news: {
      ...{ moved: quiet, hasWords: quiet, peopleChanged: quiet, countAgain: quiet, held: () => 0 },
      counts: () => ({ waiting: 0, mine: 0 }),
      forVisitors: () => ({ people: [], expectation: { kind: 'here', minutes: null } }),
    },
    flushed: () => handle.ask('nothing', []),
    mail: {},
    now: () => Date.now(),
  };
  return floor as unknown as SimulatedRelay['floor'];
}

// ---- Rooms, as the adapter keeps them ----

type Handler = (...args: unknown[]) => void;
type Middleware = (socket: Socket, next: (error?: Error) => void) => void;
type Connected = {
  readonly id: string;
  readonly rooms: Set<string>;
  emit(name: string, args: readonly unknown[]): void;
  disconnect(): void;
};

function createNamespace(name: string, tellOthers: (message: BroadcastMessage) => void) {
  const sockets = new Map<string, Connected>();
  const rooms = new Map<string, Set<string>>();
  const middlewares: Middleware[] = [];
  const onConnection: ((socket: Socket) => void)[] = [];
  let count = 0;

  function deliver({ rooms: to, except, name: event, args }: BroadcastMessage): void {
    for (const socket of [...sockets.values()]) {
      if (to.length > 0 && !to.some((room) => socket.rooms.has(room))) continue;
      if (except.some((room) => socket.rooms.has(room))) continue;
      if (event === null) socket.disconnect();
      else socket.emit(event, args);
    }
  }

  type Target = {
    readonly to: readonly string[];
    readonly except: readonly string[];
    readonly isLocal: boolean;
  };
  function operator(target: Target): unknown {
    const send = (event: string | null, args: readonly unknown[]): void => {
      const message = { namespace: name, rooms: target.to, except: target.except, name: event, args };
      deliver(message);
      if (!target.isLocal) tellOthers(message);
    };
    const to = (room: string) => operator({ ...target, to: [...target.to, room] });
    return {
      ...{ to, in: to },
      except: (room: string) => operator({ ...target, except: [...target.except, room] }),
      get local() {
        return operator({ ...target, isLocal: true });
      },
      get volatile() {
        return operator(target);
      },
      emit: (event: string, ...args: unknown[]) => send(event, args),
      disconnectSockets: () => send(null, []),
    };
  }

  function accept(line: Line, page: PageSide, scheduler: Scheduler): RelaySide {
    const id = `${line.relay.name} ${++count}`;
    const handlers = new Map<string, Handler[]>();
    const anys: Handler[] = [];
    const mine = new Set<string>([id]);
    let isConnected = false;
    const add = (event: string, handler: Handler) =>
      void handlers.set(event, [...(handlers.get(event) ?? []), handler]);
    const gone = (): void => {
      if (!isConnected) return;
      isConnected = false;
      sockets.delete(id);
      for (const room of mine) rooms.get(room)?.delete(id);
      for (const handler of handlers.get('disconnect') ?? []) handler();
    };
    const close = (): void => {
      line.close('relay');
      gone();
    };
    const conn = { close, request: {}, transport: {}, writeBuffer: [] };
    const knock = (auth: unknown): void => {
      const socket = {
        ...{ id, data: {}, conn, request: { headers: {}, socket: { remoteAddress: '127.0.0.1' } } },
        handshake: { auth, headers: { origin: ORIGIN }, issued: scheduler.now() },
        get connected() {
          return isConnected;
        },
        on: add,
        once: add,
        onAny: (handler: Handler) => void anys.push(handler),
        join: async (room: string) => {
          mine.add(room);
          rooms.set(room, (rooms.get(room) ?? new Set()).add(id));
        },
        disconnect: close,
      };
      handlers.clear();
      anys.length = 0;
      const next = (error?: Error): void => {
        if (!line.isOpen('up')) return;
        if (error) {
          line.send('down', () => page.refused(error.message));
          return;
        }
        isConnected = true;
        const emit = (event: string, args: readonly unknown[]) =>
          line.send('down', () => page.hear(event, args));
        sockets.set(id, Object.assign(socket, { rooms: mine, emit }) as never);
        line.send('down', page.connected);
        for (const connected of onConnection) connected(socket as never);
      };
      const [middleware] = middlewares;
      middleware?.(socket as never, next);
    };
    return {
      knock,
      hear(event, payload, answer) {
        if (!isConnected) return;
        for (const any of anys) any(event, payload, answer);
        for (const handler of handlers.get(event) ?? []) handler(payload, answer);
      },
      lost: gone,
    };
  }

  const all = operator({ to: [], except: [], isLocal: false }) as Namespace;
  const namespace = {
    ...{ sockets, adapter: { rooms, serverCount: async () => 2 }, server: { engine: {} } },
    to: all.to,
    in: all.in,
    get local() {
      return all.local;
    },
    use: (middleware: Middleware) => void middlewares.push(middleware),
    on: (_: string, handler: (socket: Socket) => void) => void onConnection.push(handler),
  };
  return { namespace, accept, deliver };
}
