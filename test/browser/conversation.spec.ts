import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openChat, openConsole, visitShop } from '../support/stage.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();
/** A one-time link is good once: one console for the whole file. */
let megans: Promise<Page> | undefined;

function megan(): Promise<Page> {
  megans ??= openConsole(stage.browser, stage.desk, { who: 'Megan Kajitani' });
  return megans;
}

/** Opens the row with these words in it, under Waiting. */
async function openRow(page: Page, words: string): Promise<void> {
  await page.getByRole('tab', { name: /Waiting/ }).click();
  await page.locator('#rows').getByText(words).click();
  await page.getByRole('log').getByText(words).waitFor();
}

async function reply(page: Page, text: string): Promise<void> {
  const box = page.locator('.composer-field');
  await box.fill(text);
  await box.press('Enter');
  await page.getByRole('log').getByText(text).waitFor();
}

describe('a conversation, in the shop and at the console side by side', () => {
  test('goes there and back, by full name, and is found again after a reload', async () => {
    const chat = await visitShop(stage.browser, stage.desk);
    await chat.say('Do you have white peonies?');
    await chat.log.getByText('Do you have white peonies?').waitFor();

    const desk = await megan();
    await openRow(desk, 'Do you have white peonies?');
    await desk.getByRole('button', { name: 'Take', exact: true }).first().click();
    await chat.log.getByText('You are now speaking with Megan Kajitani').waitFor();
    await reply(desk, 'Good morning, I am Megan Kajitani. From October on; I can keep one for you.');
    await chat.log.getByText('From October on; I can keep one for you.').waitFor();
    expect(await chat.frame.locator('header').innerText()).toContain('Megan Kajitani');

    await chat.page.reload();
    const again = await openChat(chat.page);
    await again.log.getByText('From October on; I can keep one for you.').waitFor();
    expect(await again.log.innerText()).toContain('Do you have white peonies?');
    expect(await again.frame.locator('header').innerText()).toContain('Megan Kajitani');
    await again.say('Please do.');
    // By halves: whose fault it is, should the words not arrive.
    await again.log.getByText('Please do.').waitFor();
    await desk.getByRole('log').getByText('Please do.').waitFor();
    await chat.page.context().close();
  });

  test('says how far words came: sent, on the other screen, read', async () => {
    const chat = await visitShop(stage.browser, stage.desk);
    await chat.say('Do you wrap them?');
    const fate = chat.log.locator('.fate').last();
    await fate.getByText('sent').waitFor();
    const desk = await megan();
    await openRow(desk, 'Do you wrap them?');
    await desk.getByRole('button', { name: 'Take', exact: true }).first().click();
    await fate.getByText('read').waitFor();

    // Another window lies over the console, which is all that a page is told of it.
    await desk.evaluate(() => {
      document.hasFocus = () => false;
    });
    await chat.say('In paper, I mean.');
    await fate.getByText('delivered').waitFor();
    await desk.evaluate(() => {
      document.hasFocus = () => true;
      window.dispatchEvent(new Event('focus'));
    });
    await fate.getByText('read').waitFor();

    await chat.log.press('Escape');
    await reply(desk, 'Good morning, I am Megan Kajitani. Yes, in paper, with a ribbon.');
    const state = desk.getByRole('log').locator('.message-state').last();
    await state.getByText('delivered').waitFor();
    await (await openChat(chat.page)).log.getByText('with a ribbon').waitFor();
    await state.getByText('read').waitFor();
    await chat.page.context().close();
  });

  test('shows text as text: newlines kept, markup harmless, links only where they are safe', async () => {
    const chat = await visitShop(stage.browser, stage.desk);
    const words =
      '<img src=x onerror="window.pwned=1"> <b>bold</b>\njavascript:alert(1) https://example.com/a?b=1.';
    await chat.say(words);
    await chat.log.getByText('<b>bold</b>').waitFor();
    const links = await chat.log
      .getByRole('link')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    expect(links).toEqual(['https://example.com/a?b=1']);

    const desk = await megan();
    await desk.getByRole('tab', { name: /Waiting/ }).click();
    await desk.locator('#rows').getByText('<b>bold</b>').click();
    await desk.getByRole('log').getByText('<b>bold</b>').waitFor();
    for (const end of [chat.frame, desk]) {
      expect(await end.evaluate(() => 'pwned' in window)).toBe(false);
      expect(await end.locator('[role=log] img, [role=log] b:text-is("bold")').count()).toBe(0);
    }
    await chat.page.context().close();
  });
});

describe('an agent, before typing a word', () => {
  test('sees what went wrong for this customer, what is owed, and a sentence with which to say so', async () => {
    const chat = await visitShop(stage.browser, stage.desk, { as: 'anna-lindqvist' });
    await chat.say('Hello, has my parcel left you?');
    const desk = await megan();
    await openRow(desk, 'Hello, has my parcel left you?');
    const card = await desk.locator('main').innerText();
    for (const part of [
      'Please know',
      'the second late parcel',
      'Put right',
      'Still owed',
      'Megan Kajitani',
    ]) {
      expect(card).toContain(part);
    }
    expect(card).toContain('I am sorry; you need not explain it again.');
    expect(await desk.locator('.composer-field').inputValue()).toBe('');
    await chat.page.context().close();
  });

  test('sees nothing of a past where the visitor is not known', async () => {
    const chat = await visitShop(stage.browser, stage.desk);
    await chat.say('My name is Anna Lindqvist, where is my parcel?');
    const desk = await megan();
    await openRow(desk, 'My name is Anna Lindqvist, where is my parcel?');
    const pane = desk.getByRole('complementary');
    await pane.waitFor();
    expect(await pane.innerText()).not.toMatch(/Still owed|peony roots/);
    await chat.page.context().close();
  });
});

describe('an agent who takes a conversation', () => {
  test('writes at once: what is typed next is words, not commands, and the page stays where it is', async () => {
    const chat = await visitShop(stage.browser, stage.desk, { as: 'ngozi-adeyemi' });
    await chat.say('The vase came cracked again.');
    const desk = await megan();
    await openRow(desk, 'The vase came cracked again.');
    await desk.getByRole('button', { name: 'Take', exact: true }).first().click();
    await desk.locator('.composer-field:focus').waitFor();
    await desk.keyboard.type('Good morning; I am sorry.');
    await chat.log.getByText('You are now speaking with Megan Kajitani').waitFor();
    expect(await desk.locator('.composer-field').inputValue()).toBe('Good morning; I am sorry.');
    expect(await desk.locator('.composer').getAttribute('data-mode')).toBe('reply');
    const overflow = () => desk.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
    expect(await overflow()).toBe(0);
    await chat.page.context().close();
  });
});
