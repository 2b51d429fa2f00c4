/** What every verb of the desk is given: the store, the commit, the one emitter, the names, who is here. */
import type { PersonRef } from '@fullname/shared/model';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Directory } from '../people/directory.ts';
import type { Db } from '../store/db.ts';
import type { Announce } from './announce.ts';
import type { GroupCommit } from './group-commit.ts';
import type { Presence } from './presence.ts';

export type Desk = {
  readonly db: Db;
  readonly commit: GroupCommit;
  readonly announce: Announce;
  readonly directory: Directory;
  readonly presence: Presence;
  readonly log: Logger;
  readonly metrics: Metrics;
};

/** An agent who asks, as the session says. */
export type Me = PersonRef & { readonly role: 'owner' | 'agent' | 'back-office' };

/** A visitor who asks: known by token only. */
export type Caller = { readonly visitor: string; readonly site: string };
