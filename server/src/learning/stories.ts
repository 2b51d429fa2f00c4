/**
 * Stories that people remember, and praise by name: good work is seen by peers. Nobody is counted or ranked; what is seen is
 * what was done.
 */
import type { Praise, PraiseDraft, Story, StoryDraft } from '@fullname/shared/recovery';
import { RelayError } from '../relay-error.ts';
import { iso } from '../store/log.ts';
import type { Names } from '../store/recovery.ts';
import {
  isConversation,
  markPraiseRead,
  type PraiseRow,
  readOnePraise,
  readPraise,
  readStories,
  readStory,
  type StoryRow,
  storePraise,
  storeStory,
} from '../store/stories.ts';
import { type Colleagues, mustBeColleague } from './colleagues.ts';

const SHOWN_MAX = 50;

/** The latest 50 stories that this person may see, and the latest 50 words of praise. */
export async function storiesFor(
  { db, directory }: Colleagues,
  person: string,
): Promise<{ readonly stories: Story[]; readonly praise: Praise[] }> {
  const told = await readStories(db, person, SHOWN_MAX);
  const praised = await readPraise(db, SHOWN_MAX);
  return {
    stories: told.map((row) => toStory(row, directory.ref)),
    praise: praised.map((row) => toPraise(row, directory.ref)),
  };
}

/** Writes a story down. A retry gets the first; anything else under its id is a CONFLICT. UNKNOWN: no such person or conversation. */
export async function tellStory(colleagues: Colleagues, by: string, draft: StoryDraft): Promise<Story> {
  const { db, directory, now } = colleagues;
  const { id, kind, what, why, mayTell, about = null, conversation = null } = draft;
  const cost = { cost: draft.cost?.amount ?? null, costCurrency: draft.cost?.currency ?? null };
  const facts = { kind, what, why, mayTell, about, conversation, ...cost, by };
  const first = await readStory(db, id);
  if (!first && about !== null && !directory.get(about)) throw new RelayError('UNKNOWN');
  if (!first) await mustBeThere(colleagues, conversation);
  const row = first ?? (await storeStory(db, { id, at: new Date(now()).toISOString(), ...facts }));
  return toStory(mustMatch(row, facts), directory.ref);
}

/**
 * Praises a colleague by name. A retry gets the first; anything else under its id is a CONFLICT. UNKNOWN: oneself, nobody who is
 * active here, or no such conversation.
 */
export async function praiseColleague(
  colleagues: Colleagues,
  by: string,
  draft: PraiseDraft,
): Promise<Praise> {
  const { db, directory, now } = colleagues;
  const { id, to, text, conversation = null } = draft;
  const facts = { to, text, conversation, by };
  const first = await readOnePraise(db, id);
  if (!first) mustBeColleague(colleagues, by, to);
  if (!first) await mustBeThere(colleagues, conversation);
  const row = first ?? (await storePraise(db, { id, at: new Date(now()).toISOString(), ...facts }));
  return toPraise(mustMatch(row, facts), directory.ref);
}

async function mustBeThere({ db }: Colleagues, conversation: string | null): Promise<void> {
  if (conversation !== null && !(await isConversation(db, conversation))) throw new RelayError('UNKNOWN');
}

/** The row under an id, if it says what was sent. CONFLICT otherwise. A conversation that was deleted since is forgotten by the row. */
function mustMatch<Row extends object>(row: Row | undefined, facts: Partial<Row>): Row {
  if (!row) throw new RelayError('UNAVAILABLE');
  for (const name of Object.keys(facts) as (keyof Row)[]) {
    const isForgotten = name === 'conversation' && row[name] === null;
    if (row[name] !== facts[name] && !isForgotten) throw new RelayError('CONFLICT');
  }
  return row;
}

/** What was sent to oneself was seen. */
export async function readOwnPraise({ db, now }: Colleagues, person: string): Promise<void> {
  await markPraiseRead(db, person, new Date(now()).toISOString());
}

function toStory(row: StoryRow, names: Names): Story {
  const { cost, costCurrency, ...facts } = row;
  return {
    ...facts,
    at: iso(row.at),
    cost: cost === null || costCurrency === null ? null : { amount: cost, currency: costCurrency },
    by: names(row.by),
    about: row.about === null ? null : names(row.about),
  };
}

function toPraise({ readAt, ...row }: PraiseRow, names: Names): Praise {
  return { ...row, at: iso(row.at), by: names(row.by), to: names(row.to), read: readAt !== null };
}
