import { LIST_PAGE_SIZE } from '@fullname/shared/limits';
import type { ConversationRow } from '@fullname/shared/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Agent, anAgent, aVisitor, newId } from './support/people.ts';
import { openRelay, type Relay } from './support/relay.ts';

/** More than a page of them. */
const questions = Array.from({ length: LIST_PAGE_SIZE + 5 }, (_, index) => `Question ${index}`);

let relay: Relay;
let megan: Agent;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  const visitors = await Promise.all(questions.map(() => aVisitor(relay)));
  for (const [index, visitor] of visitors.entries()) await visitor.say(`Question ${index}`);
});
afterAll(() => relay.close());

type View = 'waiting' | 'mine' | 'all' | 'closed';

/** Every page of a view, one after the other; `between` happens after the first. */
async function pagesOf(
  view: View,
  between?: (first: readonly ConversationRow[]) => Promise<unknown>,
): Promise<ConversationRow[][]> {
  const pages: ConversationRow[][] = [];
  let cursor: string | null = null;
  do {
    const page: { rows: ConversationRow[]; next: string | null } = await megan.do('conversation:list', {
      view,
      ...(cursor !== null && { cursor }),
    });
    pages.push(page.rows);
    cursor = page.next;
    if (pages.length === 1) await between?.(page.rows);
  } while (cursor !== null && pages.length < 10);
  return pages;
}

const said = (rows: readonly ConversationRow[]) => rows.map((row) => row.preview?.text);
test('who waits is read page by page: the longest first, everybody once', async () => {
  const pages = await pagesOf('waiting');
  expect(pages.map((page) => page.length)).toEqual([LIST_PAGE_SIZE, 5]);
  expect(said(pages.flat())).toEqual(questions);
});

test('everybody’s are read page by page: the latest first', async () => {
  expect(said((await pagesOf('all')).flat())).toEqual([...questions].reverse());
});

test('a page goes on where the last one ended, though somebody in it was taken meanwhile', async () => {
  const pages = await pagesOf('waiting', async ([oldest]) => {
    if (!oldest) throw new Error('Nobody waits.');
    await megan.do('conversation:take', { id: newId(), conversation: oldest.id });
  });
  // By counting rows, the next page would begin one too late and leave somebody out.
  expect(said(pages.flat())).toEqual(questions);
  expect(said((await pagesOf('mine')).flat())).toEqual(['Question 0']);
  expect(said((await pagesOf('waiting')).flat())).toEqual(questions.slice(1));
});
