/**
 * What one turn of the event loop has for a connection leaves in one system call. Engine.IO writes each packet by itself, as it comes; but
 * a commit is acknowledged to many at once, and often several of its messages are for one browser.
 */
import type { Server, Socket } from 'socket.io';
import { webSocketOf } from './readers.ts';

type Engine = Server['engine'];
type Connection = Socket['conn'];

/** What of Engine.IO's socket is private in its types. */
type Inner = Pick<Connection, 'readyState' | 'transport'> & {
  flush(): void;
  readonly writeBuffer: readonly unknown[];
};

/** Holds for every connection of the engine from now on. */
export function writeTogether(engine: Engine): void {
  let due = new Set<Inner>();

  const flushAll = (): void => {
    const all = due;
    due = new Set();
    for (const connection of all) flushAtOnce(connection);
  };

  // One function for all connections, which thousands of idle ones share.
  function flushSoon(this: Inner): void {
    // What a closing connection still has to say stands before its end.
    if (this.readyState !== 'open') {
      ownFlush(this);
      return;
    }
    // When what is on its way has left, the transport asks again.
    if (this.writeBuffer.length === 0 || !this.transport.writable) return;
    due.add(this);
    if (due.size === 1) process.nextTick(flushAll);
  }

  engine.on('connection', (connection: Connection) => {
    (connection as unknown as Inner).flush = flushSoon;
  });
}

function flushAtOnce(connection: Inner): void {
  const tcp = webSocketOf(connection)?._socket;
  tcp?.cork();
  ownFlush(connection);
  tcp?.uncork();
}

/** Engine.IO's. */
function ownFlush(connection: Inner): void {
  (Object.getPrototypeOf(connection) as Inner).flush.call(connection);
}
