/**
 * The reader over the shoulder, off the path of typing: a thread of its own reads the latest draft, and typing does nothing but
 * post it. Where threads are refused, or one does not answer, the same engine reads in the page.
 */
import type { Rule } from '@fullname/shared/reader/rule';
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { About, Answer, FromReader, ToReader } from './protocol.ts';
import workerAddress from './reader.worker.ts?worker&url';

export type Reader = {
  /** Somebody begins to write. */
  sit(): Seat;
  stop(): void;
};

type Seat = {
  /** The last answer. Its draft may be older than the field. */
  readonly answer: ReadonlySignal<Answer | null>;
  know(about: About): void;
  /** Reads these words soon; only the latest are read. */
  read(draft: string): void;
  /** Waits for the reading of exactly these words. Null when nothing can read here: the relay is the last to look. */
  readNow(draft: string): Promise<Answer | null>;
  leave(): void;
};

/** A thread that has not answered for so long is given up. */
const ANSWER_MS = 3_000;

type SeatState = {
  readonly answer: ReturnType<typeof signal<Answer | null>>;
  about: About | null;
  /** The latest draft, and whether it was posted. */
  draft: string | null;
  posted: number;
  /** When it was posted, in milliseconds; null when it was answered. */
  since: number | null;
};
type Post = (message: ToReader) => void;
type Line = { readonly post: Post; stop(): void };

/** `rulesNow` gives the rules of all languages; when they change, what is being written is read again. */
export function openReader(rulesNow: () => readonly Rule[]): Reader {
  const seats = new Map<number, SeatState>();
  const waiting = new Map<number, (answer: Answer | null) => void>();
  let rules: readonly Rule[] = [];
  let number = 0;
  let line: Line = startThread(receive, givenUp) ?? startInPage(receive);
  let isGivenUp = false;

  function receive({ seat: id, number: answered, answer }: FromReader): void {
    const seat = seats.get(id);
    waiting.get(answered)?.(answer);
    if (!seat) return;
    if (answered === seat.posted) seat.since = null;
    if (answered < seat.posted) return;
    seat.answer.value = answer;
    if (seat.draft !== null && seat.draft !== answer.draft) post(id, seat);
  }

  /** The thread could not be started, or does not answer: the page takes over with what the thread knew. */
  function givenUp(): void {
    if (isGivenUp) return;
    isGivenUp = true;
    line.stop();
    line = startInPage(receive);
    line.post({ kind: 'rules', rules });
    for (const [id, seat] of seats) {
      if (seat.about) line.post({ kind: 'about', seat: id, about: seat.about });
      if (seat.draft !== null) post(id, seat);
    }
  }

  function post(id: number, seat: SeatState): number {
    number += 1;
    seat.posted = number;
    seat.since = Date.now();
    line.post({ kind: 'read', seat: id, number, draft: seat.draft ?? '' });
    return number;
  }

  async function readNow(id: number, seat: SeatState, draft: string): Promise<Answer | null> {
    if (!seat.about) return null;
    for (let attempt = 0; attempt < 2; attempt++) {
      seat.draft = draft;
      const asked = post(id, seat);
      const answer = await answerTo(asked);
      if (answer) return answer;
      givenUp();
    }
    return null;
  }

  function answerTo(asked: number): Promise<Answer | null> {
    return new Promise((resolve) => {
      const settle = (answer: Answer | null) => {
        clearTimeout(timer);
        waiting.delete(asked);
        resolve(answer);
      };
      const timer = setTimeout(() => settle(null), ANSWER_MS);
      waiting.set(asked, settle);
    });
  }

  const unfollow = effect(() => {
    rules = rulesNow();
    line.post({ kind: 'rules', rules });
    for (const [id, seat] of seats) if (seat.draft !== null) post(id, seat);
  });

  return {
    sit() {
      number += 1;
      const id = number;
      const seat: SeatState = { answer: signal(null), about: null, draft: null, posted: 0, since: null };
      seats.set(id, seat);
      return {
        answer: seat.answer as ReadonlySignal<Answer | null>,
        know(about) {
          seat.about = about;
          line.post({ kind: 'about', seat: id, about });
          if (seat.draft !== null) post(id, seat);
        },
        read(draft) {
          seat.draft = draft;
          // A draft that could not be read must not silence the reader for the next.
          if (seat.since === null || Date.now() - seat.since > ANSWER_MS) post(id, seat);
        },
        readNow: (draft) => readNow(id, seat, draft),
        leave() {
          seats.delete(id);
          line.post({ kind: 'leave', seat: id });
        },
      };
    },
    stop() {
      unfollow();
      line.stop();
    },
  };
}

type Receive = (answer: FromReader) => void;

function startThread(receive: Receive, failed: () => void): Line | null {
  if (typeof Worker === 'undefined') return null;
  try {
    const worker = new Worker(trusted(workerAddress), { type: 'module', name: 'reader' });
    worker.addEventListener('message', ({ data }: MessageEvent<FromReader>) => receive(data));
    worker.addEventListener('error', failed);
    return { post: (message) => worker.postMessage(message), stop: () => worker.terminate() };
  } catch {
    return null;
  }
}

/** The same engine, loaded only where there is no thread for it; messages keep their order. */
function startInPage(receive: Receive): Line {
  let stopped = false;
  const engine = import('./engine.ts').then(({ createEngine }) => createEngine());
  const post = async (message: ToReader) => {
    const answer = (await engine)(message);
    if (answer && !stopped) receive(answer);
  };
  return {
    // Where not even the engine loads, whoever waits hears so after a while.
    post: (message) => void post(message).catch(() => undefined),
    stop: () => {
      stopped = true;
    },
  };
}

type TrustedTypes = {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
};

/** The page's policy lets nothing become a script's address but through this door, and the door knows one address. */
function trusted(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return address;
  policy ??= trustedTypes.createPolicy('fullname-reader', { createScriptURL: () => workerAddress });
  return policy.createScriptURL(address);
}
let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;
