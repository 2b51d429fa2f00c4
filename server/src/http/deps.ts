import type { Router } from 'express';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import type { Directory } from '../people/directory.ts';
import type { Database } from '../store/database.ts';
import type { Origins } from './hosts.ts';

/** What the HTTP side is given. */
export type HttpDeps = {
  readonly config: Pick<Config, 'production' | 'trustProxy'>;
  /** Asked at each request: with PORT 0 they are known only once the relay listens. */
  readonly origins: () => Origins;
  readonly database: Pick<Database, 'db' | 'ready'>;
  readonly directory: Directory;
  readonly log: Logger;
  readonly isDraining: () => boolean;
  /** The directory is fresh; whoever names people may be told. */
  readonly onPeopleChanged: () => void;
  /** A person may no longer answer; what they hold is to be released. Their sessions have ended. */
  readonly onPersonEnded: (person: string) => void | Promise<void>;
  readonly onBookChanged: (version: number) => void;
  readonly demo?: { readonly shop: Router; readonly remove: () => Promise<unknown> };
};
