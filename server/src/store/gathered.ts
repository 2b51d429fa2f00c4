/**
 * Questions of one kind, asked by many at the same moment, answered by one query: ten thousand visitors who come back at once ask the
 * store some hundred times in place of forty thousand. Like the group commit, for reading; nobody waits for company.
 */
import { RelayError } from '../relay-error.ts';
import type { Db } from './db.ts';

const BATCH_MAX = 500;
/** What is asked meanwhile shares the next query. More than one, so that a connection that hangs does not hold up everybody. */
const IN_FLIGHT_MAX = 3;
/** A store that does not answer must not fill the memory: who is refused asks again. */
const WAITING_MAX = 20_000;

type Asked<Ask, Answer> = {
  readonly ask: Ask;
  readonly done: (answer: Answer) => void;
  readonly failed: (error: unknown) => void;
};

type Line<Ask, Answer> = { waiting: Asked<Ask, Answer>[]; inFlight: number; planned: boolean };

/**
 * `read` answers all of its questions, in their order. A query that fails fails everybody in it. A query begins after its
 * questions were asked, so that each sees what was committed before. UNAVAILABLE when too many wait.
 */
export function gathered<Ask, Answer>(
  read: (db: Db, asks: readonly Ask[]) => Promise<readonly Answer[]>,
): (db: Db, ask: Ask) => Promise<Answer> {
  const lines = new WeakMap<Db, Line<Ask, Answer>>();

  function send(db: Db, line: Line<Ask, Answer>): void {
    line.planned = false;
    while (line.waiting.length > 0 && line.inFlight < IN_FLIGHT_MAX) {
      const batch = line.waiting.slice(0, BATCH_MAX);
      line.waiting = line.waiting.slice(BATCH_MAX);
      line.inFlight += 1;
      void answer(db, batch).then(() => {
        line.inFlight -= 1;
        send(db, line);
      });
    }
  }

  /** Never rejects: each question has its own answer. */
  async function answer(db: Db, batch: readonly Asked<Ask, Answer>[]): Promise<void> {
    try {
      const answers = await read(
        db,
        batch.map(({ ask }) => ask),
      );
      if (answers.length !== batch.length) throw new Error('not every question was answered');
      batch.forEach(({ done }, index) => {
        done(answers[index] as Answer);
      });
    } catch (error) {
      for (const { failed } of batch) failed(error);
    }
  }

  return (db, ask) => {
    const line = lines.get(db) ?? { waiting: [], inFlight: 0, planned: false };
    lines.set(db, line);
    if (line.waiting.length >= WAITING_MAX) return Promise.reject(new RelayError('UNAVAILABLE'));
    return new Promise((done, failed) => {
      line.waiting.push({ ask, done, failed });
      if (line.planned || line.inFlight >= IN_FLIGHT_MAX) return;
      line.planned = true;
      // One turn of the event loop: what other sockets have brought by now is asked with it.
      setImmediate(() => send(db, line));
    });
  };
}
