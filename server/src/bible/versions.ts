/** Versions of the book: what was accepted becomes what everybody reads, all at once, and each person says that they have read it. */
import type { PhraseBody, Version, VersionChange } from '@fullname/shared/book';
import type { RuleBody } from '@fullname/shared/reader/rule';
import { RelayError } from '../relay-error.ts';
import {
  type ChangeRow,
  insertVersion,
  markPublished,
  readAccepted,
  readBookNumbers,
} from '../store/bible.ts';
import { readVersions, type VersionRow, writeAcknowledged } from '../store/bible-versions.ts';
import type { Db } from '../store/db.ts';
import { iso } from '../store/log.ts';
import { addPhrases, retirePhrases, updatePhrase } from '../store/phrases.ts';
import { addRules, retireRules, updateRule } from '../store/rules.ts';
import { type BookAuthor, contentOf, refOf, type Written, writeBook } from './book.ts';
import { checkContent, readEntry, sameBody, sameText } from './entries.ts';
import { tidy } from './phrases.ts';
import { Turns } from './turns.ts';

const NOTE_MAX_LENGTH = 1_000;
const VERSIONS_MAX = 200;

/** Versions after a number, the newest first, at most 200. Who acknowledged them is counted, and said of nobody. */
export async function listVersions(db: Db, after = 0): Promise<Version[]> {
  return (await readVersions(db, { after, limit: VERSIONS_MAX })).map(toVersion);
}

/**
 * Publishes everything that is accepted, as one version. Each rule's examples are run once more: EXAMPLES_FAIL or
 * BAD_PATTERN publishes nothing. NOTHING_TO_PUBLISH when nothing is accepted, also for the second of two owners at once.
 */
export async function publishVersion(
  db: Db,
  { note }: { readonly note: string },
  owner: BookAuthor,
): Promise<Written<Version>> {
  const words = note.trim() === '' ? '' : tidy(note, NOTE_MAX_LENGTH);
  // Many rules have many examples: they are tried before the book is held, and only what is new since then while it is.
  const checked = await checkAll(await readAccepted(db, owner.id), new Set());
  return writeBook(db, async (tx) => {
    const accepted = await readAccepted(tx, owner.id);
    if (accepted.length === 0) throw new RelayError('NOTHING_TO_PUBLISH');
    await checkAll(accepted, checked);
    const version = await publish(tx, accepted, { by: owner.id, note: words });
    const [row] = await readVersions(tx, { after: version - 1, limit: 1 });
    if (!row) throw new Error('the version was not stored');
    return { value: toVersion(row), changed: true };
  });
}

/** Checks words and examples, but for those that were checked before; gives all that were. */
async function checkAll(changes: readonly ChangeRow[], before: ReadonlySet<string>): Promise<Set<string>> {
  const checked = new Set(before);
  const turns = new Turns();
  for (const change of changes) {
    const body = sameText(change.body);
    if (checked.has(body)) continue;
    await checkContent(contentOf(change));
    checked.add(body);
    await turns.giveWay();
  }
  return checked;
}

/**
 * Publishes these changes, which were checked, as one version, in a transaction that holds the book; gives its number.
 * CONFLICT when an entry is not as the change's author saw it: nothing is published then, and nothing is lost.
 */
export async function publish(
  tx: Db,
  changes: readonly ChangeRow[],
  version: { readonly by: string; readonly note: string },
): Promise<number> {
  for (const change of changes) if (change.target !== null) await requireUntouched(tx, change, change.target);
  const number = await insertVersion(tx, version);
  const ids = changes.map((change) => change.id);
  await addPhrases(tx, ids);
  await addRules(tx, ids);
  for (const change of changes) await changeEntry(tx, change);
  await retirePhrases(tx, ids);
  await retireRules(tx, ids);
  await markPublished(tx, ids, { version: number, by: version.by });
  return number;
}

async function requireUntouched(tx: Db, change: ChangeRow, target: string): Promise<void> {
  const now = await readEntry(tx, change.kind, target);
  if (now === null || !sameBody(now, change.before)) throw new RelayError('CONFLICT');
}

async function changeEntry(tx: Db, change: ChangeRow): Promise<void> {
  const { kind, target, body } = contentOf(change);
  if (target === null || body === null) return;
  if (kind === 'phrase') await updatePhrase(tx, target, body);
  else await updateRule(tx, target, { body, anew: findsOtherwise(body, change.before as RuleBody) });
}

/** Other words are found, or elsewhere: then dismissals of before say nothing about it. */
function findsOtherwise(body: RuleBody, before: RuleBody): boolean {
  const found = ({ title: _, reason: __, mustFire: ___, mustNotFire: ____, ...rest }: RuleBody) => rest;
  return !sameBody(found(body) as RuleBody, found(before) as RuleBody);
}

/** This person has read the book up to this version; never backwards. UNKNOWN for a version that is not there. */
export async function acknowledgeVersion(db: Db, version: number, me: Pick<BookAuthor, 'id'>): Promise<void> {
  const now = await readBookNumbers(db);
  if (version < 1 || version > now.version) throw new RelayError('UNKNOWN');
  await writeAcknowledged(db, me.id, version);
}

function toVersion(row: VersionRow): Version {
  return {
    version: row.version,
    at: iso(row.at),
    by: refOf(row.by, row.byName),
    note: row.note,
    changes: row.changes.map(toVersionChange),
    acknowledged: { by: row.acknowledgedBy, of: row.askedOf },
  };
}

function toVersionChange({ kind, body, before }: VersionRow['changes'][number]): VersionChange {
  if (kind === 'phrase')
    return { kind, before: before as PhraseBody | null, after: body as PhraseBody | null };
  return { kind, before: before as RuleBody | null, after: body as RuleBody | null };
}
