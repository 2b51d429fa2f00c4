/** The product's own code that is simulated: the visitor's chat, and the relay from a socket's event down to the store. Bundled by load.ts. */
export { createAnnounce } from '../../server/src/desk/announce.ts';
export { type Floor, sendFromAgent, sendNote } from '../../server/src/desk/conversations.ts';
export { createGroupCommit } from '../../server/src/desk/group-commit.ts';
export { readByAgent } from '../../server/src/desk/marks.ts';
export { closeConversation, takeConversation } from '../../server/src/desk/transfers.ts';
export { NO_METRICS } from '../../server/src/metrics/metrics.ts';
export { serveVisitors } from '../../server/src/sockets/visitor.ts';
export { watchSockets } from '../../server/src/sockets/watch.ts';
export { createChat } from '../../widget/src/chat.ts';
