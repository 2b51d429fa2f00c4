/** What somebody likes is known to whoever answers them next, before the first keystroke. */
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { composer, pane, sayAndTake } from '../support/desk-acts.ts';
import { newId } from '../support/people.ts';
import { openConsole, visitShop } from '../support/stage.ts';
import { agentAt, takeWaiting } from './at-desk.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();
const LIKES = 'No lilies, their cat eats them';

test('a preference noted in one conversation is in sight in the next of the same customer', async () => {
  const seat = await openConsole(stage.browser, stage.desk, { who: '林怡君' });
  const lin = await agentAt(stage.desk, seat);
  const first = await visitShop(stage.browser, stage.desk, { as: 'omar-haddad' });
  const words = `Please mind our cat. ${newId().slice(0, 8)}`;
  await first.say(words);
  const conversation = await takeWaiting(lin, words);
  await lin.do('preference:note', { id: newId(), conversation, text: LIKES, source: 'stated', quote: words });
  await first.page.context().close();

  const megan = await openConsole(stage.browser, stage.desk, { who: 'Megan Kajitani' });
  const second = await visitShop(stage.browser, stage.desk, { as: 'omar-haddad' });
  await sayAndTake(second, megan, 'A bunch for my mother, please.');
  expect(await composer(megan).inputValue()).toBe('');
  const line = megan.locator('.known-likes');
  const beside = pane(megan).getByRole('listitem').filter({ hasText: LIKES });
  await beside.waitFor();
  expect(await line.innerText()).toContain(LIKES);
  for (const place of [line, beside.getByText(LIKES, { exact: true })])
    expect(await isInSight(place)).toBe(true);
  await second.page.context().close();
});

test('of somebody whom nobody has linked as well', async () => {
  const ingrid = await openConsole(stage.browser, stage.desk, { who: 'Ingrid Solheim' });
  const chat = await visitShop(stage.browser, stage.desk);
  await sayAndTake(chat, ingrid, 'I am new here, and love peonies.');
  await pane(ingrid).getByRole('button', { name: 'Note a preference' }).click();
  const form = ingrid.getByRole('form', { name: 'Note a preference' });
  await form.getByRole('textbox', { name: 'What they prefer' }).fill('White peonies');
  await form.getByRole('button', { name: 'Save' }).click();
  const line = ingrid.locator('.known-likes');
  await line.getByText('White peonies').waitFor();
  expect(await isInSight(line)).toBe(true);
  await composer(ingrid).fill('Good morning');
  await ingrid.locator('.known-likes[data-folded=true]').waitFor();
  expect(await isInSight(line)).toBe(true);
  await chat.page.context().close();
});

test('how they would like to be reached stands by their name and first above the thread', async () => {
  const megan = await openConsole(stage.browser, stage.desk, { who: 'Megan Kajitani' });
  const chat = await visitShop(stage.browser, stage.desk);
  await sayAndTake(chat, megan, 'Do ring me, I never read mail.');
  await pane(megan).getByRole('button', { name: 'Note a preference' }).click();
  const form = megan.getByRole('form', { name: 'Note a preference' });
  await form.getByRole('textbox', { name: 'What they prefer' }).fill('Calls, after six');
  await form.getByRole('group', { name: 'It is about how to reach them' }).getByLabel('by telephone').check();
  await form.getByRole('button', { name: 'Save' }).click();
  const head = pane(megan).locator('.customer-who');
  await head.getByText('Would like to be reached: by telephone · Calls, after six').waitFor();
  const line = megan.locator('.known-likes');
  expect(await line.innerText()).toMatch(/^Would like to be reached: by telephone/);
  for (const place of [line, head.locator('.reach')]) expect(await isInSight(place)).toBe(true);
  const agent = await agentAt(stage.desk, megan);
  const { rows } = await agent.do('conversation:list', { view: 'mine' });
  const conversation = rows.find(({ preview }) => preview?.text.startsWith('Do ring me'))?.id ?? '';
  const { preferences } = await agent.do('customer:read', { conversation });
  expect(preferences).toMatchObject([
    { reach: 'phone', source: 'stated', by: { fullName: 'Megan Kajitani' } },
  ]);
  await chat.page.context().close();
});

/** Wholly within the window, and covered by nothing: where it stands, it is what one sees. */
function isInSight(place: Locator): Promise<boolean> {
  return place.evaluate((element) => {
    const { top, left, bottom, right, width, height } = element.getBoundingClientRect();
    const isWithin =
      width > 0 && top >= 0 && left >= 0 && bottom <= window.innerHeight && right <= window.innerWidth;
    const seen = document.elementFromPoint(left + 4, top + height / 2);
    return isWithin && seen !== null && element.contains(seen);
  });
}
