/** First and last moments: how conversations begin and end, and what was said of them afterwards. Words are judged, never who wrote them. */
import { setImmediate as pause } from 'node:timers/promises';

import { localeOf } from '@fullname/shared/locale';
import {
  type FeedbackFigures,
  GOODBYE_LACKS,
  type GoodbyeFigures,
  type GoodbyeLack,
  HELLO_WITHIN_S,
  type HelloFigures,
  type Moments,
  TALKS_MOST,
} from '@fullname/shared/moments';
import { goodbyeLacks, saysFullName } from '@fullname/shared/reader/manners';
import { namesTrouble } from '@fullname/shared/recovery/signs';
import type { Db } from '../store/db.ts';
import { type Hello, type Period, readTalks, type Talk } from '../store/moments.ts';

/** The figures of the period, and of one site or all. */
export async function momentsOf(db: Db, period: Period): Promise<Moments> {
  const talks = await readTalks(db, { period, limit: TALKS_MOST + 1 });
  const judged: Judged[] = [];
  for (const talk of talks.slice(0, TALKS_MOST)) {
    // To read thousands of hellos takes a second: nobody's message waits for it.
    if (judged.length % AT_ONCE === 0) await pause();
    judged.push(judge(talk));
  }
  return {
    partial: talks.length > TALKS_MOST,
    hello: helloFigures(judged),
    goodbye: goodbyeFigures(judged),
    feedback: feedbackFigures(judged),
  };
}

const AT_ONCE = 50;

/** Null where it is not judged. `hello`: nobody has answered, or nobody was here. `goodbye`: it goes on, or the language is not known. */
type Judged = {
  readonly talk: Talk;
  readonly hello: { readonly isLate: boolean; readonly isUnnamed: boolean } | 'none' | null;
  readonly goodbye: readonly GoodbyeLack[] | 'without' | null;
  readonly answered: boolean;
  readonly troubled: boolean;
};

function judge(talk: Talk): Judged {
  const isJudged = talk.answered && talk.begunHere !== false;
  return {
    talk,
    hello: isJudged ? judgeHello(talk.hello) : null,
    goodbye: talk.closed && localeOf(talk.locale) !== null ? judgeGoodbye(talk) : null,
    answered: talk.answers.length > 0,
    troubled: talk.answers.some(({ text }) => namesTrouble(text)),
  };
}

function judgeHello(hello: Hello | null): Judged['hello'] {
  if (hello === null) return 'none';
  return {
    isLate: (hello.seconds ?? 0) > HELLO_WITHIN_S,
    isUnnamed: !saysFullName(hello.text, hello),
  };
}

function judgeGoodbye({ farewell, name }: Talk): Judged['goodbye'] {
  if (farewell === null) return 'without';
  const lacks = goodbyeLacks(farewell, name);
  return GOODBYE_LACKS.filter((lack) => lacks.includes(lack));
}

function isGoodHello({ hello }: Judged): boolean {
  return hello !== null && hello !== 'none' && !hello.isLate && !hello.isUnnamed;
}

function isGoodGoodbye({ goodbye }: Judged): boolean {
  return goodbye !== null && goodbye !== 'without' && goodbye.length === 0;
}

function helloFigures(all: readonly Judged[]): HelloFigures {
  const said = all.flatMap(({ hello }) => (hello === null || hello === 'none' ? [] : hello));
  const good = all.filter(isGoodHello).length;
  return {
    begun: all.length,
    answered: count(all, ({ talk }) => talk.answered),
    whileNobody: count(all, ({ talk }) => talk.answered && talk.begunHere === false),
    good,
    lacking: said.length - good,
    none: count(all, ({ hello }) => hello === 'none'),
    late: count(said, ({ isLate }) => isLate),
    unnamed: count(said, ({ isUnnamed }) => isUnnamed),
    seconds: spreadOf(all.flatMap(({ hello, talk }) => (hello === null ? [] : (talk.hello?.seconds ?? [])))),
  };
}

function spreadOf(seconds: readonly number[]): HelloFigures['seconds'] {
  if (seconds.length === 0) return null;
  const sorted = [...seconds].sort((a, b) => a - b);
  /** So many of a hundred are not above it. */
  const at = (percent: number) => sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? 0;
  return { median: at(50), p90: at(90), of: sorted.length };
}

function goodbyeFigures(all: readonly Judged[]): GoodbyeFigures {
  const said = all.flatMap(({ goodbye }) => (goodbye === null || goodbye === 'without' ? [] : [goodbye]));
  const good = count(all, isGoodGoodbye);
  const lacking = (lack: GoodbyeLack) => count(said, (lacks) => lacks.includes(lack));
  return {
    closed: count(all, ({ talk }) => talk.closed),
    otherLanguage: count(all, ({ talk, goodbye }) => talk.closed && goodbye === null),
    good,
    lacking: said.length - good,
    without: count(all, ({ goodbye }) => goodbye === 'without'),
    lacks: {
      thanks: lacking('thanks'),
      'customer-name': lacking('customer-name'),
      'next-step': lacking('next-step'),
    },
  };
}

/** Asked is whoever was said goodbye to: the chat asks then, and nobody else. */
function feedbackFigures(all: readonly Judged[]): Moments['feedback'] {
  const asked = all.filter(({ talk }) => talk.farewell !== null);
  const split = (isGood: (one: Judged) => boolean, of: readonly Judged[]) => ({
    good: answersOf(of.filter(isGood)),
    other: answersOf(of.filter((one) => !isGood(one))),
  });
  return {
    all: answersOf(asked),
    hello: split(
      isGoodHello,
      asked.filter(({ hello }) => hello !== null),
    ),
    goodbye: split(
      isGoodGoodbye,
      asked.filter(({ goodbye }) => goodbye !== null),
    ),
  };
}

function answersOf(asked: readonly Judged[]): FeedbackFigures {
  const answered = asked.filter((one) => one.answered);
  return {
    answered: { hits: answered.length, of: asked.length },
    troubled: { hits: count(answered, ({ troubled }) => troubled), of: answered.length },
  };
}

function count<Item>(all: readonly Item[], is: (item: Item) => boolean): number {
  return all.filter(is).length;
}
