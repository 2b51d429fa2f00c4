/** The same client whole, with long-polling: loaded only where WebSocket has failed, because some networks block it. */
export { Manager } from 'socket.io-client';
