/** The line to the relay: the only file that knows socket.io, and that only as a lazy chunk. */
import { type ErrorCode, failed, PASSING } from '@fullname/shared/errors';
import type { EventsForVisitor, VisitorAuth, VisitorEvents } from '@fullname/shared/events';
import { makeToken } from '@fullname/shared/ids';
import { ACK_TIMEOUT_MS, LET_IN_WITHIN_MS } from '@fullname/shared/limits';
import type { Manager, Socket } from 'socket.io-client';
import { backoff } from './backoff.ts';
import { random } from './random.ts';

/** `lost` is a line that was refused or broke and is tried again by itself. */
export type LineStatus = 'idle' | 'connecting' | 'on' | 'lost';

type Asking = Exclude<keyof VisitorEvents, 'typing:show'>;
type Payload<Name extends keyof VisitorEvents> = Parameters<VisitorEvents[Name]>[0];
type Answer<Name extends Asking> = Parameters<Parameters<VisitorEvents[Name]>[1]>[0];

/** What the relay says, but for its leaving, which is the line's own matter. */
export type Hearing = Omit<EventsForVisitor, 'relay:leaving'>;

export type Connection = {
  status(): LineStatus;
  start(): void;
  stop(): void;
  /** After sleep, lost networks and hidden tabs: connects at once, without the rest of a backoff. */
  wake(): void;
  /** The browser says that there is no network: the line is lost now, not when its heartbeat fails to come. */
  sleep(): void;
  /** Drops the line and takes a new one: other credentials, or a line that no longer answers. */
  renew(): void;
  /** `waited`: for how many milliseconds what is sent has been in the outbox. Resolves with the relay's acknowledgement; UNAVAILABLE where there is no line, or no answer in time. Never rejects. */
  ask<Name extends Asking>(name: Name, payload: Payload<Name>, ...waited: number[]): Promise<Answer<Name>>;
  tell(name: 'typing:show', payload: Payload<'typing:show'>): void;
};

export type ConnectionOptions = {
  readonly origin: string;
  readonly auth: () => VisitorAuth;
  readonly hearing: Hearing;
  readonly onStatus: (status: LineStatus) => void;
  /** The relay refused the handshake for a reason that no later try mends: the line stays down. */
  readonly onRefused: (code: ErrorCode) => void;
  /** Where socket.io-client comes from: its two chunks, unless a test brings it. */
  readonly load?: (polling: boolean) => Promise<{ readonly Manager: typeof Manager }>;
};

/** Failures of WebSocket after which long-polling is loaded: at once where the line never stood, late where it did. */
const FAILURES_BEFORE_POLLING = 2;
const FAILURES_LATER = 6;

/** Relays are being replaced for a while; after so many tries (about a minute and a half) a newer page was taken back. */
const FAILURES_BEFORE_OLDER_PAGE = 8;
/** How often it is looked whether everything asked has been answered, before a line is left. */
const LEAVE_AGAIN_MS = 50;

