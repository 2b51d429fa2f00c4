/** How the book changes: anybody proposes, colleagues comment and vote, an owner decides. versions.ts publishes. */
import type { Change, ChangeContent, ChangeDraft, Decision, PhraseBody } from '@fullname/shared/book';
import type { RuleBody } from '@fullname/shared/reader/rule';
import { RelayError } from '../relay-error.ts';
import {
  type ChangeRow,
  forgetVotes,
  insertChange,
  insertComment,
  readAcceptedOn,
  readChange,
  readComment,
  updateChange,
  writeVote,
} from '../store/bible.ts';
import type { Db } from '../store/db.ts';
import { type BookAuthor, contentOf, toChange, type Written, writeBook } from './book.ts';
import { checkContent, readEntry, requireRoom, sameBody } from './entries.ts';
import { tidy } from './phrases.ts';
import { publish } from './versions.ts';

const EXAMPLE_MAX_LENGTH = 1_000;
const WORDS_MAX_LENGTH = 1_000;
const COMMENTS_MAX = 200;

/**
 * Proposes a change under the client's id; a retry gets the change as it stands, an id that was used for something else is a
 * CONFLICT. `decide` counts for owners only: accepted for the next version, or published alone and at once. UNKNOWN when
 * the entry it changes is not there; the errors of phraseBody and ruleBody; CONFLICT as in `decideChange`; TOO_MANY while too many wait.
 */
export async function proposeChange(db: Db, draft: ChangeDraft, by: BookAuthor): Promise<Written<Change>> {
  const content = await checkContent(draft);
  const example = exampleOf(draft.example ?? null);
  return writeBook(db, async (tx) => {
    const known = await readChange(tx, by.id, draft.id);
    if (known) {
      const isRetry = known.by === by.id && sameContent(known, content) && known.example === example;
      if (!isRetry) throw new RelayError('CONFLICT');
      return { value: toChange(known), changed: false };
    }
    await requireRoom(tx, [content.body]);
    const before = await baseOf(tx, content);
    await insertChange(tx, {
      id: draft.id,
      ...stored(content),
      before,
      locale: localeOf(content, before),
      example,
      by: by.id,
    });
    await decideAtOnce(tx, { id: draft.id, decide: draft.decide, checked: content.body }, by);
    return { value: await changeOf(tx, draft.id, by), changed: true };
  });
}

/**
 * Changes the words of a proposal: its proposer while it is open, an owner until it is published. Votes were for other
 * words and are forgotten. It is then about the entry as it stands now. A retry changes nothing. FORBIDDEN for anybody
 * else, DECIDED when it is too late, INVALID_PAYLOAD when it would be about another entry, and the errors of `proposeChange`.
 */
export async function reviseChange(
  db: Db,
  { id, draft }: { readonly id: string; readonly draft: ChangeDraft },
  by: BookAuthor,
): Promise<Written<Change>> {
  if (draft.id !== id) throw new RelayError('INVALID_PAYLOAD');
  const content = await checkContent(draft);
  return writeBook(db, async (tx) => {
    const known = await existing(tx, id, by);
    if (by.role !== 'owner' && known.by !== by.id) throw new RelayError('FORBIDDEN');
    const example = draft.example === undefined ? known.example : exampleOf(draft.example);
    const isSame = sameContent(known, content) && known.example === example;
    const decide = by.role === 'owner' ? draft.decide : undefined;
    const isDone = decide === undefined ? known.state !== 'open' : known.state === DECIDED_AS[decide];
    if (isSame && isDone) return { value: toChange(known), changed: false };
    const isOpen = known.state === 'open' || (known.state === 'accepted' && by.role === 'owner');
    if (!isOpen) throw new RelayError('DECIDED');
    const isAboutAnother = content.target !== null && content.target !== known.target;
    if (content.kind !== known.kind || isAboutAnother) throw new RelayError('INVALID_PAYLOAD');
    if (!isSame) await requireRoom(tx, [content.body], 1);
    const before = await baseOf(tx, content);
    const changed = !isSame || !sameBody(before, known.before);
    if (!sameBody(content.body, known.body)) await forgetVotes(tx, id);
    await updateChange(tx, id, { ...stored(content), before, locale: localeOf(content, before), example });
    if (known.state === 'open') await decideAtOnce(tx, { id, decide, checked: content.body }, by);
    else if (decide === 'publish') await publish(tx, [await existing(tx, id, by)], { by: by.id, note: '' });
    else await updateChange(tx, id, { decidedBy: by.id });
    return { value: await changeOf(tx, id, by), changed: changed || decide !== undefined };
  });
}

const DECIDED_AS = { accept: 'accepted', publish: 'published' } as const;

/** Says something about a proposal, under the client's id. DECIDED once it is declined or published. */
export function commentOnChange(
  db: Db,
  comment: { readonly id: string; readonly change: string; readonly text: string },
  by: BookAuthor,
): Promise<Written<Change>> {
  const text = tidy(comment.text, WORDS_MAX_LENGTH);
  return writeBook(db, async (tx) => {
    const change = await existing(tx, comment.change, by);
    const known = await readComment(tx, comment.id);
    if (known) {
      const isRetry = known.change === change.id && known.by === by.id && known.text === text;
      if (!isRetry) throw new RelayError('CONFLICT');
      return { value: toChange(change), changed: false };
    }
    if (!isPending(change)) throw new RelayError('DECIDED');
    if (change.comments.length >= COMMENTS_MAX) throw new RelayError('INVALID_PAYLOAD');
    await insertComment(tx, { id: comment.id, change: change.id, by: by.id, text });
    return { value: await changeOf(tx, change.id, by), changed: true };
  });
}

