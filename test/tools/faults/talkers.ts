/** Visitors and agents who talk through the product's own ends, and write down all that they ask, hear and see. */
import { randomUUID } from 'node:crypto';
import { PASSING, type Result } from '@fullname/shared/errors';
import type { Entry, PublicEntry } from '@fullname/shared/model';
import type { Line as ListLine } from '../../checker/history.ts';
import { createScreen, type Recorder } from '../../checker/recorder.ts';
import type { AgentEnd, Ear, Ends, Line, VisitorEnd } from '../../ends/types.ts';

export type Talker = {
  readonly name: string;
  isOn(): boolean;
  /** Words that are not acknowledged yet. Refused ones do not count. */
  unsent(): number;
  /** Words that are acknowledged. */
  acked(): number;
  /** As when the network comes back: tries at once, or asks how far the relay is. */
  wake(): void;
  /** The line breaks. */
  cut(): void;
  /** The list that is shown now has come to rest: it must show the end of the log, or where the talk `goesOn`, what was acknowledged by now. */
  rest(goesOn?: true): void;
  /** The browser's tab ends as by a crash. */
  end(): void;
};

export type Visitor = Talker & {
  say(words: string): void;
  /** Ends the tab as by a crash, and opens another on the same storage. */
  reload(): void;
  /** Sees the end of the list. */
  seen(): void;
  /** Whether the relay has answered how far this visitor said last to have read. */
  isMarked(): boolean;
  /** Whether the list has come as far as the relay said last. */
  isThere(): boolean;
  /** How many lines of agents the list has. */
  answers(): number;
  /** How often the relay has told how far it is. */
  told(): number;
  /** Every id that the visitor's conversation ever had. */
  readonly conversations: ReadonlySet<string>;
};

type Parts = {
  readonly ends: Ends;
  readonly recorder: Recorder;
  readonly name: string;
  readonly line: Line;
};

type Answer = Result<{ entry?: PublicEntry } & Partial<PublicEntry> & Partial<Entry>>;
type Asked = { readonly id?: string; readonly message?: { readonly id: string }; readonly farewell?: string };

/** A visitor with a new browser, whose chat is open. */
export function createVisitor(parts: Parts & { readonly site: string }): Visitor {
  const { ends, recorder, name, line, site } = parts;
  const calls = createCalls(recorder, name);
  const disk = ends.newDisk();
  const conversations = new Set<string>();
  const screen = createScreen<PublicEntry>(recorder, { who: name, readBy: 'agent', toLine: publicLine });
  let page = 0;
  let told = 0;
  let marked = true;
  /** Said, and not on the screen yet. */
  let hopes: string[] = [];
  let end: VisitorEnd;

  const draw = () => {
    const { unsent, conversation, entries } = end.state();
    for (const { id, text, failed } of unsent) {
      calls.invoked(id, { kind: 'message', text });
      hopes = hopes.filter((hope) => hope !== text);
      if (failed) calls.failed(id, failed);
    }
    if (conversation) conversations.add(conversation.id);
    screen.draw({
      // The first entry is drawn a moment before the conversation's head is known.
      ...{ view: viewOf(), conversation: conversation?.id ?? entries[0]?.conversation ?? null, entries },
      pending: unsent.map(({ id }) => id),
      ...(conversation && { read: conversation.agentRead }),
    });
  };
  const viewOf = () => `${name}, page ${page}`;
  const ear: Ear = {
    heard: (event, payload) => {
      if (event === 'welcome' || event === 'heads') told += 1;
      if (event !== 'message:sent' && event !== 'conversation:changed') return;
      const entry = payload as PublicEntry;
      recorder.add({ type: 'heard', who: name, conversation: entry.conversation, ...publicLine(entry) });
    },
    asked: (event) => {
      if (event === 'read:advance') marked = false;
    },
    answered: (event, payload, answer) => {
      if (event === 'heads:ask') told += 1;
      if (event === 'read:advance') marked = true;
      const { id, message } = payload as Asked;
      const { ok, ...rest } = answer as Answer;
      if (!ok || !('value' in rest)) return;
      const entry = event === 'conversation:start' ? rest.value.entry : rest.value;
      const call = event === 'conversation:start' ? message?.id : id;
      if (call !== undefined && entry?.publicSeq !== undefined) calls.ok(call, entry.publicSeq);
    },
    kept: (id) => calls.kept(id),
    changed: () => {
      if (isOpen) draw();
    },
  };
  let isOpen = false;
  const open = () => {
    page += 1;
    marked = true;
    isOpen = false;
    end = ends.openVisitor({ line, site, disk, ear });
    isOpen = true;
  };
  open();
  recorder.add({ type: 'right', who: name, role: 'visitor' });
  return {
    name,
    conversations,
    isOn: () => end.state().on,
    unsent: () => hopes.length + end.state().unsent.filter(({ failed }) => !failed).length,
    acked: calls.acked,
    told: () => told,
    isMarked: () => marked,
    wake: () => end.wake(),
    cut: () => end.cut(),
    seen: () => end.seen(),
    say(words) {
      hopes.push(words);
      end.say(words);
    },
    reload() {
      end.end();
      // What was not even drawn ended with the page.
      hopes = [];
      open();
    },
    isThere() {
      const { conversation, entries } = end.state();
      return conversation !== null && (entries.at(-1)?.publicSeq ?? 0) >= conversation.publicSeq;
    },
    answers: () => end.state().entries.filter((one) => 'author' in one && one.author.kind === 'agent').length,
    rest(goesOn) {
      const { conversation } = end.state();
      if (!conversation) return;
      const rest = { type: 'rest', who: name, view: viewOf(), conversation: conversation.id } as const;
      recorder.add({ ...rest, ...(goesOn && { goesOn }) });
    },
    end: () => end.end(),
  };
}

