import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { openConsole, visitShop } from '../support/stage.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();
/** A one-time link is good once: one console each for the whole file. */
let megan: Page;
let lin: Page;
let ingrid: Page;

beforeAll(async () => {
  megan = await openConsole(stage.browser, stage.desk, { who: 'Megan Kajitani', locale: 'en-GB' });
  lin = await openConsole(stage.browser, stage.desk, { who: '林怡君', locale: 'zh-TW' });
  ingrid = await openConsole(stage.browser, stage.desk, { who: 'Ingrid Solheim', locale: 'en-GB' });
});
afterAll(async () => {
  for (const page of [megan, lin, ingrid]) await page?.context().close();
});

async function openBook(page: Page, hash: string): Promise<void> {
  await page.goto(`${stage.desk.origin}/console/#book/${hash}`);
  await page.locator('main.book .page-body').waitFor();
}

const TITLE = 'The back room';

/** The proposal of the rule with this title, on the page of the proposals. */
const proposal = (page: Page) => page.locator('.proposal').filter({ hasText: TITLE });

describe('everybody takes part in the book', () => {
  test('an agent proposes a rule with examples, which are tried while she types', async () => {
    await openBook(megan, 'rules');
    await megan.getByRole('button', { name: 'Propose a rule' }).click();
    const form = megan.getByRole('dialog', { name: 'Propose a rule' });
    await form.getByLabel('Name of the rule').fill(TITLE);
    await form.getByLabel('What it finds').fill('(ask|check with) the back room');
    await form.getByLabel('Say instead').fill('I will find out for you');
    await form.getByLabel('Why').first().fill('A customer speaks with a person, not with our rooms.');
    const example = form.getByLabel('Must be found in Example 1');
    await example.fill('Let me ask the front desk.');
    await form.getByText('✗ not found').waitFor();
    await example.fill('Let me ask the back room.');
    await form.getByText('✓ found').waitFor();
    await form.getByLabel('Must not be found in Example 1').fill('The back room has a window.');
    await form.getByText('✓ stays silent').waitFor();
    await form.getByLabel('A real sentence that shows why').fill('I must check with the back room first.');
    await form.getByRole('button', { name: 'Propose it' }).click();
    await form.waitFor({ state: 'detached' });
    await openBook(megan, 'proposals');
    await proposal(megan).getByText('I must check with the back room first.').waitFor();
    expect(await proposal(megan).getByRole('button', { name: /^For/ }).count()).toBe(0);
  });

  test('a colleague, in another language, says what she thinks', async () => {
    await openBook(lin, 'proposals');
    await proposal(lin).getByRole('button', { name: /^贊成/ }).click();
    await proposal(lin).getByRole('button', { name: '贊成 1' }).waitFor();
    await proposal(lin).getByText('寫第一則意見').click();
    await proposal(lin).getByLabel('你的意見').fill('我每天都聽到。');
    await proposal(lin).getByRole('button', { name: '留下意見' }).click();
    await proposal(lin).getByText('1 則意見').waitFor();
    // Megan's page hears of it.
    await proposal(megan).getByText('我每天都聽到。').waitFor();
  });

  test('an owner accepts and publishes: the rule then finds, and the agent reads what changed', async () => {
    await openBook(ingrid, 'proposals');
    await proposal(ingrid).getByRole('button', { name: 'Accept' }).click();
    const next = ingrid.getByRole('region', { name: 'Next version' });
    await next.getByText(TITLE).waitFor();
    await next.getByRole('button', { name: 'Publish…' }).click();
    const confirm = ingrid.getByRole('dialog');
    expect(await confirm.innerText()).toMatch(/1 change for everybody at this desk \(\d+ people\)/);
    expect(await confirm.innerText()).toContain(TITLE);
    await confirm.getByLabel('What it is about').fill('No more rooms.');
    await confirm.getByRole('button', { name: 'Publish', exact: true }).click();
    await confirm.waitFor({ state: 'detached' });

    const rail = megan
      .getByRole('navigation', { name: 'Sections' })
      .getByRole('button', { name: /^Our words/ });
    await rail.getByText('unread changes').waitFor({ state: 'attached' });
    await openBook(megan, 'versions');
    const newest = megan.locator('.version').first();
    await newest.getByText('No more rooms.').waitFor();
    expect(await newest.innerText()).toContain(TITLE);
    expect(await newest.innerText()).not.toContain('林怡君');
    await megan.getByRole('button', { name: 'I have read this' }).click();
    await rail.getByText('unread changes').waitFor({ state: 'detached' });

    await openBook(megan, 'rules');
    await megan.getByRole('heading', { name: new RegExp(TITLE) }).waitFor();
    await megan.getByLabel('Try any sentence').fill('One moment, I check with the back room.');
    await megan.locator('.found', { hasText: 'check with the back room' }).waitFor();
    await megan.getByLabel('Try any sentence').fill('');
  });

  test('a phrase is changed by an owner at once, and shown word by word as it was and is', async () => {
    await openBook(ingrid, 'phrases');
    await ingrid
      .getByRole('button', { name: /^Change: / })
      .first()
      .click();
    const form = ingrid.getByRole('dialog', { name: 'Change the phrase' });
    const text = form.getByLabel('What we say');
    await text.fill(`${await text.inputValue()} I am all yours.`);
    await form.getByRole('button', { name: 'Publish at once' }).click();
    await form.waitFor({ state: 'detached' });
    await openBook(ingrid, 'versions');
    const newest = ingrid.locator('.version').first();
    await newest.getByRole('heading', { name: 'Changed phrase' }).waitFor();
    expect(await newest.locator('ins').allInnerTexts()).toEqual([expect.stringContaining('I am all yours.')]);
    expect(await newest.locator('del').count()).toBe(0);
  });
});

