import type { CDPSession, Frame, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openConsole, visitShop } from '../support/stage.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();

/**
 * Types as an input method does: the browser itself composes, so that its events say `isComposing`. Enter then chooses
 * among the candidates; it is no wish to send.
 */
async function compose(keyboard: CDPSession, text: string): Promise<void> {
  await keyboard.send('Input.imeSetComposition', { text: 'ni hao', selectionStart: 6, selectionEnd: 6 });
  const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 };
  await keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
  await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
  await keyboard.send('Input.imeSetComposition', {
    text,
    selectionStart: text.length,
    selectionEnd: text.length,
  });
  await keyboard.send('Input.insertText', { text });
}

/** Notes every Enter that a document sees, and whether it was pressed while composing. */
async function watchEnter(where: Page | Frame): Promise<() => Promise<boolean[]>> {
  await where.evaluate(() => {
    const seen: boolean[] = [];
    Object.assign(window, { enters: seen });
    addEventListener('keydown', (event) => event.key === 'Enter' && seen.push(event.isComposing), {
      capture: true,
    });
  });
  return () => where.evaluate(() => (window as unknown as { enters: boolean[] }).enters);
}

describe('Enter while an input method composes', () => {
  test('chooses a word in the visitor’s composer and sends nothing; the next Enter sends', async () => {
    const chat = await visitShop(stage.browser, stage.desk);
    await chat.composer.focus();
    const enters = await watchEnter(chat.frame);
    const context = chat.page.context();
    const keyboard = await context.newCDPSession(chat.frame).catch(() => context.newCDPSession(chat.page));
    await compose(keyboard, '你好');
    expect(await enters()).toEqual([true]);
    expect(await chat.composer.inputValue()).toBe('你好');
    expect(await chat.log.count()).toBe(0);
    await chat.composer.press('Enter');
    await chat.log.getByText('你好').waitFor();
    expect(await enters()).toEqual([true, false]);
    await chat.page.context().close();
  });

  test('chooses a word in the agent’s composer and sends nothing', async () => {
    const chat = await visitShop(stage.browser, stage.desk, { as: 'chen-siyuan' });
    await chat.say('请问花什么时候到？');
    const desk = await openConsole(stage.browser, stage.desk, { who: '林怡君' });
    await desk.locator('#rows').getByText('请问花什么时候到？').click();
    const box = desk.locator('.composer-field');
    await desk.getByRole('button', { name: 'Take', exact: true }).first().click();
    await chat.log.getByText('林怡君').waitFor();
    await box.fill('');
    await box.focus();
    const enters = await watchEnter(desk);
    await compose(await desk.context().newCDPSession(desk), '您好');
    expect(await enters()).toEqual([true]);
    expect(await box.inputValue()).toBe('您好');
    expect(await chat.log.getByText('您好').count()).toBe(0);
    await box.fill('您好，我是林怡君。');
    await box.press('Enter');
    await chat.log.getByText('您好，我是林怡君。').waitFor();
    await Promise.all([chat.page.context().close(), desk.context().close()]);
  });
});

describe('the keyboard alone', () => {
  test('opens the chat, writes, breaks a line, sends, and goes back to the launcher with Esc', async () => {
    const page = await (await stage.browser.newContext()).newPage();
    await page.goto(stage.desk.shop);
    await page.locator('fullname-chat button').focus();
    await page.keyboard.press('Enter');
    const box = page.frameLocator('fullname-chat iframe').getByRole('textbox');
    await box.waitFor();
    await page.waitForFunction(() => document.activeElement?.localName === 'fullname-chat');
    await box.press('End');
    await page.keyboard.type('first line');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('second line');
    expect(await box.inputValue()).toBe('first line\nsecond line');
    await page.keyboard.press('Enter');
    await page.frameLocator('fullname-chat iframe').getByRole('log').getByText('second line').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForFunction(
      () => document.querySelector('fullname-chat')?.shadowRoot?.activeElement instanceof HTMLButtonElement,
    );
    await page.context().close();
  });
});