export type Agent = Talker & {
  readonly cookie: string;
  readonly person: string;
  readonly end: () => void;
  /** The desk itself, for what this person does there. */
  readonly desk: AgentEnd;
  /** Into the open conversation, under an id of its own. False where none is open. */
  say(kind: 'reply' | 'note', words: string): boolean;
  close(farewell: string): Promise<unknown>;
  told(): number;
  /** Whether the relay has answered how far this person said last to have read. */
  isMarked(): boolean;
};

/** An agent at a desk; `cookie` is that of a session, `person` their id. */
export async function createAgent(
  parts: Parts & { readonly cookie: string; readonly person: string },
): Promise<Agent> {
  const { ends, recorder, name, line, cookie, person } = parts;
  const calls = createCalls(recorder, name);
  const screen = createScreen<Entry>(recorder, { who: name, readBy: 'visitor', toLine: agentLine });
  const view = () => `${name}, opening ${desk?.state().opened?.opening}`;
  let told = 0;
  let marked = true;
  let desk: AgentEnd | undefined;
  const ear: Ear = {
    heard: (event, payload) => {
      if (event !== 'message:sent' && event !== 'conversation:changed') return;
      const entry = payload as Entry;
      recorder.add({ type: 'heard', who: name, conversation: entry.conversation, ...agentLine(entry) });
    },
    asked: (event, payload) => {
      if (event === 'read:advance') marked = false;
      // Words are known before they are asked; what else has an id is an act.
      const { id, farewell } = payload as Asked;
      if (id !== undefined) calls.invoked(id, { kind: 'act', text: farewell ?? null });
    },
    answered: (event, payload, answer) => {
      if (event === 'heads:ask') told += 1;
      if (event === 'read:advance') marked = true;
      const { id } = payload as Asked;
      const result = answer as Answer;
      if (id === undefined) return;
      const isWords = event === 'message:send' || event === 'note:send';
      if (result.ok) calls.ok(id, isWords ? (result.value.seq ?? null) : null);
      else if (result.code !== 'ANSWERED' && !PASSING.includes(result.code)) calls.failed(id, result.code);
    },
    kept: (id) => calls.kept(id),
    changed: () => {
      const opened = desk?.state().opened;
      if (!opened) return;
      const { id, entries, pending, visitorRead } = opened;
      screen.draw({ view: view(), conversation: id, entries, pending, read: visitorRead });
    },
  };
  recorder.add({ type: 'right', who: name, role: 'agent' });
  desk = await ends.openAgent({ line, cookie, person, disk: ends.newDisk(), ear });
  const own = desk;
  const unsent = () => own.state().unsent.filter(({ failed }) => !failed).length;
  return {
    ...{ name, cookie, person, desk: own, unsent, acked: calls.acked },
    isOn: () => own.state().on,
    told: () => told,
    isMarked: () => marked,
    wake: () => own.wake(),
    cut: () => own.cut(),
    say(kind, words) {
      const id = randomUUID();
      if (!own.state().opened) return false;
      calls.invoked(id, { kind: kind === 'reply' ? 'message' : 'note', text: words });
      return own.say(kind, words, id);
    },
    close(farewell) {
      const id = randomUUID();
      calls.invoked(id, { kind: 'act', text: farewell });
      return own.close(farewell, id);
    },
    rest(goesOn) {
      const opened = own.state().opened;
      if (!opened) return;
      const rest = { type: 'rest', who: name, view: view(), conversation: opened.id } as const;
      recorder.add({ ...rest, ...(goesOn && { goesOn }) });
    },
    end: () => own.end(),
  };
}

/** Each call once, whatever is tried again under its id. */
function createCalls(recorder: Recorder, who: string) {
  const known = new Set<string>();
  const acked = new Set<string>();
  const over = new Set<string>();
  const once = (set: Set<string>, id: string) => !set.has(id) && set.add(id) !== undefined;
  return {
    acked: () => acked.size,
    invoked(id: string, { kind, text }: { kind: 'message' | 'note' | 'act'; text: string | null }) {
      if (once(known, id)) recorder.add({ type: 'invoke', who, id, kind, text });
    },
    kept: (id: string) => recorder.add({ type: 'kept', who, id }),
    ok(id: string, number: number | null) {
      if (once(acked, id)) recorder.add({ type: 'ok', who, id, number });
    },
    failed(id: string, code: string) {
      if (once(over, id)) recorder.add({ type: 'failed', who, id, code });
    },
  };
}

function publicLine(entry: PublicEntry): ListLine {
  return { number: entry.publicSeq, id: entry.id, text: textOf(entry) };
}

function agentLine(entry: Entry): ListLine {
  return { number: entry.seq, id: entry.id, text: textOf(entry) };
}

function textOf(entry: Entry | PublicEntry): string {
  return 'text' in entry ? entry.text : '';
}
