/**
 * The floor: a bare Socket.IO relay. It keeps nothing, checks nothing and knows nobody; it hands a visitor's message to
 * the agent's room and acknowledges it, in the events and packets that the real relay uses.
 */
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { path: '/socket', transports: ['websocket'], serveClient: false });
const visitors = io.of('/visitor');
const agents = io.of('/agent');
let seq = 0;

visitors.on('connection', (socket) => {
  forgetRequest(socket);
  const pair = String(socket.handshake.auth.pair);
  void socket.join(`visitor ${pair}`);
  socket.on('message:send', (message: { id: string; text: string }, ack: (answer: unknown) => void) => {
    seq += 1;
    const entry = { ...message, seq, at: new Date().toISOString() };
    agents.to(pair).emit('message:sent', entry);
    ack({ ok: true, value: entry });
  });
});

agents.on('connection', (socket) => {
  forgetRequest(socket);
  for (const pair of socket.handshake.auth.pairs as number[]) void socket.join(String(pair));
});

/** The tip of Socket.IO's documentation, which the real relay follows as well. */
function forgetRequest({ conn }: { conn: unknown }): void {
  (conn as { request: unknown }).request = null;
}

http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  if (typeof address === 'object' && address) process.send?.({ port: address.port });
});
process.once('disconnect', () => process.exit(0));
