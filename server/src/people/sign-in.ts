/** Sign-in with e-mail and password, and the change of the password. */
import type { SignIn } from '@fullname/shared/api';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { deleteLinksOf, personByEmail, personById, updatePerson } from '../store/people.ts';
import { isEmail } from './email.ts';
import { hashPassword, passwordMatches } from './passwords.ts';
import { endSessionsOf, type Session } from './sessions.ts';

/** The id of the person who may sign in. Unknown, wrong, not joined and inactive are one answer: WRONG_PASSWORD. */
export async function checkSignIn(db: Db, { email, password }: SignIn): Promise<string> {
  const address = email.trim();
  const person = isEmail(address) ? await personByEmail(db, address) : undefined;
  const matches = await passwordMatches(person?.passwordHash, password);
  if (!matches || !person?.active) throw new RelayError('WRONG_PASSWORD');
  return person.id;
}

/** Sets a new password and ends the person's other sessions and open reset links. Throws WRONG_PASSWORD, WEAK_PASSWORD. */
export async function changePassword(
  db: Db,
  session: Session,
  { current, next }: { readonly current: string; readonly next: string },
): Promise<void> {
  const { id, email, fullName } = session.person;
  const person = await personById(db, id);
  if (!(await passwordMatches(person?.passwordHash, current))) throw new RelayError('WRONG_PASSWORD');
  const passwordHash = await hashPassword(next, [email, fullName]);
  await db.transaction(async (tx) => {
    await updatePerson(tx, id, { passwordHash });
    await deleteLinksOf(tx, id, ['reset', 'sign-in']);
  });
  await endSessionsOf(db, id, session.hash);
}
