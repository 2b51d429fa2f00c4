/**
 * The only file that knows socket.io. Requests are answered with a Result, always: where no answer comes, or there is no
 * connection, the Result is UNAVAILABLE, and the caller cannot know whether the relay acted (its ids make a retry harmless).
 */
import { failed, type Result } from '@fullname/shared/errors';
import type { Ack, AgentAuth, AgentEvents, EventsForAgent } from '@fullname/shared/events';
import { ACK_TIMEOUT_MS, LET_IN_WITHIN_MS, PROTOCOL, RETRY_MIN_MS } from '@fullname/shared/limits';
import { type ReadonlySignal, signal } from '@preact/signals';
import { io } from 'socket.io-client';

export type Asked = Exclude<keyof AgentEvents, 'typing:show'>;
export type Request<Name extends Asked> = Parameters<AgentEvents[Name]>[0];
export type Answer<Name extends Asked> =
  Parameters<AgentEvents[Name]> extends [unknown, Ack<infer Value>] ? Value : never;

/** `lost` when it is gone or could not be made; `connecting` before the first attempt has ended. */
export type Status = 'connecting' | 'online' | 'lost';

export type Connection = {
  readonly status: ReadonlySignal<Status>;
  ask<Name extends Asked>(
    event: Name,
    request: Request<Name>,
    ...waited: number[]
  ): Promise<Result<Answer<Name>>>;
  /** Volatile: lost where there is no connection. */
  showTyping(conversation: string): void;
  on<Name extends keyof EventsForAgent>(event: Name, listener: EventsForAgent[Name]): () => void;
  /** Tries at once instead of waiting for the next attempt. */
  wake(): void;
  close(): void;
};

/** What a refused handshake means to the page around the connection. */
export type Refusals = {
  readonly signedOut: () => void;
  /** This page is of another release than every relay: only a fresh one can go on. */
  readonly otherRelease: () => void;
};

const RECONNECT_MAX_MS = 8_000;
const WAKE_AGAIN_MS = 3_000;
/** Relays are being replaced for a while; after so many tries a newer page was taken back. */
const NEWER_MAX = 20;
/** How often it is looked whether everything asked has been answered, before a relay that stops is left. */
const LEAVE_AGAIN_MS = 50;
/** How long a request waits for the next relay while one moves to it. */
const MOVING_MAX_MS = 5_000;

/** The agent's connection; it opens with the first `wake` and comes back by itself until `close`. */
export function connect(refusals: Refusals): Connection {
  const auth: AgentAuth = { protocol: PROTOCOL };
  const socket = io('/agent', {
    path: '/socket',
    auth,
    withCredentials: true,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: RETRY_MIN_MS,
    reconnectionDelayMax: RECONNECT_MAX_MS,
    forceNew: true,
    // The model listens first, then it wakes the connection: the welcome must not be missed.
    autoConnect: false,
  });
  const status = signal<Status>('connecting');
  let closed = false;
  let wokenAt = 0;
  let again: ReturnType<typeof setTimeout> | undefined;
  let departure: ReturnType<typeof setTimeout> | undefined;
  let knock: ReturnType<typeof setTimeout> | undefined;
  let asking = 0;
  let newer = 0;
  /** While one relay was left and the next has not answered yet. */
  let moving: Promise<void> | null = null;

  const comeBack = (delay: number) => {
    clearTimeout(again);
    again = setTimeout(() => {
      if (!closed && !socket.connected) socket.connect();
    }, delay);
  };

  /** The relay stops soon. What was asked is answered first; should the relay be gone before, the library comes back by itself. */
  const leave = () => {
    if (closed || !socket.connected) return;
    if (asking > 0) {
      departure = setTimeout(leave, LEAVE_AGAIN_MS);
      return;
    }
    moving = new Promise((arrived) => {
      const done = () => {
        clearTimeout(late);
        socket.off('connect', done);
        moving = null;
        if (!socket.connected) status.value = 'lost';
        arrived();
      };
      const late = setTimeout(done, MOVING_MAX_MS);
      socket.on('connect', done);
    });
    socket.disconnect().connect();
  };

  // A line may die before it is let in, and its heartbeat would tell after half a minute.
  socket.io.on('open', () => {
    clearTimeout(knock);
    knock = setTimeout(() => socket.io.engine.close(), LET_IN_WITHIN_MS);
  });
  socket.io.on('close', () => clearTimeout(knock));
  socket.on('connect', () => {
    clearTimeout(knock);
    newer = 0;
    status.value = 'online';
  });
  socket.on('disconnect', (reason) => {
    clearTimeout(departure);
    // One relay for another: there is nothing that a person need know.
    if (!moving) status.value = 'lost';
    // After the relay's own disconnect the library stays away; the next handshake says whether we may come back.
    if (reason === 'io server disconnect') comeBack(Math.random() * RECONNECT_MAX_MS);
  });
  socket.on('connect_error', (error) => {
    if (error.message === 'SIGNED_OUT') return refusals.signedOut();
    if (error.message === 'NEW_PROTOCOL') newer += 1;
    if (error.message === 'OLD_PROTOCOL' || newer > NEWER_MAX) refusals.otherRelease();
    status.value = 'lost';
    // A refused handshake ends the library's own attempts.
    if (!socket.active) comeBack(RETRY_MIN_MS + Math.random() * RECONNECT_MAX_MS);
  });
  socket.on('relay:leaving', (notice: { within: number }) => {
    clearTimeout(departure);
    departure = setTimeout(leave, Math.random() * notice.within);
  });

  return {
    status,
    async ask<Name extends Asked>(
      event: Name,
      request: Request<Name>,
      ...waited: number[]
    ): Promise<Result<Answer<Name>>> {
      // The library would keep the packet and send it later, after the caller was told that it failed.
      if (!socket.connected && moving) await moving;
      if (!socket.connected) return failed('UNAVAILABLE');
      asking += 1;
      try {
        const answer: unknown = await socket.timeout(ACK_TIMEOUT_MS).emitWithAck(event, request, ...waited);
        return answer as Result<Answer<Name>>;
      } catch {
        // A relay that lives answers in time: the line is dead, and the library takes another.
        if (socket.connected) socket.io.engine.close();
        return failed('UNAVAILABLE');
      } finally {
        asking -= 1;
      }
    },
    showTyping(conversation) {
      socket.volatile.emit('typing:show', { conversation });
    },
    on(event, listener) {
      socket.on(event as string, listener);
      return () => socket.off(event as string, listener);
    },
    wake() {
      if (closed || socket.connected) return;
      // While the library waits for its own next attempt it ignores `connect`: begin afresh, but do not cut off each new attempt.
      if (status.value === 'lost' && Date.now() - wokenAt > WAKE_AGAIN_MS) {
        wokenAt = Date.now();
        socket.disconnect();
      }
      // Asked to be let in and not answered yet: the library would ask again, and a relay closes the line on whoever does.
      if (!(socket.active && socket.io._readyState === 'open')) socket.connect();
    },
    close() {
      closed = true;
      clearTimeout(again);
      clearTimeout(departure);
      clearTimeout(knock);
      socket.disconnect();
    },
  };
}
