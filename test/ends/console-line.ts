/** Stands in for `socket.io-client` in the console alone: `io` of the page that is being opened. */
import type { Manager, ManagerOptions, Socket, SocketOptions } from 'socket.io-client';

type Options = Partial<ManagerOptions & SocketOptions>;
let pageManager: typeof Manager | null = null;

/** Opens something that calls `io` at once, as the page with this class of connections. */
export function asPage<Value>(manager: typeof Manager, open: () => Value): Value {
  pageManager = manager;
  try {
    return open();
  } finally {
    pageManager = null;
  }
}

export function io(namespace: string, { auth, ...options }: Options): Socket {
  if (!pageManager) throw new Error('io is called outside of a page');
  return new pageManager('', options).socket(namespace, auth === undefined ? {} : { auth });
}
