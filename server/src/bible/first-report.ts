/**
 * The first report: what the company's own past words, or imported ones, need most. Read in batches with pauses, so that
 * neither the memory nor anybody's message feels it. It counts words; whose they were is never kept.
 */
import { setImmediate as pause, setTimeout as wait } from 'node:timers/promises';
import type { FirstReport } from '@fullname/shared/book';
import { PAGE_SIZE } from '@fullname/shared/limits';
import { type Locale, pickLocale } from '@fullname/shared/locale';
import type { CustomerPane } from '@fullname/shared/model';
import { type Conversation, conditionsOf } from '@fullname/shared/reader/conditions';
import { compileRules, readRules } from '@fullname/shared/reader/read';
import type { DraftState, RuleFinding } from '@fullname/shared/reader/reading';
import type { Condition, Rule } from '@fullname/shared/reader/rule';
import { toEntry } from '../desk/wire.ts';
import type { Logger } from '../log.ts';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { readNames } from '../store/figures.ts';
import {
  countConversations,
  lockReport,
  type PastConversation,
  type PastEntry,
  readPast,
  readPastEntries,
  readReport,
  saveProgress,
  saveReport,
} from '../store/first-report.ts';
import { readRuleRows } from '../store/rules.ts';
import { toRule } from './book.ts';
import { createTally, type Tally } from './first-report-tally.ts';
import { createMasker } from './mask.ts';

export type ReportDeps = {
  readonly db: Db;
  readonly log: Logger;
  /** The relay is about to stop: a report that runs is given up. */
  readonly isDraining: () => boolean;
};

export type Sentence = { readonly text: string; readonly locale: Locale };

/** What is ready within this time is answered at once; for the rest one asks again. */
const ANSWERED_WITHIN_MS = 1_000;

export function readFirstReport(db: Db): Promise<FirstReport> {
  return readReport(db);
}

/**
 * Reads the company's past, or the sentences given, and answers the report as it stands after a second: `running` when it
 * takes longer. One at a time over all relays: while one runs, asking again answers that one, and an import TOO_MANY.
 */
export async function makeFirstReport(
  deps: ReportDeps,
  sentences: readonly Sentence[] | null,
): Promise<FirstReport> {
  const { isFirst, ended } = begin(deps, sentences);
  // Also when it fails later, after the answer.
  ended.catch((error: unknown) => deps.log.error({ err: error }, 'the first report could not be made'));
  if (await isFirst) await Promise.race([ended, wait(ANSWERED_WITHIN_MS)]);
  else if (sentences !== null) throw new RelayError('TOO_MANY');
  return readReport(deps.db);
}

type Begun = { readonly isFirst: Promise<boolean>; readonly ended: Promise<void> };

function begin(deps: ReportDeps, sentences: readonly Sentence[] | null): Begun {
  let ended: Promise<void> = Promise.resolve();
  const isFirst = new Promise<boolean>((resolve, reject) => {
    ended = make(deps, sentences, resolve);
    ended.catch(reject);
  });
  return { isFirst, ended };
}

/** The transaction holds the lock and nothing else: its statements are short reads, and progress is written beside it. */
function make(
  deps: ReportDeps,
  sentences: readonly Sentence[] | null,
  onLock: (isFirst: boolean) => void,
): Promise<void> {
  return deps.db.transaction(async (tx) => {
    const isFirst = await lockReport(tx);
    onLock(isFirst);
    if (!isFirst) return;
    const of = sentences === null ? await countConversations(tx) : sentences.length;
    await saveProgress(deps.db, { done: 0, of });
    const [rules, names] = [await readRuleRows(tx, undefined), await readNames(tx)];
    const tally = createTally(createMasker(names));
    const run: Run = { ...deps, tx, tally, find: createFind(rules.map(toRule)), rest: createRest() };
    const isWhole = sentences === null ? await readPastInto(run, of) : await readImportInto(run, sentences);
    if (!isWhole) return;
    await saveReport(tx, {
      ...tally.result(),
      at: new Date().toISOString(),
      source: sentences === null ? 'past' : 'import',
      running: null,
    });
  });
}

type Run = ReportDeps & {
  readonly tx: Db;
  readonly tally: Tally;
  readonly find: Find;
  readonly rest: () => Promise<void>;
};

const SENTENCES_MAX = 200_000;
const CONVERSATIONS_AT_ONCE = 100;
const ENTRIES_AT_ONCE = 200;

/** The latest conversations first, up to so many sentences. False when the relay stops. */
async function readPastInto(run: Run, of: number): Promise<boolean> {
  let done = 0;
  let after: PastConversation | undefined;
  const showProgress = createProgress(run.db, of);
  for (;;) {
    await showProgress(done);
    const batch = await readPast(run.tx, { after, limit: CONVERSATIONS_AT_ONCE });
    if (!(await readBatchInto(run, batch))) return false;
    done += batch.length;
    after = batch.at(-1);
    if (batch.length < CONVERSATIONS_AT_ONCE || run.tally.sentences() >= SENTENCES_MAX) return true;
  }
}

