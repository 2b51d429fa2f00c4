/** A bare Socket.IO relay on one of the adapters that may join several: `adapter-relay.js KIND REDIS-PORT`. It keeps nothing. */
import { createServer } from 'node:http';
import { createShardedAdapter } from '@socket.io/redis-adapter';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import type * as addresses from '../../../server/src/cluster/address.ts';
import type * as joining from '../../../server/src/cluster/join.ts';
import { loadServer } from '../../support/root.ts';
import { aLog } from './bench.ts';

const [, , kind, redisPort] = process.argv;
const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });
await join();
const visitors = io.of('/visitor');
const agents = io.of('/agent');

visitors.on('connection', (socket) => {
  socket.on('message:send', (message: { pair: number }, ack: () => void) => {
    agents.to(`pair ${message.pair}`).emit('message:sent', message);
    ack();
  });
});
agents.on('connection', (socket) => void socket.join(`pair ${String(socket.handshake.auth.pair)}`));

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: user + system });
});
process.once('disconnect', () => process.exit(0));
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  if (typeof address === 'object' && address) process.send?.({ port: address.port });
});

async function join(): Promise<void> {
  if (kind === 'streams, ours') {
    const { joinCluster } = await loadServer<typeof joining>('cluster/join.js');
    const { parseRedisUrl } = await loadServer<typeof addresses>('cluster/address.js');
    const address = parseRedisUrl(`redis://127.0.0.1:${redisPort}`);
    if (typeof address === 'string') throw new Error(address);
    joinCluster({ io, address, ca: undefined, log: await aLog() });
  } else if (kind !== 'none') {
    const redis = new Redis(Number(redisPort), '127.0.0.1');
    // Both log nothing and throw nothing of their own: what is lost is counted at the other end.
    redis.on('error', () => undefined);
    process.on('unhandledRejection', () => undefined);
    if (kind === 'streams, as it comes') io.adapter(createAdapter(redis));
    else {
      const subscriber = redis.duplicate();
      subscriber.on('error', () => undefined);
      io.adapter(createShardedAdapter(redis, subscriber));
    }
  }
}
