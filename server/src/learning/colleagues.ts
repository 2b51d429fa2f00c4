import type { Directory, Person } from '../people/directory.ts';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';

/** What the verbs between colleagues are given: the store, the names, and the clock in milliseconds. */
export type Colleagues = {
  readonly db: Db;
  readonly directory: Pick<Directory, 'get' | 'ref'>;
  readonly now: () => number;
};

/** Another active person, by id. UNKNOWN for oneself, for nobody, and for those who have left. */
export function mustBeColleague({ directory }: Colleagues, me: string, id: string): Person {
  const person = directory.get(id);
  if (id === me || !person?.active) throw new RelayError('UNKNOWN');
  return person;
}