async function readBatchInto(run: Run, batch: readonly PastConversation[]): Promise<boolean> {
  const conversations = new Map(batch.map((one) => [one.id, one]));
  let after: PastEntry | undefined;
  let log: PastEntry[] = [];
  for (;;) {
    const page = await readPastEntries(run.tx, {
      conversations: [...conversations.keys()],
      after,
      limit: ENTRIES_AT_ONCE,
    });
    for (const entry of page) {
      const conversation = conversations.get(entry.conversation);
      if (log[0]?.conversation !== entry.conversation) log = [];
      if (conversation && isOurs(entry) && run.tally.sentences() < SENTENCES_MAX)
        readWordsInto(run, entry, { conversation, log });
      // As much of a conversation as an agent has before them.
      log = [...log.slice(1 - PAGE_SIZE), entry];
      await run.rest();
      if (run.isDraining()) return false;
    }
    after = page.at(-1);
    if (page.length < ENTRIES_AT_ONCE) return true;
  }
}

function isOurs({ senderKind, kind }: PastEntry): boolean {
  return senderKind === 'agent' && kind !== 'failure-logged';
}

type Place = { readonly conversation: PastConversation; readonly log: readonly PastEntry[] };

function readWordsInto(run: Run, entry: PastEntry, { conversation, log }: Place): void {
  const { id, locale, customer, claimed } = conversation;
  const { body, given, family, fullName } = entry;
  const state: DraftState = {
    ...NOTHING_KNOWN,
    locale: pickLocale([locale]),
    agent: { fullName, given, family },
    customerName: customer ?? claimed,
  };
  const findings = run.find(body, state, () => conditionsOf(asItStood(entry, { conversation, log })));
  run.tally.add({ conversation: id, text: body, findings, customer: [customer, claimed] });
}

/** The conversation as it was before these words; what the log does not hold is not known any more. */
function asItStood(entry: PastEntry, { conversation, log }: Place): Conversation {
  const { customer, claimed } = conversation;
  return {
    entries: log.map((one) => toEntry(one, (id) => ({ id, fullName: '' }))),
    detail: { name: customer ?? claimed, email: null, status: 'open' },
    pane: EMPTY_PANE,
    before: { conversations: 0 },
    me: entry.sender,
    purpose: entry.kind === 'farewell' ? 'farewell' : 'reply',
  };
}

const EMPTY_PANE: CustomerPane = {
  ...{ customer: null, claims: { name: null, email: null }, link: null, value: null },
  ...{ pleaseKnow: [], timeline: [], preferences: [], promises: [], purchases: [] },
  ...{ tasks: [], requests: [], goodwill: [] },
};

async function readImportInto(run: Run, sentences: readonly Sentence[]): Promise<boolean> {
  const showProgress = createProgress(run.db, sentences.length);
  for (const [done, { text, locale }] of sentences.entries()) {
    if (done % ENTRIES_AT_ONCE === 0) await showProgress(done);
    const findings = run.find(text, { ...NOTHING_KNOWN, locale }, () => []);
    run.tally.add({ conversation: null, text, findings, customer: [] });
    await run.rest();
    if (run.isDraining()) return false;
  }
  return true;
}

type Find = (text: string, state: DraftState, conditions: () => readonly Condition[]) => RuleFinding[];

/** What holds of a conversation costs more than a reading: it is asked only where a rule that needs it has found something. */
function createFind(rules: readonly Rule[]): Find {
  const original = new Map(rules.map((rule) => [rule.id, rule]));
  const compiled = compileRules(rules.map((rule) => ({ ...rule, when: [], unless: [] })));
  return (text, state, conditions) => {
    let known: readonly Condition[] | undefined;
    return readRules(compiled, text, state).flatMap((finding) => {
      const rule = original.get(finding.rule.id) ?? finding.rule;
      if (rule.when.length + rule.unless.length > 0) known ??= conditions();
      const holds = (one: Condition) => known?.includes(one) ?? false;
      return rule.when.every(holds) && !rule.unless.some(holds) ? [{ ...finding, rule }] : [];
    });
  };
}

const NOTHING_KNOWN = {
  agent: { fullName: '', given: '', family: '' },
  customerName: null,
  conditions: [],
  said: [],
  heard: [],
  ownContacts: [],
} as const;

const AT_A_TIME_MS = 8;

/** Lets everybody else go first as soon as a few milliseconds were used. */
function createRest(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < AT_A_TIME_MS) return;
    await pause();
    since = performance.now();
  };
}

const PROGRESS_EVERY_MS = 300;

function createProgress(db: Db, of: number): (done: number) => Promise<void> {
  let shown = performance.now();
  return async (done) => {
    if (performance.now() - shown < PROGRESS_EVERY_MS) return;
    await saveProgress(db, { done: Math.min(done, of), of });
    shown = performance.now();
  };
}