/** For, against, or neither; nobody votes on their own (FORBIDDEN), nor on what is decided (DECIDED). */
export function voteOnChange(
  db: Db,
  { change: id, vote }: { readonly change: string; readonly vote: 1 | 0 | -1 },
  by: BookAuthor,
): Promise<Written<Change>> {
  return writeBook(db, async (tx) => {
    const change = await existing(tx, id, by);
    if (change.by === by.id) throw new RelayError('FORBIDDEN');
    if (change.mine === vote) return { value: toChange(change), changed: false };
    if (change.state !== 'open') throw new RelayError('DECIDED');
    await writeVote(tx, { change: id, by: by.id, vote });
    return { value: await changeOf(tx, id, by), changed: true };
  });
}

/**
 * An owner's word: an open proposal is accepted or declined, a decided one reopened. The same word by the same owner
 * again changes nothing; any other word on what is decided is DECIDED. Accepting checks the words and examples again,
 * and is a CONFLICT when the entry has changed or gone since the proposal was written, or another change of it is accepted:
 * then it is written again.
 */
export async function decideChange(
  db: Db,
  asked: { readonly change: string; readonly decision: Decision; readonly why?: string },
  owner: BookAuthor,
): Promise<Written<Change>> {
  const why = asked.why?.trim() ? tidy(asked.why, WORDS_MAX_LENGTH) : null;
  const checked = asked.decision === 'accept' ? await checkOpen(db, asked.change, owner) : null;
  return writeBook(db, async (tx) => {
    const change = await existing(tx, asked.change, owner);
    const state = STATE_AFTER[asked.decision];
    const isRetry =
      change.state === state && (state === 'open' || (change.decidedBy === owner.id && change.why === why));
    if (isRetry) return { value: toChange(change), changed: false };
    const mayBe = asked.decision === 'reopen' ? ['accepted', 'declined'] : ['open'];
    if (!mayBe.includes(change.state)) throw new RelayError('DECIDED');
    if (asked.decision === 'accept') await requireReady(tx, change, checked);
    const decidedBy = state === 'open' ? null : owner.id;
    await updateChange(tx, change.id, { state, decidedBy, why: state === 'open' ? null : why });
    return { value: await changeOf(tx, change.id, owner), changed: true };
  });
}

const STATE_AFTER = { accept: 'accepted', decline: 'declined', reopen: 'open' } as const;

type Body = ChangeContent['body'];

/** Examples take their time: they are tried before the book is held. Gives the words that held; null when none were tried. */
async function checkOpen(db: Db, id: string, owner: BookAuthor): Promise<Body> {
  const change = await readChange(db, owner.id, id);
  return change?.state === 'open' ? (await checkContent(contentOf(change))).body : null;
}

async function decideAtOnce(
  tx: Db,
  { id, decide, checked }: { id: string; decide: ChangeDraft['decide']; checked: Body },
  by: BookAuthor,
): Promise<void> {
  if (decide === undefined || by.role !== 'owner') return;
  const change = await existing(tx, id, by);
  await requireReady(tx, change, checked);
  if (decide === 'publish') await publish(tx, [change], { by: by.id, note: '' });
  else await updateChange(tx, id, { state: 'accepted', decidedBy: by.id });
}

/**
 * Nobody's words are overwritten unseen: the entry must be as the proposal's author saw it, with no other change accepted.
 * Words other than those `checked` a moment ago are checked.
 */
async function requireReady(tx: Db, change: ChangeRow, checked: Body): Promise<void> {
  if (!sameBody(change.body, checked)) await checkContent(contentOf(change));
  if (change.target === null) return;
  const now = await readEntry(tx, change.kind, change.target);
  const others = (await readAcceptedOn(tx, change.target)).filter((id) => id !== change.id);
  if (now === null || !sameBody(now, change.before) || others.length > 0) throw new RelayError('CONFLICT');
}

/** The entry that a proposal is about, as it is now. */
async function baseOf(tx: Db, content: ChangeContent): Promise<PhraseBody | RuleBody | null> {
  if (content.target === null) return null;
  const before = await readEntry(tx, content.kind, content.target);
  if (!before) throw new RelayError('UNKNOWN');
  if (content.body && content.body.locale !== before.locale) throw new RelayError('INVALID_PAYLOAD');
  return before;
}

function localeOf(content: ChangeContent, before: PhraseBody | RuleBody | null): string {
  const body = content.body ?? before;
  if (!body) throw new Error('a change without target has a body');
  return body.locale;
}

function exampleOf(text: string | null): string | null {
  return text?.trim() ? tidy(text, EXAMPLE_MAX_LENGTH) : null;
}

function sameContent(known: ChangeRow, content: ChangeContent): boolean {
  return known.kind === content.kind && known.target === content.target && sameBody(known.body, content.body);
}

function stored({ kind, target, body }: ChangeContent): Pick<ChangeRow, 'kind' | 'target' | 'body'> {
  return { kind, target, body };
}

function isPending(change: ChangeRow): boolean {
  return change.state === 'open' || change.state === 'accepted';
}

async function existing(tx: Db, id: string, by: BookAuthor): Promise<ChangeRow> {
  const change = await readChange(tx, by.id, id);
  if (!change) throw new RelayError('UNKNOWN');
  return change;
}

async function changeOf(tx: Db, id: string, by: BookAuthor): Promise<Change> {
  return toChange(await existing(tx, id, by));
}
