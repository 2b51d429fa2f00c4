/** Those who answer: people with full names. Nobody gets in here, and nobody is renamed, without one. */
import type { Member, MemberChange, NewMember } from '@fullname/shared/api';
import type { NameKind } from '@fullname/shared/full-name';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import {
  deleteLinksOf,
  insertPerson,
  lockActiveOwners,
  type PersonRow,
  type PersonValues,
  personById,
  updatePerson,
} from '../store/people.ts';
import { type Person, withoutPassword } from './directory.ts';
import { orEmailTaken, readEmail } from './email.ts';
import { leave } from './leaving.ts';
import { createLink } from './links.ts';
import { readName, readTitle } from './names.ts';
import { endSessionsOf } from './sessions.ts';

/** Creates a person and the link by which they join. Owners only. Throws FORBIDDEN, FULL_NAME, BAD_EMAIL, EMAIL_TAKEN. */
export async function inviteMember(
  db: Db,
  draft: NewMember,
  by: Person,
): Promise<{ readonly person: Person; readonly token: string }> {
  mustOwn(by);
  const values: PersonValues = {
    ...readName(draft),
    ...nameStanding(draft.nameKind ?? 'legal', by),
    title: readTitle(draft.title),
    email: readEmail(draft.email),
    role: draft.role,
  };
  return db.transaction(async (tx) => {
    const row = await orEmailTaken(() => insertPerson(tx, values));
    return {
      person: withoutPassword(row),
      token: await createLink(tx, { kind: 'invite', person: row.id }),
    };
  });
}

type Changed = {
  readonly person: Person;
  /** They are no longer one of us. */
  readonly ended: boolean;
  /** They may no longer answer: what they hold is to be released. */
  readonly silent: boolean;
  /** Whose work has become more by what hung on this person. */
  readonly tookOver: readonly string[];
};

/**
 * Changes a person. Owners may change everything, others their own name and title. Who may no longer answer hands
 * everything over to a named successor (SUCCESSOR without one, where anything hangs on them; UNKNOWN for one who may not
 * answer). An owner who has to lock somebody out at once names themself: nobody's wait for a successor keeps a door open.
 * Throws FORBIDDEN, UNKNOWN, FULL_NAME, LAST_OWNER, SUCCESSOR, INVALID_PAYLOAD. `now` in milliseconds.
 */
export async function changeMember(
  db: Db,
  {
    id,
    change,
    now = Date.now(),
  }: { readonly id: string; readonly change: MemberChange; readonly now?: number },
  by: Person,
): Promise<Changed> {
  mayChange(id, change, by);
  const { before, after, tookOver } = await db.transaction(async (tx) => {
    const owners = await lockActiveOwners(tx);
    const row = await personById(tx, id);
    if (!row) throw new RelayError('UNKNOWN');
    keepAnOwner(row, change, owners);
    const { successor } = change;
    if (!stepsBack(row, change) && successor !== undefined) throw new RelayError('INVALID_PAYLOAD');
    const changed = await updatePerson(tx, id, { ...readChange(row, change, by) });
    if (change.active === false) await deleteLinksOf(tx, id, ['invite', 'reset', 'sign-in']);
    const tookOver = stepsBack(row, change) ? await leave(tx, { from: id, successor, by: by.id, now }) : [];
    return { before: row, after: changed ?? row, tookOver };
  });
  const deactivated = before.active && !after.active;
  if (deactivated) await endSessionsOf(db, id);
  const mayAnswer = (row: PersonRow) => row.active && row.role !== 'back-office';
  return {
    person: withoutPassword(after),
    ended: deactivated,
    silent: mayAnswer(before) && !mayAnswer(after),
    tookOver,
  };
}

/** A link with which a person sets a new password; an invitation that was not accepted is made anew. Owners only. */
export async function resetMember(db: Db, id: string, by: Person): Promise<string> {
  mustOwn(by);
  const row = await personById(db, id);
  if (!row?.active) throw new RelayError('UNKNOWN');
  return createLink(db, { kind: withoutPassword(row).joined ? 'reset' : 'invite', person: id });
}

/** The person as the console knows them now. Throws UNKNOWN. */
export async function memberById(db: Db, id: string): Promise<Member> {
  const row = await personById(db, id);
  if (!row) throw new RelayError('UNKNOWN');
  return memberOf(withoutPassword(row));
}

/** The person as an owner knows them: with what they may give, and how much they can hold. */
export function memberForOwner(person: Person): Member {
  return { ...memberOf(person), goodwillBudget: person.goodwillBudget, capacity: person.capacity };
}

/** The person as the console knows them. */
export function memberOf(person: Person): Member {
  const { id, given, family, fullName, nameKind, nameApprovedBy, title, email, role, active, joined, demo } =
    person;
  return {
    id,
    given,
    family,
    fullName,
    nameKind,
    nameApprovedBy,
    title,
    email,
    role,
    active,
    joined,
    demo,
  };
}

function mustOwn(by: Person): void {
  if (by.role !== 'owner') throw new RelayError('FORBIDDEN');
}

function mayChange(id: string, change: MemberChange, by: Person): void {
  if (by.role === 'owner') return;
  const ownersAlone =
    change.role !== undefined ||
    change.active !== undefined ||
    change.goodwillBudget !== undefined ||
    change.capacity !== undefined;
  if (id !== by.id || ownersAlone || change.nameKind === 'professional') throw new RelayError('FORBIDDEN');
}

/** Away from the desk, by this change or, repeated, by an earlier one. */
function stepsBack(row: PersonRow, change: MemberChange): boolean {
  return change.active === false || (change.role === 'back-office' && row.role !== 'back-office');
}

function readChange(row: PersonRow, change: MemberChange, by: Person): Partial<PersonValues> {
  return {
    ...readRename(row, change, by),
    ...(change.title !== undefined && { title: readTitle(change.title) }),
    ...(change.role !== undefined && { role: change.role }),
    ...(change.active !== undefined && { active: change.active }),
    ...(change.goodwillBudget !== undefined && { goodwillBudget: change.goodwillBudget }),
    ...(change.capacity !== undefined && { capacity: change.capacity }),
  };
}

/** An approval was for the name it was given to: another professional name needs an owner again. */
function readRename(row: PersonRow, change: MemberChange, by: Person): Partial<PersonValues> {
  const { given = row.given, family = row.family, nameKind = row.nameKind } = change;
  const name = readName({ given, family });
  const same = name.given === row.given && name.family === row.family && nameKind === row.nameKind;
  return same ? {} : { ...name, ...nameStanding(nameKind, by) };
}

function nameStanding(nameKind: NameKind, by: Person): { nameKind: NameKind; nameApprovedBy: string | null } {
  if (nameKind === 'professional') mustOwn(by);
  return { nameKind, nameApprovedBy: nameKind === 'professional' ? by.id : null };
}

function keepAnOwner(row: PersonRow, change: MemberChange, owners: readonly string[]): void {
  const stepsDown = change.active === false || (change.role !== undefined && change.role !== 'owner');
  if (stepsDown && owners.length === 1 && owners[0] === row.id) throw new RelayError('LAST_OWNER');
}
