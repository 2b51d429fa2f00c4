import type { ConversationRow as Row } from '@fullname/shared/model';
import { render, screen } from '@testing-library/preact';
import { expect, it } from 'vitest';
import { type Desk, DeskContext } from '../../context.ts';
import { ConversationRow } from './ConversationRow.tsx';

const row: Row = {
  ...{ id: 'c', status: 'open', site: { id: 's', name: 'Shop' }, name: '刘浩然', known: true },
  ...{ holder: { id: 'p2', fullName: '林怡君' }, offeredTo: null, waitingSince: null },
  ...{ lastAt: '2026-03-03T10:00:00.000Z', preview: { text: '花到了，谢谢。', by: 'visitor' } },
  ...{ lastSeq: 1, read: 1, locale: 'zh-Hans', pleaseKnow: false, version: 1 },
};

function draw(shown: Row) {
  const desk = { person: { id: 'p1' } } as Desk;
  render(
    <DeskContext.Provider value={desk}>
      <ConversationRow row={shown} open={false} />
    </DeskContext.Provider>,
  );
  return screen.getAllByRole('link').at(-1);
}

it('what is written in Chinese is told apart from the reader’s own words and from the other script', () => {
  const link = draw(row);
  expect(link?.querySelector('.row-preview')?.textContent).toBe('林怡君 · 花到了，谢谢。');
  const marked = [...(link?.querySelectorAll('[lang]') ?? [])].map((one) => [
    one.getAttribute('lang'),
    one.textContent,
  ]);
  expect(marked).toEqual([
    ['zh-Hans', '刘浩然'],
    ['zh-Hans', '花到了，谢谢。'],
  ]);
  // "A visitor" is said by the console.
  const nameless = draw({ ...row, name: null, locale: 'zh-Hant' });
  expect([...(nameless?.querySelectorAll('[lang]') ?? [])].map((one) => one.textContent)).toEqual([
    '花到了，谢谢。',
  ]);
  // English is as likely another language, of which the book knows nothing.
  expect(draw({ ...row, locale: 'en' })?.querySelector('[lang]')).toBe(null);
});
