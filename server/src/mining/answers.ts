/** What was answered to the two questions: who said the same stands together. Names and contacts are left out, of customers and of colleagues. */
import type { Alike } from '@fullname/shared/alike';
import { FAREWELL_QUESTIONS, type FarewellQuestion } from '@fullname/shared/model';
import { ANSWERS_MOST, type AnswerGroups, type MomentAnswer, TALKS_MOST } from '@fullname/shared/moments';
import { createMasker } from '../bible/mask.ts';
import { inThread } from '../in-thread.ts';
import type { Db } from '../store/db.ts';
import { readNames } from '../store/figures.ts';
import { type Period, readTalks, type Talk } from '../store/moments.ts';

/** In letters: what is shown, and what is compared. */
const SHOWN_MAX = 500;
const WHOLE = Number.POSITIVE_INFINITY;
/** Two thousand of each take seconds; what takes longer is stuck. */
const GROUPED_WITHIN_MS = 30_000;

export async function answerGroups(db: Db, period: Period): Promise<readonly AnswerGroups[]> {
  const [talks, ours] = await Promise.all([readTalks(db, { period, limit: TALKS_MOST }), readNames(db)]);
  const colleagues = createMasker(ours);
  const asked = FAREWELL_QUESTIONS.map((question) => {
    const all = talks.flatMap((talk) => toAnswers(talk, question)).sort((a, b) => (a.at < b.at ? 1 : -1));
    const latest = all.slice(0, ANSWERS_MOST);
    const shown = latest.map(({ name, conversation, at, text }): MomentAnswer => {
      const theirs = createMasker(name === null ? [] : [name]);
      return { conversation, at, text: theirs.mask(colleagues.mask(text, WHOLE), SHOWN_MAX) };
    });
    return { question, partial: all.length > latest.length, shown };
  });
  const groups = await grouped(asked.map(({ shown }) => shown.map(({ text }) => text)));
  return asked.map(({ question, partial, shown }, at) => ({
    ...{ question, partial, answers: shown.length },
    groups: (groups[at] ?? []).map(({ members }) => members.flatMap((member) => shown[member] ?? [])),
  }));
}

type Answered = MomentAnswer & Pick<Talk, 'name'>;

function toAnswers({ conversation, name, answers }: Talk, question: FarewellQuestion): readonly Answered[] {
  return answers.flatMap((one) =>
    one.question === question ? { conversation, name, text: one.text, at: one.at } : [],
  );
}

async function grouped(lists: readonly (readonly string[])[]): Promise<readonly (readonly Alike[])[]> {
  if (lists.every(({ length }) => length === 0)) return [];
  return inThread('mining/alike-worker.js', {
    data: lists,
    what: 'the grouping',
    withinMs: GROUPED_WITHIN_MS,
  });
}
