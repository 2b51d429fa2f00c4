/** The chunk that follows the first drawing: everything that stores or connects. */
export { createChat } from './chat.ts';
export { openKept } from './storage/open.ts';