test('a declined change is there to be read with its reason, and waits no more', async () => {
  await openBook(megan, 'phrases');
  const card = megan.locator('.entry-card').first();
  const entry = await card.getAttribute('data-entry');
  await card.getByRole('button', { name: /^Change: / }).click();
  const form = megan.getByRole('dialog');
  const text = form.getByLabel('What we say');
  await text.fill(`${await text.inputValue()} Cheers!`);
  await form.getByRole('button', { name: 'Propose it' }).click();
  await form.waitFor({ state: 'detached' });
  const same = megan.locator(`[data-entry="${entry}"]`);
  await same.getByText('a change is proposed').waitFor();

  await openBook(ingrid, 'proposals');
  const proposed = ingrid.locator('.proposal').filter({ hasText: 'Cheers!' });
  await proposed.getByRole('button', { name: 'Decline' }).click();
  await proposed.getByLabel('Why not').fill('It reads as careless.');
  await proposed.getByRole('button', { name: 'Decline with this reason' }).click();

  await same.getByText('a change is proposed').waitFor({ state: 'detached' });
  await openBook(megan, 'proposals');
  expect(await megan.getByText('It reads as careless.').isVisible()).toBe(false);
  await megan.locator('summary', { hasText: 'Declined' }).click();
  await megan.getByText('It reads as careless.').waitFor();
});

test('an address names an entry: it is in view and has the focus', async () => {
  await openBook(megan, 'rules');
  const last = megan.locator('.entry-card').last();
  const entry = await last.getAttribute('data-entry');
  await openBook(megan, 'phrases');
  await openBook(megan, `rules/${entry}`);
  await megan.locator(`[data-entry="${entry}"]:focus`).waitFor();
  // Also when nothing of the book has been read yet.
  await megan.reload();
  const found = megan.locator(`[data-entry="${entry}"]:focus`);
  await found.waitFor();
  const box = await found.boundingBox();
  expect(box?.y).toBeLessThan(800);
});

test('an import is looked at row by row before its good rows are taken', async () => {
  await openBook(ingrid, 'phrases');
  await ingrid.getByRole('button', { name: 'Import, export' }).click();
  await ingrid.getByRole('menuitem', { name: 'Import…' }).click();
  const dialog = ingrid.getByRole('dialog', { name: 'Import phrases' });
  await dialog.getByLabel('From a file').setInputFiles({
    name: 'ours.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      'locale,situation,text,reason\nen,farewell,Come by when the lilacs are out.,A reason to come back.\nen,nowhere,Lost.,None.\n',
    ),
  });
  // Closed by accident, it is all still there.
  await ingrid.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await ingrid.getByRole('button', { name: 'Import, export' }).click();
  await ingrid.getByRole('menuitem', { name: 'Import…' }).click();
  await dialog.getByRole('button', { name: 'Look first' }).click();
  const bad = dialog.getByRole('row').filter({ hasText: 'This value is not known.' });
  await bad.waitFor();
  expect(await bad.getByRole('cell').first().innerText()).toBe('2');
  await dialog.getByRole('button', { name: 'Take the good ones' }).click();
  await dialog.waitFor({ state: 'detached' });
  await openBook(ingrid, 'proposals');
  await ingrid
    .getByRole('region', { name: 'Next version' })
    .getByText('Come by when the lilacs are out.')
    .waitFor();
});

