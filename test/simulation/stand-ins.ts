/** Functions of the product that speak SQL, or that the simulation has no part of: put into the bundle in place of their own. */

import type * as Changes from '../../server/src/store/conversation-changes.ts';
import type * as Conversations from '../../server/src/store/conversations.ts';
import type * as Cursors from '../../server/src/store/cursors.ts';
import type * as Customers from '../../server/src/store/customers.ts';
import type * as Log from '../../server/src/store/log.ts';
import type * as Sites from '../../server/src/store/sites.ts';
import type * as Unseen from '../../server/src/store/unseen.ts';
import type * as Visitors from '../../server/src/store/visitors.ts';
import type { StatementName } from './statements.ts';
import type { Handle } from './store.ts';

/** By the file that has them. */
export const STAND_INS: Readonly<Record<string, readonly string[]>> = {
  'server/src/store/log.ts': ['append', 'appendPrepared', 'readPublicLog', 'findEntry'],
  'server/src/store/conversations.ts': [
    ...['readConversation', 'conversationOfVisitor', 'conversationsOfVisitor', 'conversationsOfVisitors'],
  ],
  'server/src/store/conversation-changes.ts': [
    ...['ensureConversation', 'lockConversation', 'changeHands', 'setOffer', 'setPage', 'saveDraft'],
  ],
  'server/src/store/cursors.ts': [
    ...['advanceVisitorRead', 'advanceAgentRead', 'advanceOwnRead', 'readHeads'],
    ...['advanceVisitorDelivered', 'advanceAgentDelivered'],
  ],
  'server/src/store/visitors.ts': ['ensureVisitor'],
  'server/src/store/customers.ts': ['visitorByHash', 'readBlocked'],
  'server/src/store/unseen.ts': ['firstHashOf'],
  'server/src/store/asking.ts': ['hasSaidBefore'],
  'server/src/store/call-backs.ts': ['openCallBack'],
  'server/src/store/sites.ts': ['siteRowByKey'],
  'server/src/people/sessions.ts': ['stillValid'],
  'server/src/sockets/readers.ts': ['watchReaders'],
  'server/src/learning/coaching.ts': ['showNotes'],
  'server/src/desk/unlogged.ts': ['lookForUnlogged'],
  'server/src/desk/work.ts': ['tellWork'],
};

const ask = <Value>(db: unknown, name: StatementName, ...args: readonly unknown[]): Promise<Value> =>
  (db as Handle).ask(name, args) as Promise<Value>;

export const append: typeof Log.append = (db, rows) => ask(db, 'append', rows);
export const appendPrepared: typeof Log.appendPrepared = (pool, rows) => ask(pool, 'append', rows);
export const readPublicLog: typeof Log.readPublicLog = (db, id, range) => ask(db, 'readPublicLog', id, range);
export const findEntry: typeof Log.findEntry = (db, key) => ask(db, 'findEntry', key);

export const readConversation: typeof Conversations.readConversation = (db, id) =>
  ask(db, 'readConversation', id);
export const conversationOfVisitor: typeof Conversations.conversationOfVisitor = (
  db,
  { visitor, clientId },
) => ask(db, 'conversationOfVisitor', visitor, clientId);
export const conversationsOfVisitor: typeof Conversations.conversationsOfVisitor = (db, { visitor, limit }) =>
  ask(db, 'conversationsOfVisitors', [visitor], limit);
export const conversationsOfVisitors: typeof Conversations.conversationsOfVisitors = (db, visitors, limit) =>
  ask(db, 'conversationsOfVisitors', visitors, limit);
export const ensureConversation: typeof Changes.ensureConversation = (db, made) =>
  ask(db, 'ensureConversation', made);
export const lockConversation: typeof Changes.lockConversation = (db, id) => ask(db, 'lockConversation', id);
export const changeHands: typeof Changes.changeHands = (db, id, change) => ask(db, 'changeHands', id, change);
export const advanceVisitorRead: typeof Cursors.advanceVisitorRead = (db, id, publicSeq) =>
  ask(db, 'advanceVisitorRead', id, publicSeq);
export const advanceAgentRead: typeof Cursors.advanceAgentRead = (db, at) => ask(db, 'advanceAgentRead', at);
export const advanceOwnRead: typeof Cursors.advanceOwnRead = (db) => ask(db, 'nothing');
export const advanceVisitorDelivered: typeof Cursors.advanceVisitorDelivered = (db, id, publicSeq) =>
  ask(db, 'advanceVisitorDelivered', id, publicSeq);
export const advanceAgentDelivered: typeof Cursors.advanceAgentDelivered = (db, at) =>
  ask(db, 'advanceAgentDelivered', at);
export const setOffer: typeof Changes.setOffer = (db) => ask(db, 'nothing');
export const setPage: typeof Changes.setPage = (db) => ask(db, 'nothing');
export const saveDraft: typeof Changes.saveDraft = (db) => ask(db, 'nothing');
export const readHeads: typeof Cursors.readHeads = async () => [];

export const ensureVisitor: typeof Visitors.ensureVisitor = (db, { tokenHash, site }) =>
  ask(db, 'ensureVisitor', { token: tokenHash.toString('hex'), site });
export const visitorByHash: typeof Customers.visitorByHash = async (db, { tokenHash }) => {
  const row = await ask<{ id: string } | undefined>(db, 'visitorByHash', tokenHash.toString('hex'));
  return (
    row && ({ ...row, blockedAt: null, customer: null, customerName: null, customerAlly: null } as never)
  );
};
export const readBlocked: typeof Customers.readBlocked = async () => [];
export const siteRowByKey: typeof Sites.siteRowByKey = async (_, key) =>
  ({ id: key, key, name: 'Shop', hosts: [], demo: false }) as never;
export const stillValid = async (): Promise<ReadonlySet<string>> => new Set();

export const watchReaders = (): { stop(): void } => ({ stop: () => undefined });
export const showNotes = async (): Promise<string[]> => [];
export const lookForUnlogged = async (): Promise<string[]> => [];
export const tellWork = async (): Promise<void> => undefined;

/** Nobody comes by a link of a mail. */
export const firstHashOf: typeof Unseen.firstHashOf = async () => undefined;

/** Nobody has chosen when to be called back. */
export const openCallBack = async (): Promise<undefined> => undefined;

/** Nobody begins with a file. */
export const hasSaidBefore = async (): Promise<boolean> => false;
