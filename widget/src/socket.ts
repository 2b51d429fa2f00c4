/** socket.io-client as a chunk of its own. WebSocket alone: the build takes the other transports out of this copy. */
export { Manager } from 'socket.io-client';
