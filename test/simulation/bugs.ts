/** Bugs in what is simulated, as somebody might write them: in the store's model, in the relay's code, in the widget's. */
import type { Patch } from '../ends/load.ts';
import type { StoreBug } from './store.ts';

export type Bug = { readonly name: string; readonly store?: StoreBug; readonly code?: readonly Patch[] };

export const BUGS: readonly Bug[] = [
  { name: 'acknowledged before COMMIT', store: 'answers before COMMIT' },
  { name: 'no retry is looked for', store: 'no retry is looked for' },
  {
    name: 'acknowledged though the commit failed',
    code: [
      {
        file: 'server/src/desk/group-commit.ts',
        find: 'await afterFailure(batch, error);',
        put: `for (const { row, done } of batch)
          done({ outcome: 'stored', reopened: false, entry: { ...row, seq: 1, publicSeq: 1, at: new Date().toISOString() } });`,
      },
    ],
  },
  {
    name: 'the snapshot taken before the room is joined',
    code: [
      {
        file: 'server/src/sockets/visitor.ts',
        find: `await socket.join(rooms.visitor(visitor));
  const owned = await headsOfVisitor(floor, visitor);`,
        put: `const owned = await headsOfVisitor(floor, visitor);
  await new Promise((resolve) => setTimeout(resolve, 60_000));
  await socket.join(rooms.visitor(visitor));`,
      },
    ],
  },
  {
    name: 'an outbox that forgets when the page is loaded again',
    code: [
      {
        file: 'widget/src/outbox.ts',
        find: '.filter(isItem)',
        put: '.filter(isItem).slice(0, 0)',
      },
    ],
  },
  {
    name: 'an outbox that gives up when there is no answer',
    code: [
      {
        file: 'widget/src/outbox.ts',
        find: '} else if (PASSING.includes(result.code)) {',
        put: '} else if (PASSING.includes(result.code)) {\n        await outbox.settle(item.id);',
      },
    ],
  },
  {
    name: 'a gap that is not fetched',
    code: [
      {
        file: 'widget/src/thread.ts',
        find: 'if (fetching) return;',
        put: 'if (fetching || mine.last() !== null) return;',
      },
    ],
  },
  {
    name: 'a gap drawn over',
    code: [
      {
        file: 'widget/src/log.ts',
        find: 'for (let next = held.get(last + 1); next; next = held.get(last + 1)) {',
        put: 'for (const next of [...held.values()].sort((a, b) => a.publicSeq - b.publicSeq)) {\n      if (next.publicSeq <= last) continue;',
      },
    ],
  },
  {
    name: 'heads that nobody listens to',
    code: [
      {
        file: 'widget/src/talk.ts',
        find: 'for (const head of conversations) if (head.id === mine) thread.adopt(head);',
        put: 'void [conversations, mine];',
      },
    ],
  },
  {
    name: 'a bubble that goes before its entry comes',
    code: [{ file: 'widget/src/talk.ts', find: 'tickedIn = entry.conversation;', put: 'if (entry) return;' }],
  },
];