export function createConnection({ load = loadSocket, ...options }: ConnectionOptions): Connection {
  let status: LineStatus = 'idle';
  let socket: Socket | null = null;
  let loading = false;
  let polls = false;
  let failures = 0;
  let everOn = false;
  let asking = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let departure: ReturnType<typeof setTimeout> | undefined;

  const turn = (next: LineStatus): void => {
    if (status === next) return;
    status = next;
    options.onStatus(next);
  };

  const later = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(connect, milliseconds);
  };

  const fail = (): void => {
    if (status === 'idle') return;
    failures++;
    clearTimeout(departure);
    turn('lost');
    later(backoff(failures));
  };

  const connect = (): void => {
    if (status === 'idle' || loading) return;
    const polling =
      polls || (navigator.onLine && failures >= (everOn ? FAILURES_LATER : FAILURES_BEFORE_POLLING));
    if (!socket || polls !== polling) void replaceSocket(polling);
    else if (!isKnocking(socket)) socket.connect();
  };

  const replaceSocket = async (polling: boolean): Promise<void> => {
    loading = true;
    try {
      const client = await load(polling);
      socket?.off().io.off('close', fail);
      socket?.disconnect();
      socket = listen(makeSocket(client.Manager, polling));
      polls = polling;
      loading = false;
      if (status !== 'idle') socket.connect();
    } catch {
      loading = false;
      // Some browsers remember that a module was missing: only a fresh document asks for it again.
      if (failures) options.onRefused('OLD_PROTOCOL');
      fail();
    }
  };

  /** Neither connects nor reconnects by itself: the time for that is ours, so that a wake can cut a backoff short. */
  const makeSocket = (TheManager: typeof Manager, polling: boolean): Socket =>
    new TheManager(options.origin, {
      path: '/socket',
      transports: polling ? ['polling', 'websocket'] : ['websocket'],
      reconnection: false,
      autoConnect: false,
      timeout: ACK_TIMEOUT_MS,
    }).socket('/visitor', {
      // Polling is a same-origin GET, and those carry no Origin; without one the relay asks for a token. Before the first message
      // there is none: one that is thrown away does, and opens nothing.
      auth: (give: (auth: VisitorAuth) => void) =>
        give({ ...(polling ? { token: makeToken(random) } : {}), ...options.auth() }),
    });

  const listen = (made: Socket): Socket => {
    // A line may die before it is let in, and its heartbeat would tell after half a minute.
    made.io.on('open', () => {
      clearTimeout(timer);
      timer = setTimeout(() => made.disconnect(), LET_IN_WITHIN_MS);
    });
    made.on('connect', () => {
      clearTimeout(timer);
      everOn = true;
      failures = 0;
      turn('on');
    });
    // Of the manager, not of the socket: a line that closes before it stood disconnects nobody.
    made.io.on('close', fail);
    made.on('connect_error', (error: Error) => {
      const code = error.message as ErrorCode;
      // A middleware's refusal carries a code; a failed transport carries words.
      const refused = /^[A-Z_]+$/.test(code);
      // It came over a line that works: no reason to load long-polling.
      everOn ||= refused;
      if (refused && !PASSING.includes(code)) clearTimeout(timer);
      else fail();
      turn('lost');
      const isTakenBack = code === 'NEW_PROTOCOL' && failures > FAILURES_BEFORE_OLDER_PAGE;
      // What the next try mends nobody needs to hear of.
      if (refused && (isTakenBack || code === 'OLD_PROTOCOL' || !PASSING.includes(code)))
        options.onRefused(code);
    });
    for (const [name, listener] of Object.entries(options.hearing)) made.on(name, listener);
    made.on('relay:leaving', ({ within }: { within: number }) => {
      clearTimeout(departure);
      departure = setTimeout(leave, Math.random() * within);
    });
    return made;
  };

  /** The relay stops soon. What was asked is answered first; should the relay be gone before, the line is lost like any other. */
  const leave = (): void => {
    if (asking) departure = setTimeout(leave, LEAVE_AGAIN_MS);
    else renew();
  };

  const renew = (): void => {
    if (status === 'idle') return;
    socket?.disconnect();
    connect();
  };

  return {
    status: () => status,
    start() {
      if (status !== 'idle') return;
      turn('connecting');
      connect();
    },
    stop() {
      clearTimeout(timer);
      clearTimeout(departure);
      turn('idle');
      socket?.disconnect();
    },
    wake() {
      if (status === 'lost') connect();
    },
    sleep() {
      socket?.disconnect();
    },
    renew,
    async ask<Name extends Asking>(name: Name, payload: Payload<Name>, ...waited: number[]) {
      const asked = socket;
      if (!asked?.connected) return failed('UNAVAILABLE') as Answer<Name>;
      asking++;
      try {
        return (await asked.timeout(ACK_TIMEOUT_MS).emitWithAck(name, payload, ...waited)) as Answer<Name>;
      } catch {
        // A relay that lives answers in time: the line is dead.
        if (asked.connected) asked.disconnect();
        return failed('UNAVAILABLE') as Answer<Name>;
      } finally {
        asking--;
      }
    },
    tell(name, payload) {
      if (socket?.connected) socket.volatile.emit(name, payload);
    },
  };
}

/** Has asked to be let in and has no answer yet. The library would ask again, and a relay closes the line on whoever does. */
function isKnocking({ active, io }: Socket): boolean {
  return active && io._readyState === 'open';
}

function loadSocket(polling: boolean): Promise<{ readonly Manager: typeof Manager }> {
  return polling ? import('./socket-polling.ts') : import('./socket.ts');
}
