/**
 * `@fullname/widget`: safe to import and to call on a server, where nothing happens. docs/install.md has examples. Files here
 * name each other as they are published, since declarations keep the names.
 */
export {
  type ChatEvents,
  type ChatHandle,
  type ChatLocale,
  type ChatOptions,
  type ChatState,
  createChat,
  type Identity,
  type Labels,
  type Plain,
  type Proof,
} from './chat.js';
