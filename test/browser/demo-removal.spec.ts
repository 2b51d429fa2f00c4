import { expect, test } from 'vitest';
import { openConsole } from '../support/stage.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();

test('the demo is marked on every page of the console, for everybody; only an owner can remove it', async () => {
  const megan = await openConsole(stage.browser, stage.desk, { who: 'Megan Kajitani' });
  for (const name of ['Our words', 'Settings', 'Desk']) {
    await megan
      .getByRole('navigation')
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .click();
    await megan.getByText('Demo desk – the customers are invented.').waitFor();
  }
  expect(await megan.getByRole('button', { name: 'Remove the demo' }).count()).toBe(0);
  await megan.context().close();
});

test('an owner’s click, said yes to, removes it: shop, customers and the people who were played', async () => {
  const ingrid = await openConsole(stage.browser, stage.desk, { who: 'Ingrid Solheim' });
  await ingrid.getByRole('button', { name: 'Remove the demo' }).click();
  const dialog = ingrid.getByRole('dialog');
  expect((await fetch(stage.desk.shop)).status).toBe(200);
  await dialog.getByRole('button', { name: 'Remove the demo' }).click();
  // She was part of it.
  await ingrid.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await ingrid.getByText('Demo desk').count()).toBe(0);
  expect((await fetch(stage.desk.shop)).status).toBe(404);
  await ingrid.context().close();
});
