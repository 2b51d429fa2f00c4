import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { pane, sayAndTake } from '../support/desk-acts.ts';
import { eventually } from '../support/eventually.ts';
import { listenToSockets, openConsole, visitShop } from '../support/stage.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();
const TOMAS = 'Tomás Echeverría';

test('help is asked of a person behind the desk, promised, answered and rated; the customer meets only their ally', async () => {
  const megan = await openConsole(stage.browser, stage.desk, { who: 'Megan Kajitani' });
  const tomas = await openConsole(stage.browser, stage.desk, { who: TOMAS });
  const context = await stage.browser.newContext();
  const crossed = listenToSockets(context);
  const chat = await visitShop(context, stage.desk, { as: 'anna-lindqvist' });
  await sayAndTake(chat, megan, 'Is the box on Wednesday’s van?');

  const question = 'Did box 4417 go onto the van?';
  await pane(megan).getByRole('button', { name: 'Ask for help' }).click();
  const dialog = megan.getByRole('dialog', { name: 'Ask for help' });
  await dialog.getByRole('radio', { name: TOMAS }).check();
  await dialog.getByRole('textbox', { name: 'What you need' }).fill(question);
  await dialog.getByRole('button', { name: `Ask ${TOMAS}` }).click();
  await dialog.waitFor({ state: 'detached' });

  const asked = await toHelp(tomas);
  const answered = tomas.getByRole('region', { name: 'What you answered' });
  const counts = answered.locator('.own-counts > div').filter({ hasText: 'Kind and good' });
  const kindAndGood = async () =>
    (await counts.count()) === 0 ? 0 : Number(await counts.getByRole('definition').innerText());
  await answered.waitFor();
  const before = await kindAndGood();
  const card = asked.getByRole('listitem').filter({ hasText: question });
  await card.getByText('Asked by Megan Kajitani').waitFor();
  await card.getByText('for Anna Lindqvist').waitFor();
  await card.getByRole('button', { name: 'Read the conversation here' }).click();
  await card.getByText('Is the box on Wednesday’s van?').waitFor();
  await card.getByRole('button', { name: 'Promise a time' }).click();
  await card.getByRole('button', { name: 'In an hour' }).click();
  await card.getByRole('button', { name: 'Promise it' }).click();
  await card.getByText(/\d+:\d\d left/).waitFor();

  const line = pane(megan).getByRole('listitem').filter({ hasText: question });
  await line.getByText('promised by').waitFor();
  const answer = 'It stands in the depot; it goes at two today.';
  await card.getByRole('button', { name: 'Answer', exact: true }).click();
  await card.getByRole('textbox', { name: 'Your answer' }).fill(answer);
  await card.getByRole('button', { name: 'Send the answer' }).click();
  await line.getByText(answer).waitFor();
  await line.getByRole('button', { name: 'Kind and good' }).click();
  await line.getByText('rated: Kind and good').waitFor();

  await answered.getByRole('listitem').filter({ hasText: answer }).waitFor();
  await eventually('the rating is counted, without a name', async () => (await kindAndGood()) === before + 1);
  expect(await asked.getByRole('listitem').filter({ hasText: question }).count()).toBe(0);

  const field = megan.locator('.composer-field');
  await field.fill('Hello Anna, Megan Kajitani here. It goes out today.');
  await field.press('Enter');
  await chat.log.getByText('It goes out today.').waitFor();
  expect(crossed().join('\n')).toContain('It goes out today.');
  for (const seen of [...crossed(), await chat.frame.locator('body').innerText()])
    expect(seen).not.toMatch(/Tomás|Echeverría|4417|depot|help-asked|help-answered|kind-and-good/);
  await Promise.all([context.close(), megan.context().close(), tomas.context().close()]);
});

/** Where somebody of the back office begins. */
async function toHelp(page: Page) {
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Help' }).click();
  return page.getByRole('region', { name: /^Asked of you/ });
}
