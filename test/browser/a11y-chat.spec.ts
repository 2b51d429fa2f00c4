import type { Browser, Frame, Page } from 'playwright-core';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type Ground, openGround } from '../support/chat-ground.ts';
import { focused, heard, overflows, type Stop, wrongs } from '../support/ease.ts';
import { eventually } from '../support/eventually.ts';
import { newId } from '../support/people.ts';
import { type Chat, type VisitOptions, visitShop } from '../support/stage.ts';
import { takeWaiting } from './at-desk.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();
let ground: Ground;

beforeAll(async () => {
  const { browser, desk } = stage;
  ground = await openGround({ browser, desk, post: { taken: [], runDue: () => stage.runDue() } });
});

describe('with the keyboard alone', () => {
  test('all is reached in the order in which it is read, is seen to have the focus, and gives it back', async () => {
    // With the frame in a process of its own, as people have it: where the focus goes beyond its end depends on that.
    const browser = await launchBrowser();
    onTestFinished(() => browser.close());
    const { page, frame } = await visit({ from: browser });
    const { keyboard } = page;
    await frame.getByRole('textbox', { name: 'Message' }).focus();
    await keyboard.type('Is the can on its way? https://example.com/track');
    await keyboard.press('Enter');
    const log = frame.getByRole('log');
    await log.getByText('sent').waitFor();
    const conversation = await takeWaiting(ground.megan, 'Is the can on its way? https://example.com/track');
    await ground.megan.do('message:send', { conversation, id: newId(), text: 'It left us at eight.' });
    await log.getByText('It left us at eight.').waitFor();

    await frame.getByRole('heading', { level: 1 }).focus();
    const stops = await goThrough(frame, keyboard);
    await eventually('the focus has left the chat, as the page hears it', () =>
      page.evaluate(() => document.activeElement?.localName !== 'fullname-chat'),
    );
    const names = stops.map(({ what }) => what);
    const order = [
      'button More',
      'button Close the chat',
      'section Conversation',
      'a https://example.com',
      'textarea Message',
    ];
    expect(order.map((one) => names.findIndex((name) => name.startsWith(one)))).toEqual(
      order.map((one) => names.findIndex((name) => name.startsWith(one))).sort((a, b) => a - b),
    );
    for (const one of order) expect(names.join('\n')).toContain(one);
    expect(stops.filter(({ shown, covered }) => !shown || covered)).toEqual([]);

    const more = frame.getByRole('button', { name: 'More' });
    await more.focus();
    await keyboard.press('Enter');
    await frame.getByRole('combobox', { name: 'Language' }).waitFor();
    expect(await more.getAttribute('aria-expanded')).toBe('true');
    const inMenu = await goThrough(frame, keyboard, 4);
    expect(inMenu.filter(({ shown, covered }) => !shown || covered)).toEqual([]);
    await frame.getByRole('combobox', { name: 'Language' }).focus();
    await keyboard.press('Escape');
    await frame.locator('.menu').waitFor({ state: 'detached' });
    await eventually('the focus is back', async () => (await focused(frame))?.what === 'button More');
    await keyboard.press('Escape');
    await eventually('the launcher has the focus', () =>
      page.evaluate(
        () => document.querySelector('fullname-chat')?.shadowRoot?.activeElement?.localName === 'button',
      ),
    );
    await keyboard.press('Enter');
    await eventually(
      'the composer has it again',
      async () => (await focused(frame))?.what === 'textarea Message',
    );
    await page.context().close();
  });
});

describe('a screen reader', () => {
  test('hears a named button, a log that says who speaks, and what becomes of a message', async () => {
    const { page, frame, log } = await visit({ alone: true });
    const words = `Do you have peonies? ${newId().slice(0, 8)}`;
    const composer = frame.getByRole('textbox', { name: 'Message' });
    await composer.fill(words);
    await composer.press('Enter');
    const conversation = await takeWaiting(ground.megan, words);
    await ground.megan.do('message:send', { conversation, id: newId(), text: 'From October on.' });
    await log.getByText('From October on.').waitFor();
    await frame.getByRole('heading', { name: 'Megan Kajitani' }).waitFor();
    const tree = await heard(page);
    const named = (role: string) => tree.filter((one) => one.role === role).map(({ name }) => name);
    expect(named('main')).toEqual(['Talk to a person']);
    expect(named('heading')).toEqual(['Megan Kajitani']);
    expect(named('textbox')).toEqual(['Message']);
    expect(named('button').every((name) => name !== '')).toBe(true);
    expect(named('button')).toEqual(expect.arrayContaining(['More', 'Send']));
    const [spoken, ...others] = tree.filter(({ role }) => role === 'log');
    expect(others).toEqual([]);
    expect(spoken).toMatchObject({ live: 'polite', ignored: false });
    expect(spoken?.text).toContain('Megan Kajitani says: From October on.');
    expect(spoken?.text).toContain(`You: ${words}`);
    expect(spoken?.text).toMatch(/You are now speaking with\s*Megan Kajitani/);
    // The name that stands above a group is for eyes: with it every reader would hear it twice.
    expect(spoken?.text.match(/Megan Kajitani/g)).toHaveLength(2);
    expect(spoken?.text).toMatch(/sent \d/);
    // The news, who is writing, and what was copied.
    expect(tree.filter(({ role }) => role === 'status').map(({ live }) => live)).toEqual([
      ...['polite', 'polite', 'polite'],
    ]);
    ground.megan.socket.emit('typing:show', { conversation });
    await eventually('who is writing is said', async () =>
      (await heard(page)).some(
        ({ role, text }) => role === 'status' && text === 'Megan Kajitani is writing…',
      ),
    );
    await page.context().close();
  });

  test('finds the launcher as a landmark of its own, with its words, on a phone as well', async () => {
    const context = await stage.browser.newContext({ viewport: { width: 390, height: 700 } });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(stage.desk.shop);
    await page.locator('fullname-chat button').waitFor();
    const tree = await heard(page);
    expect(tree.filter(({ role, name }) => role === 'region' && name === 'Talk to a person')).toHaveLength(1);
    expect(
      tree.filter(({ role, name, ignored }) => role === 'button' && name === 'Talk to a person' && !ignored),
    ).not.toHaveLength(0);
  });
});