test('the book is exported as a file that can be taken in again', async () => {
  await openBook(ingrid, 'rules');
  await ingrid.getByRole('button', { name: 'Import, export' }).click();
  const [file] = await Promise.all([
    ingrid.waitForEvent('download'),
    ingrid.getByRole('menuitem', { name: 'Export as CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk));
  expect(Buffer.concat(chunks).toString('utf8')).toContain(TITLE);
});

test('what was typed is still there after the form was closed by accident', async () => {
  await openBook(megan, 'phrases');
  await megan.getByRole('button', { name: 'Propose a phrase' }).click();
  const form = megan.getByRole('dialog', { name: 'Propose a phrase' });
  await form.getByLabel('What we say').fill('The kettle is on.');
  await megan.keyboard.press('Escape');
  await form.waitFor({ state: 'detached' });
  await megan.getByRole('button', { name: 'Propose a phrase' }).click();
  expect(await form.getByLabel('What we say').inputValue()).toBe('The kettle is on.');
  await form.getByRole('button', { name: 'Start over' }).click();
  expect(await form.getByLabel('What we say').inputValue()).toBe('');
  await megan.keyboard.press('Escape');
});

test('an owner has the past words read, and writes a rule from what is found', async () => {
  await openBook(ingrid, 'past');
  await ingrid.getByText('Use an import instead').click();
  const sentences = 'Let me ask the back room.\n'.repeat(3);
  await ingrid
    .getByLabel('Or paste it')
    .fill(`${sentences}{"text": "I check with the back room.", "lang": "en"}`);
  await ingrid.getByText('4 sentences are ready').waitFor();
  await ingrid.getByRole('button', { name: 'Read these sentences' }).click();
  const found = ingrid.locator('.past-line').filter({ hasText: 'ask the back room' });
  await found.getByText('4 times').waitFor();
  await found.getByRole('button', { name: /^Write a better phrase/ }).click();
  const form = ingrid.getByRole('dialog', { name: 'Add a phrase' });
  expect(await form.getByLabel('A real sentence that shows why').inputValue()).toContain('the back room');
  await ingrid.keyboard.press('Escape');
});

test('a long reading says how far it is, and everybody sees what it found', async () => {
  await openBook(ingrid, 'past');
  await ingrid.reload();
  await ingrid.getByText('Use an import instead').click();
  const buffer = Buffer.from(`${'Let me ask the back room. '.repeat(14)}\n`.repeat(9_500));
  const file = { name: 'past.txt', mimeType: 'text/plain', buffer };
  await ingrid.getByLabel('From a file').setInputFiles(file);
  await ingrid.getByText('9500 sentences are ready').waitFor();
  await ingrid.getByRole('button', { name: 'Read these sentences' }).click();
  await ingrid.locator('.running progress[value]').waitFor();
  await ingrid.getByText(/of 9,500 read/).waitFor();
  await ingrid.locator('.running').waitFor({ state: 'detached', timeout: 100_000 });
  await openBook(megan, 'past');
  for (const page of [ingrid, megan]) await page.locator('.past-line').first().waitFor();
  await ingrid.emulateMedia({ reducedMotion: 'reduce' });
  expect(await violations(ingrid)).toEqual([]);
}, 120_000);

test('a sent reply is counted: its phrase, its rule, what became of the wish, what the customer wrote next', async () => {
  const chat = await visitShop(stage.browser, stage.desk, { locale: 'en-GB' });
  await chat.say('Could you water my fern on Sunday?');
  await megan.goto(`${stage.desk.origin}/console/`);
  await megan.getByRole('tab').first().click();
  await megan.locator('#rows').getByText('Could you water my fern').click();
  await megan.getByRole('log').getByText('Could you water my fern').waitFor();
  await megan.keyboard.press('Escape');
  await megan.keyboard.press('t');
  const field = megan.locator('#composer');
  await megan.locator('#composer:focus').waitFor();
  await megan.keyboard.press('Alt+1');
  await expect.poll(() => field.inputValue()).toContain('Megan Kajitani');
  await field.press('End');
  await megan.keyboard.insertText(
    ' Let me ask the back room. Unfortunately we cannot water plants on Sundays.',
  );
  const remarks = megan.getByRole('region', { name: 'A remark on your words' });
  await remarks.waitFor();
  await megan.keyboard.press('Enter');
  await remarks.getByRole('alert').waitFor();
  await megan.keyboard.press('Enter');
  await chat.log.getByText('cannot water plants').waitFor();
  await chat.say('What a pity. Thank you all the same.');
  await megan.getByRole('log').getByText('What a pity').waitFor();

  await openBook(ingrid, 'figures');
  await ingrid.getByRole('heading', { name: TITLE }).waitFor();
  await ingrid.getByText('1 a plain no').waitFor();
  await ingrid.getByText('What customers wrote next').first().click();
  await ingrid.getByText('What a pity. Thank you all the same.').waitFor();
  expect(await ingrid.locator('main').innerText()).not.toContain('Megan');
  for (const colorScheme of ['light', 'dark'] as const) {
    await ingrid.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(ingrid)).toEqual([]);
  }
  await chat.page.context().close();
});

test('owners alone decide on refusals and own addresses', async () => {
  await openBook(ingrid, 'settings');
  await ingrid.getByLabel('Hold the message').check();
  await ingrid.getByLabel('Our own addresses and numbers').fill('shop.example\nhello@shop.example');
  await ingrid.getByRole('button', { name: 'Save' }).click();
  await ingrid.getByText('It works in every composer from now on.').waitFor();
  await ingrid.reload();
  await ingrid.getByLabel('Hold the message').waitFor();
  expect(await ingrid.getByLabel('Hold the message').isChecked()).toBe(true);
  await openBook(megan, 'settings');
  expect(await megan.getByRole('button', { name: 'Settings', exact: true }).count()).toBe(1);
  await megan.getByRole('button', { name: 'Propose a phrase' }).waitFor();
});

describe('by keyboard alone', () => {
  /** Presses Tab until the focus is on a control of this name. */
  async function tabTo(page: Page, name: string | RegExp): Promise<void> {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      const words = await page.evaluate(() => {
        const focused = document.activeElement;
        const label = focused?.id ? document.querySelector(`label[for="${focused.id}"]`) : null;
        return (
          focused?.getAttribute('aria-label') ??
          label?.textContent ??
          focused?.textContent ??
          ''
        ).trim();
      });
      if (typeof name === 'string' ? words === name : name.test(words)) return;
    }
    throw new Error(`The focus never came to ${name}.`);
  }

  test('an agent proposes a rule, and the focus is back where it was', async () => {
    await openBook(megan, 'rules');
    await megan.reload();
    await megan.locator('.entry-card').first().waitFor();
    await tabTo(megan, 'Propose a rule');
    await megan.keyboard.press('Enter');
    const form = megan.getByRole('dialog', { name: 'Propose a rule' });
    await form.getByLabel('Name of the rule').waitFor();
    await megan.keyboard.type('Kettles');
    await tabTo(megan, 'What it finds');
    await megan.keyboard.type('kettle*');
    await tabTo(megan, 'Why');
    await megan.keyboard.type('Tea is no answer.');
    await tabTo(megan, 'Must be found in Example 1');
    await megan.keyboard.type('I put the kettle on.');
    await form.getByText('✓ found').waitFor();
    await tabTo(megan, 'Must not be found in Example 1');
    await megan.keyboard.type('Tea is ready.');
    await tabTo(megan, 'Propose it');
    await megan.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    await megan.locator('button:focus', { hasText: 'Propose a rule' }).waitFor();
  });

  test('an owner goes to it, accepts it and publishes', async () => {
    await openBook(ingrid, 'phrases');
    await ingrid.reload();
    await ingrid.locator('.entry-card').first().waitFor();
    await tabTo(ingrid, /^Proposals/);
    await ingrid.keyboard.press('Enter');
    await ingrid.getByText('Kettles').waitFor();
    await tabTo(ingrid, 'Accept');
    await ingrid.keyboard.press('Enter');
    await ingrid.getByRole('region', { name: 'Next version' }).getByText('Kettles').waitFor();
    await ingrid.reload();
    await ingrid.getByRole('region', { name: 'Next version' }).getByText('Kettles').waitFor();
    await tabTo(ingrid, 'Publish…');
    await ingrid.keyboard.press('Enter');
    await ingrid.getByRole('dialog').waitFor();
    await ingrid.keyboard.type('Tea.');
    await ingrid.keyboard.press('Enter');
    await ingrid.getByRole('dialog').waitFor({ state: 'detached' });
    await openBook(ingrid, 'versions');
    await ingrid.locator('.version').first().getByText('Tea.').waitFor();
  });
});

describe.each(['light', 'dark'] as const)('axe, in a %s scheme', (colorScheme) => {
  test.each(['phrases', 'rules', 'proposals', 'versions', 'figures', 'past', 'settings'])(
    'finds nothing on #book/%s',
    async (section) => {
      await ingrid.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await openBook(ingrid, section);
      await ingrid.locator('.book .skeleton').first().waitFor({ state: 'detached' });
      // A few entries of hundreds: axe looks at each pixel of their contrast.
      const search = ingrid.getByLabel('Search the book');
      if ((await search.count()) > 0) await search.fill('soon');
      expect(await violations(ingrid)).toEqual([]);
    },
  );

  test('finds nothing in the form of a rule with every part of it open', async () => {
    await ingrid.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openBook(ingrid, 'rules');
    await ingrid.getByRole('button', { name: 'Add a rule' }).click();
    const form = ingrid.getByRole('dialog', { name: 'Add a rule' });
    await form.getByLabel('What it finds').fill('(soon');
    await form.locator('details').evaluateAll((folds) => {
      for (const fold of folds) fold.setAttribute('open', '');
    });
    await form.getByRole('button', { name: 'Into the next version' }).click();
    await form.getByText('This is needed.').first().waitFor();
    expect(await violations(ingrid)).toEqual([]);
    await ingrid.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
  });
});
