import type { Router } from 'express';
import type { Config } from '../config.ts';
import type { Floor } from '../desk/conversations.ts';
import type { Logger } from '../log.ts';
import type { Stops } from '../mail/stops.ts';
import type { Directory } from '../people/directory.ts';
import type { sessionOf } from '../people/sessions.ts';
import type { ServiceRules } from '../push/services.ts';
import type { Health } from './health.ts';
import type { Origins } from './hosts.ts';
import type { Limits } from './limits.ts';

/** The database as the domains take it. Routes ask it nothing themselves, but whether it is ready. */
type Database = { readonly db: Parameters<typeof sessionOf>[0] } & Health['database'];

/** What the HTTP side is given. */
export type HttpDeps = {
  readonly config: Pick<Config, 'production' | 'trustProxy' | 'mail'>;
  /** Asked at each request: with PORT 0 they are known only once the relay listens. */
  readonly origins: () => Origins;
  readonly database: Database;
  readonly directory: Directory;
  /** What the verbs of the desk are given. */
  readonly floor: Floor;
  readonly limits: Limits;
  /** Who wants no more mail about replies. */
  readonly stops: Stops;
  /** The relay's public key for push services, and which of those browsers may name. */
  readonly push: { readonly key: string; readonly services: ServiceRules };
  readonly log: Logger;
  readonly isDraining: () => boolean;
  readonly redis: Health['redis'];
  /** The directory is fresh; whoever names people may be told. */
  readonly onPeopleChanged: () => void;
  /** A person is no longer one of us. Their sessions have ended. */
  readonly onPersonEnded: (person: string) => void;
  /** A person may no longer answer; what they hold is to be released. */
  readonly onPersonSilent: (person: string) => Promise<void>;
  readonly onBookChanged: (now: { readonly version: number; readonly revision: number }) => void;
  /** Records of customers were merged, parted or added to. */
  readonly onCustomersChanged: (customers: readonly string[]) => Promise<void>;
  readonly demo?: { readonly shop: Router; readonly remove: () => Promise<unknown> };
};