describe('where a visitor has set the page otherwise', () => {
  test('forced colours: launcher, panel, bubbles and fields keep an outline, and axe finds nothing', async () => {
    const { page, frame } = await visit({
      forcedColors: 'active',
      reducedMotion: 'reduce',
      viewport: { width: 390, height: 700 },
    });
    const launcher = await page.evaluate(() => {
      const button = document.querySelector('fullname-chat')?.shadowRoot?.querySelector('button');
      if (!button) throw new Error('There is no launcher.');
      const [own, face] = [getComputedStyle(button), getComputedStyle(button, '::before')];
      return {
        paper: own.backgroundColor,
        edge: own.borderTopColor,
        face: face.borderTopColor,
        ...{ width: own.borderTopWidth },
      };
    });
    expect(launcher.edge).not.toBe(launcher.paper);
    expect(launcher.face).not.toBe(launcher.paper);
    expect(launcher.width).toBe('1px');
    await frame.getByRole('textbox', { name: 'Message' }).fill('Is anybody there?');
    await frame.getByRole('textbox', { name: 'Message' }).press('Enter');
    await frame.locator('.mine .bubble').waitFor();
    const edges = await frame.evaluate(() =>
      ['.mine .bubble', '.composer > div'].map((one) => {
        const element = document.querySelector(one);
        if (!element) throw new Error(`There is no ${one}.`);
        const { borderTopColor, borderTopWidth } = getComputedStyle(element);
        return borderTopWidth === '1px' && borderTopColor !== getComputedStyle(document.body).backgroundColor;
      }),
    );
    expect(edges).toEqual([true, true]);
    expect((await focused(frame))?.shown).toBe(true);
    expect(await wrongs(frame)).toEqual([]);
    await page.context().close();
  });

  test.each([
    ['200 %', { width: 640, height: 400 }],
    ['400 %', { width: 320, height: 256 }],
  ])(
    'a window of 1280 pixels at %s: head, words and composer are in sight or scrolled to',
    async (_, viewport) => {
      const { page, frame } = await visit({ viewport });
      const box = await page.locator('fullname-chat iframe').boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect(box?.y).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(viewport.width);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
      const composer = frame.getByRole('textbox', { name: 'Message' });
      await composer.fill('Can everything be read?');
      await composer.press('Enter');
      await frame.locator('.mine .bubble').waitFor();
      expect(await overflows(frame)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        viewport.width,
      );
      await page.context().close();
    },
  );
});

test('as a page of its own on a wide screen the chat keeps to a column in the middle, and so does what is asked over it', async () => {
  const { page, frame } = await visit({ alone: true });
  const middle = { left: 340, right: 940 };
  const sidesOf = (what: string) =>
    frame.locator(what).evaluate((one) => {
      const { left, right } = one.getBoundingClientRect();
      return { left, right };
    });
  expect(await sidesOf('.app')).toEqual(middle);
  await frame.getByRole('button', { name: 'Ask for somebody by name' }).click();
  await frame.getByRole('dialog').waitFor();
  expect(await sidesOf('dialog')).toEqual(middle);
  await page.context().close();
});

/** The chat, opened in the shop, or as a page of its own. Megan Kajitani is here. */
async function visit(
  options: VisitOptions & {
    readonly alone?: boolean;
    readonly forcedColors?: 'active';
    readonly reducedMotion?: 'reduce';
    readonly from?: Browser;
  } = {},
): Promise<Chat> {
  const { alone = false, from = stage.browser, ...rest } = options;
  await ground.megan.do('presence:set', { here: true });
  const chat = await visitShop(from, stage.desk, {
    viewport: { width: 1280, height: 800 },
    ...rest,
  });
  if (!alone) return chat;
  const address = chat.frame.url();
  await chat.page.goto(address);
  const frame = chat.page.mainFrame();
  await frame.getByRole('textbox', { name: 'Message' }).waitFor();
  return { ...chat, frame, composer: frame.getByRole('textbox'), log: frame.getByRole('log') };
}

/** Presses Tab until nothing new comes, or so many times; what had the focus, in order. */
async function goThrough(frame: Frame, keyboard: Page['keyboard'], most = 30): Promise<Stop[]> {
  const stops: Stop[] = [];
  for (let times = 0; times < most; times += 1) {
    await keyboard.press('Tab');
    const stop = await focused(frame);
    if (!stop || stops.some(({ what }) => what === stop.what)) break;
    stops.push(stop);
  }
  return stops;
}
