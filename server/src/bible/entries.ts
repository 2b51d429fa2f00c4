/** Entries of the book, phrases and rules alike: checked before they are stored, and compared with what is there. */
import { createHash } from 'node:crypto';
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

/** Every console holds all that waits: proposals beyond these are for later. One rule at every bound is a quarter of a million bytes. */
export const PENDING_MAX = { count: 3_000, bytes: 8_388_608 } as const;

/** Can these wait beside all that waits already, or in the place of so many of those? */
export async function hasRoom(tx: Db, bodies: readonly Body[], replaced = 0): Promise<boolean> {
  if (bodies.length === 0) return true;
  const { count, bytes } = await countPending(tx);
  const more = bodies.reduce((sum, body) => sum + Buffer.byteLength(JSON.stringify(body)), 0);
  return count + bodies.length - replaced <= PENDING_MAX.count && bytes + more <= PENDING_MAX.bytes;
}

/** TOO_MANY when they can not. */
export async function requireRoom(tx: Db, bodies: readonly Body[], replaced = 0): Promise<void> {
  if (!(await hasRoom(tx, bodies, replaced))) throw new RelayError('TOO_MANY');
}

/** The id of a proposal that comes of something else: the same whenever that comes again, so that nothing is proposed twice. */
export function idFor(source: string): string {
  const hex = createHash('sha256').update(source).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
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
