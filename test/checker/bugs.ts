/**
 * Bugs to be planted in the product, each in one place, as somebody might write them. `relay`: in the built relay, by its
 * path under server/dist; `end`: in the sources of the two ends. `sql` is run on the store first. A snippet that is not
 * there any more fails the test: then the bug must be planted anew.
 */
import type { ViolationKind } from './check.ts';

type Snippet = { readonly file: string; readonly find: string; readonly put: string };

export type Bug = {
  readonly name: string;
  readonly relay?: readonly Snippet[];
  readonly end?: readonly Snippet[];
  readonly sql?: string;
  /** An agent signs out early on. */
  readonly revokes?: true;
  /** The relay is killed in the midst of it. The ends' are all found in one talk with a kill. */
  readonly kills?: true;
  /**
   * How much of the talk it takes: until people have talked, until the kill, or until lines were cut
   * just as words were sent; else until all has come to rest.
   */
  readonly until?: 'talk' | 'kill' | 'cuts';
  /** At least one of these is found. */
  readonly shows: readonly ViolationKind[];
  /** And said of it: whoever ends a talk before it rests has words on their way, which are no proof. */
  readonly says?: RegExp;
};

/** Now and then the store refuses to write words: a right relay says so, and the words come again. */
const STORE_THAT_FAILS = `
  create function fail_now_and_then() returns trigger language plpgsql as $$
  begin
    if new.kind in ('message', 'note') and random() < 0.15 then raise exception 'provoked'; end if;
    return new;
  end $$;
  create trigger fail_now_and_then before insert on entries for each row execute function fail_now_and_then();`;

/** One row of four, whoever wrote it, so that no talk goes without; a sequence counts on though the transaction fails. */
const STORE_THAT_FAILS_BY_TURNS = `
  create sequence turns;
  create function fail_by_turns() returns trigger language plpgsql as $$
  begin
    if new.kind in ('hello', 'message', 'note') and nextval('turns') % 4 = 0 then raise exception 'provoked'; end if;
    return new;
  end $$;
  create trigger fail_by_turns before insert on entries for each row execute function fail_by_turns();`;

/** Of the words that are said at the kill: the relay is dead long before, however slow the machine is. */
export const AT_THE_KILL = 'at the kill';
const LATE_MS = 30_000;

const ACKNOWLEDGED_AND_LOST = /is acknowledged and not stored$/;

