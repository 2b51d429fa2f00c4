/** One-time links: set-up of the first owner, invitation, new password, sign-in. The store keeps only their hashes. */
import type { AcceptLink, LinkInfo } from '@fullname/shared/api';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import {
  deleteLinksOf,
  hasActiveOwner,
  insertLink,
  insertPerson,
  type LinkRow,
  lockFirstUse,
  openLink,
  type PersonRow,
  type PersonValues,
  personById,
  updatePerson,
  useLink,
} from '../store/people.ts';
import { orEmailTaken, readEmail } from './email.ts';
import { readName } from './names.ts';
import { hashPassword } from './passwords.ts';
import { hashToken, newToken } from './secrets.ts';
import { endSessionsOf } from './sessions.ts';

const DAY = 24 * 60 * 60;
const LIFE_SECONDS = { setup: DAY, 'sign-in': DAY, invite: 7 * DAY, reset: DAY } as const;

/** The address to hand out. The token stands in the fragment, so that no server's log and no `Referer` has it. */
export function linkAddress(consoleOrigin: string, token: string): string {
  return `${consoleOrigin}/console/#link=${token}`;
}

/** A link for a person; earlier ones of its kind end. Returns the token. */
export async function createLink(
  db: Db,
  link: { readonly kind: 'sign-in' | 'invite' | 'reset'; readonly person: string },
): Promise<string> {
  const token = newToken();
  await deleteLinksOf(db, link.person, [link.kind]);
  await insertLink(db, { ...link, hash: hashToken(token), lifeSeconds: LIFE_SECONDS[link.kind] });
  return token;
}

/** The link that makes the first owner, or null when there is an owner already. An earlier one ends. */
export async function setupLink(db: Db): Promise<string | null> {
  if (await hasActiveOwner(db)) return null;
  const token = newToken();
  await deleteLinksOf(db, null, ['setup']);
  await insertLink(db, {
    kind: 'setup',
    person: null,
    hash: hashToken(token),
    lifeSeconds: LIFE_SECONDS.setup,
  });
  return token;
}

/** What a link is for. Reading it does not use it. Throws LINK_USED. */
export async function linkInfo(db: Db, token: string): Promise<LinkInfo> {
  const { link, person } = await readLink(db, token);
  return {
    kind: link.kind,
    email: person?.email ?? null,
    given: person?.given ?? null,
    family: person?.family ?? null,
  };
}

/** Uses a sign-in link; returns whose it was. Throws LINK_USED. */
export async function signInByLink(db: Db, token: string): Promise<string> {
  return db.transaction(async (tx) => {
    const { link, person } = await readLink(tx, token);
    if (link.kind !== 'sign-in' || !person) throw new RelayError('LINK_USED');
    await useUp(tx, link);
    return person.id;
  });
}

/**
 * Uses a set-up, invitation or reset link: records name and password, returns the person's id. What is refused leaves the
 * link as it was. Throws LINK_USED, FULL_NAME, BAD_EMAIL, EMAIL_TAKEN, WEAK_PASSWORD, FORBIDDEN.
 */
export async function acceptLink(db: Db, token: string, accept: AcceptLink): Promise<string> {
  const { link, person } = await readLink(db, token);
  if (link.kind === 'sign-in') throw new RelayError('LINK_USED');
  if (!person) return setUp(db, link, accept);
  // Hashed before the transaction: the rows are not to be held while the processor works.
  const passwordHash = await hashPassword(accept.password, [person.email, person.fullName]);
  const name = link.kind === 'invite' ? ownName(person, accept) : {};
  await db.transaction(async (tx) => {
    await useUp(tx, link);
    await updatePerson(tx, person.id, { ...name, passwordHash });
    await deleteLinksOf(tx, person.id, ['invite', 'reset']);
  });
  await endSessionsOf(db, person.id);
  return person.id;
}

async function setUp(db: Db, link: LinkRow, accept: AcceptLink): Promise<string> {
  const name = readName({ given: accept.given ?? '', family: accept.family ?? '' });
  const email = readEmail(accept.email ?? '');
  const passwordHash = await hashPassword(accept.password, [email, name.fullName]);
  return db.transaction(async (tx) => {
    await lockFirstUse(tx);
    await useUp(tx, link);
    if (await hasActiveOwner(tx)) throw new RelayError('LINK_USED');
    const owner = await orEmailTaken(() => insertPerson(tx, { ...name, email, passwordHash, role: 'owner' }));
    return owner.id;
  });
}

/** Who is invited may correct their name, but not one that an owner has approved. */
function ownName(person: PersonRow, accept: AcceptLink): Partial<PersonValues> {
  const { given = person.given, family = person.family } = accept;
  const name = readName({ given, family });
  const same = name.given === person.given && name.family === person.family;
  if (!same && person.nameKind === 'professional') throw new RelayError('FORBIDDEN');
  return name;
}

async function readLink(
  db: Db,
  token: string,
): Promise<{ readonly link: LinkRow; readonly person: PersonRow | null }> {
  const link = /^[0-9a-f]{64}$/.test(token) ? await openLink(db, hashToken(token)) : undefined;
  if (!link) throw new RelayError('LINK_USED');
  if (link.person === null) return { link, person: null };
  const person = await personById(db, link.person);
  if (!person?.active) throw new RelayError('LINK_USED');
  return { link, person };
}

async function useUp(tx: Db, link: LinkRow): Promise<void> {
  if (!(await useLink(tx, link.hash))) throw new RelayError('LINK_USED');
}
