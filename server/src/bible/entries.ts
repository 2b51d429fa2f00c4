/** Entries of the book, phrases and rules alike: checked before they are stored, and compared with what is there. */
import type { ChangeContent, PhraseBody } from '@fullname/shared/book';
import type { RuleBody } from '@fullname/shared/reader/rule';
import { RelayError } from '../relay-error.ts';
import { countPending } from '../store/bible.ts';
import type { Db } from '../store/db.ts';
import { readPhrase } from '../store/phrases.ts';
import { readRule } from '../store/rules.ts';
import { phraseBody, toPhraseBody } from './phrases.ts';
import { ruleBody } from './rules.ts';

/** A change as it is stored; the errors of phraseBody and ruleBody, INVALID_PAYLOAD when it neither adds nor takes out. */
export async function checkContent({ kind, target, body }: ChangeContent): Promise<ChangeContent> {
  if (body === null && target === null) throw new RelayError('INVALID_PAYLOAD');
  if (kind === 'phrase') return { kind, target, body: body && phraseBody(body) };
  return { kind, target, body: body && (await ruleBody(body)) };
}

/** Every console holds all that waits: proposals beyond this many are for later. */
export const PENDING_MAX = 3_000;

/** TOO_MANY when so many more proposals would be too many to wait at once. */
export async function requireRoom(tx: Db, more: number): Promise<void> {
  if (more > 0 && (await countPending(tx)) + more > PENDING_MAX) throw new RelayError('TOO_MANY');
}

/** A published entry as it stands; null when it is not there, or was taken out. */
export async function readEntry(
  db: Db,
  kind: ChangeContent['kind'],
  id: string,
): Promise<PhraseBody | RuleBody | null> {
  if (kind === 'rule') return (await readRule(db, id))?.body ?? null;
  const row = await readPhrase(db, id);
  return row ? toPhraseBody(row) : null;
}

type Body = PhraseBody | RuleBody | null;

/** The same words, whatever the order of the fields: PostgreSQL keeps none. */
export function sameBody(one: Body, other: Body): boolean {
  return sameText(one) === sameText(other);
}

/** A text that is the same for the same entry. */
export function sameText(value: Body): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