export const BUGS: readonly Bug[] = [
  {
    name: 'acknowledged before COMMIT',
    relay: [
      {
        file: 'store/log.js',
        find: 'const result = await pool.query(asked);',
        // Of all words, a commit so late would only make the talk slow: the next ones wait for the same row.
        put: `const client = await pool.connect();
    await client.query('begin');
    const result = await client.query(asked)
        .catch((error) => client.query('rollback').finally(() => client.release()).then(() => { throw error; }));
    const commit = () => client.query('commit').catch(() => undefined).finally(() => client.release());
    setTimeout(commit, rows.some(({ body }) => body.includes('${AT_THE_KILL}')) ? ${LATE_MS} : 0);`,
      },
    ],
    kills: true,
    until: 'kill',
    shows: ['lost'],
    says: ACKNOWLEDGED_AND_LOST,
  },
  {
    name: 'acknowledged though the batch failed',
    sql: STORE_THAT_FAILS_BY_TURNS,
    relay: [
      {
        file: 'desk/group-commit.js',
        find: 'await afterFailure(batch, error);',
        put: `for (const { row, done } of batch)
                done({ outcome: 'stored', reopened: false, entry: { ...row, seq: 1, publicSeq: 1, at: new Date().toISOString() } });`,
      },
    ],
    until: 'talk',
    shows: ['lost'],
    says: ACKNOWLEDGED_AND_LOST,
  },
  {
    name: 'no retry is looked for, and nothing is unique',
    sql: 'alter table entries drop constraint entries_once',
    relay: [
      { file: 'store/log.js', find: 'and e.client_id = i.client_id) as old', put: 'and false) as old' },
    ],
    kills: true,
    until: 'cuts',
    shows: ['doubled'],
  },
  {
    name: 'numbers given with holes',
    relay: [
      {
        file: 'store/log.js',
        find: 'last_seq = c.last_seq + s.total,',
        put: 'last_seq = c.last_seq + s.total + 1,',
      },
    ],
    until: 'talk',
    shows: ['gap'],
  },
  {
    name: 'an event to the wrong room',
    relay: [
      {
        file: 'desk/announce.js',
        find: 'const theirs = rooms.visitor(to.visitor);',
        put: 'const theirs = rooms.guests(null);',
      },
    ],
    until: 'talk',
    shows: ['leaked'],
  },
  {
    name: 'a note given to the visitor',
    relay: [
      {
        file: 'desk/announce.js',
        find: 'const ours = rooms.conversation(to.id);',
        put: `const ours = rooms.conversation(to.id);
            if (!forVisitor)
                visitors.to(rooms.visitor(to.visitor)).emit(event, { conversation: to.clientId, publicSeq: entry.seq, id: entry.clientId,
                    at: entry.at, kind: 'message', author: { kind: 'visitor' }, text: entry.body });`,
      },
    ],
    until: 'talk',
    shows: ['leaked'],
  },
  {
    name: 'the snapshot taken before the room is joined',
    relay: [
      {
        file: 'sockets/visitor.js',
        find: `await socket.join(rooms.visitor(visitor));
    const owned = await headsOfVisitor(floor, visitor);`,
        put: `const owned = await headsOfVisitor(floor, visitor);
    await new Promise((resolve) => setTimeout(resolve, 700));
    await socket.join(rooms.visitor(visitor));`,
      },
    ],
    shows: ['list'],
  },
  {
    name: 'an ended session that still hears',
    relay: [
      {
        file: 'desk/announce.js',
        find: 'agents.in(rooms.person(person)).disconnectSockets(true);',
        put: '',
      },
      {
        file: 'desk/announce.js',
        find: 'agents.in(rooms.session(hash)).disconnectSockets(true);',
        put: '',
      },
    ],
    revokes: true,
    until: 'talk',
    shows: ['leaked'],
  },
  {
    name: 'heads that nobody listens to',
    end: [
      {
        file: 'widget/src/talk.ts',
        find: 'for (const head of conversations) if (head.id === mine) thread.adopt(head);',
        put: 'void [conversations, mine];',
      },
    ],
    shows: ['list'],
  },
  {
    name: 'a gap drawn without fetching it',
    end: [
      {
        file: 'widget/src/log.ts',
        find: 'for (let next = held.get(last + 1); next; next = held.get(last + 1)) {',
        put: 'for (const next of [...held.values()].sort((a, b) => a.publicSeq - b.publicSeq)) {\n      if (next.publicSeq <= last) continue;',
      },
    ],
    shows: ['gap'],
  },
  {
    name: 'an outbox that forgets when the page is loaded again',
    end: [
      {
        file: 'widget/src/outbox.ts',
        find: '.filter(isItem)',
        put: '.filter(isItem).slice(0, 0)',
      },
    ],
    shows: ['lost'],
  },
  {
    name: 'an outbox that gives up when there is no answer',
    end: [
      {
        file: 'widget/src/outbox.ts',
        find: '} else if (PASSING.includes(result.code)) {',
        put: '} else if (PASSING.includes(result.code)) {\n        await outbox.settle(item.id);',
      },
    ],
    shows: ['lost', 'vanished'],
  },
  {
    name: 'a retry under a new id',
    end: [
      {
        file: 'widget/src/outbox.ts',
        find: '} else if (PASSING.includes(result.code)) {',
        put: '} else if (PASSING.includes(result.code)) {\n        set(items.map((one) => (one.id === item.id ? { ...one, id: makeId(random) } : one)));',
      },
    ],
    shows: ['vanished', 'lost', 'doubled'],
  },
  {
    name: 'a desk that draws beyond a gap',
    end: [
      {
        file: 'console/src/entry-log.ts',
        find: `for (let next = bySeq.get(last + 1); next; next = bySeq.get(last + 1)) {
    drawn.push(next);
    last += 1;
  }`,
        put: `for (const next of [...bySeq.values()].sort((a, b) => a.seq - b.seq)) {
    drawn.push(next);
    last = next.seq;
  }`,
      },
    ],
    shows: ['gap'],
  },
];

export const STORES_THAT_FAIL = { none: '', sometimes: STORE_THAT_FAILS } as const;
