import type { Frame, Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Chat, openChat, visitShop } from '../support/stage.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

async function onPhone(options: object = {}): Promise<Chat> {
  const chat = await visitShop(stage.browser, stage.desk, { ...PHONE, ...options });
  onTestFinished(() => chat.page.context().close());
  return chat;
}

/** The chat's place in the window, in CSS pixels. */
function placeOf(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
  return page.evaluate(() => {
    const frame = document.querySelector('fullname-chat')?.shadowRoot?.querySelector('iframe');
    const { x, y, width, height } = frame?.getBoundingClientRect() ?? new DOMRect(-1, -1, 0, 0);
    return { x, y, width, height };
  });
}

/** Nothing in the frame is wider than the frame, and the composer is wholly in it. */
async function fits(frame: Frame): Promise<boolean> {
  return frame.evaluate(() => {
    const box = document.querySelector('.composer')?.getBoundingClientRect();
    const page = document.documentElement;
    return (
      !!box &&
      page.scrollWidth <= innerWidth &&
      box.left >= 0 &&
      box.right <= innerWidth &&
      box.bottom <= innerHeight + 1
    );
  });
}

describe('on a phone', () => {
  test('the chat fills the screen, in letters that no browser zooms into', async () => {
    const { page, frame, composer } = await onPhone();
    expect(await placeOf(page)).toEqual({ x: 0, y: 0, width: 390, height: 844 });
    expect(await composer.evaluate((field) => getComputedStyle(field).fontSize)).toBe('16px');
    expect(await fits(frame)).toBe(true);
  });

  test('the keyboard takes the lower half of the screen, and the composer stays above it', async () => {
    const chat = await onPhone();
    await chat.say('Can I still change my order?');
    // A keyboard leaves the page as large as it was and makes the view smaller; no emulation shows one, so its view is given here.
    const view = { height: 420, offsetTop: 60 };
    await chat.page.evaluate((small) => {
      const { visualViewport } = window;
      if (!visualViewport) throw new Error('no visual viewport');
      for (const [name, value] of Object.entries(small))
        Object.defineProperty(visualViewport, name, { value, configurable: true });
      visualViewport.dispatchEvent(new Event('resize'));
    }, view);
    await eventually('the chat has the view’s place', async () => {
      const { y, height } = await placeOf(chat.page);
      return y === view.offsetTop && height === view.height;
    });
    await eventually('the composer is in it', () => fits(chat.frame));
    await eventually('the end of what was said is in it', () =>
      chat.frame.evaluate(() => {
        const list = document.querySelector('.scroller');
        return !!list && list.clientHeight > 0 && list.scrollHeight - list.scrollTop - list.clientHeight < 2;
      }),
    );
  });

  test('lying on its side it is filled just as well, with room to read above the composer', async () => {
    const { page, frame } = await onPhone({ viewport: { width: 844, height: 390 } });
    expect(await placeOf(page)).toEqual({ x: 0, y: 0, width: 844, height: 390 });
    expect(await fits(frame)).toBe(true);
    expect(
      await frame.evaluate(() => document.querySelector('.scroller')?.clientHeight ?? 0),
    ).toBeGreaterThan(96);
  });
});

describe('the back button', () => {
  const isOpen = (page: Page): Promise<boolean> =>
    page.evaluate(() => !!window.Fullname && (window.Fullname('get') as { open: boolean }).open);
  const closed = (page: Page): Promise<unknown> =>
    eventually('the chat is closed', async () => !(await isOpen(page)));
  const opened = (page: Page): Promise<unknown> => eventually('the chat is open', () => isOpen(page));
  /** The way back is a chunk of its own, and the entry comes with it. */
  const stands = (page: Page): Promise<unknown> =>
    eventually('there is something to go back from', () =>
      page.evaluate(() => !!(history.state as { fullnameChat?: boolean } | null)?.fullnameChat),
    );

  test('closes the chat, and the page stays where it is, with the state it had', async () => {
    const { page } = await onPhone();
    await stands(page);
    const address = page.url();
    await page.goBack();
    await closed(page);
    expect(page.url()).toBe(address);
    expect(await page.evaluate(() => history.state)).toBeNull();

    await page.locator('fullname-chat button').click();
    await opened(page);
    await stands(page);
    await page.goBack();
    await closed(page);
    expect(page.url()).toBe(address);
  });

  test('is the page’s own again once the chat was closed by hand', async () => {
    const { page, frame } = await onPhone();
    await stands(page);
    await frame.getByRole('button', { name: 'Close' }).click();
    await closed(page);
    await eventually('the entry is gone', () => page.evaluate(() => history.state === null));
    await page.goBack();
    expect(page.url()).toBe('about:blank');
  });

  test('goes back in a page that went on by its own router, and no step of it is lost', async () => {
    const { page } = await onPhone();
    await stands(page);
    const address = page.url();
    await page.evaluate(() => {
      history.pushState({ route: 'basket' }, '', '#basket');
      window.Fullname?.('close');
    });
    await closed(page);
    expect(page.url()).toBe(`${address}#basket`);
    expect(await page.evaluate(() => history.state)).toEqual({ route: 'basket' });
    await page.goBack();
    expect(page.url()).toBe(address);
  });

  test('is left alone where the chat does not fill the screen', async () => {
    const { page } = await onPhone({ viewport: { width: 844, height: 700 } });
    expect(await page.evaluate(() => history.state)).toBeNull();
  });
});

test('the launcher keeps clear of what the screen itself needs', async () => {
  const context = await stage.browser.newContext(PHONE);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(stage.desk.shop);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setSafeAreaInsetsOverride', { insets: { bottom: 34, right: 20 } });
  const below = () =>
    page.locator('fullname-chat button').evaluate((button) => {
      const { right, bottom } = button.getBoundingClientRect();
      return [innerWidth - right, innerHeight - bottom];
    });
  await eventually('it has moved', async () => (await below()).join() === '36,50');
  // The open chat fills the screen all the same.
  await openChat(page);
  expect(await placeOf(page)).toEqual({ x: 0, y: 0, width: 390, height: 844 });
});

describe('in a narrow window', () => {
  test('320 px wide nothing is cut off and nothing scrolls sideways', async () => {
    const viewport = { width: 320, height: 640 };
    const context = await stage.browser.newContext({ viewport });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(stage.desk.shop);
    const chat = await openChat(page);
    await chat.say(`A word without an end: ${'peony'.repeat(40)}`);
    await chat.log.getByText('A word without an end').waitFor();
    expect(await fits(chat.frame)).toBe(true);
    const { x, y, width, height } = await placeOf(page);
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(viewport.width);
    expect(y + height).toBeLessThanOrEqual(viewport.height);
  });
});
