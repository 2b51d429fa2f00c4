import type { Frame, Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { openChat, openConsole, visitShop } from '../support/stage.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();
const CARD = '4111 1111 1111 1111';
const MASKED = '•••• •••• •••• 1111';
const NOTICE = 'For your safety we send only the last four digits of a card number.';

/** Every frame that the page's sockets have sent, from its beginning. */
function sentFrames(page: Page): string[] {
  const frames: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      frames.push(String(payload));
    }),
  );
  return frames;
}

/** Everything that a document's origin stores: IndexedDB, localStorage, sessionStorage. */
function storedIn(where: Page | Frame): Promise<string> {
  return where.evaluate(async () => {
    const whole: unknown[] = [];
    try {
      whole.push({ ...localStorage }, { ...sessionStorage });
    } catch {
      // A frame on another site may store nothing: the host page keeps it.
      return '';
    }
    const wait = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue;
      const database = await wait(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        whole.push(await wait(database.transaction(store).objectStore(store).getAll()));
      }
      database.close();
    }
    return JSON.stringify(whole);
  });
}

const holdsCard = (text: string) => text.replace(/[\s-]/g, '').includes(CARD.replaceAll(' ', ''));

describe('a visitor who writes a card number', () => {
  let desk: Page | undefined;
  afterAll(() => desk?.context().close());

  test('is told, sends and keeps only its end; the agent never sees more', async () => {
    const chat = await visitShop(stage.browser, stage.desk);
    const frames = sentFrames(chat.page);
    await chat.page.reload();
    const { frame, composer } = await openChat(chat.page);
    const status = frame.locator('.status');

    await composer.fill(`My card ${CARD} is declined`);
    await status.getByText(NOTICE).waitFor();
    expect(await status.getAttribute('role')).toBe('status');
    const places = () => Promise.all([storedIn(frame), storedIn(chat.page)]).then((all) => all.join('\n'));
    const stored = await eventually('the draft is kept', async () => {
      const text = await places();
      return text.includes(`My card ${MASKED}`) && text;
    });
    expect(holdsCard(stored)).toBe(false);

    await composer.press('Enter');
    await frame.getByRole('log').getByText(`My card ${MASKED} is declined`).waitFor();
    expect(await status.innerText()).toBe(NOTICE);

    desk = await openConsole(stage.browser, stage.desk, { who: 'Megan Kajitani' });
    const deskFrames = sentFrames(desk);
    await desk.reload();
    await desk.getByRole('tab', { name: /Waiting/ }).click();
    await desk.locator('#rows').getByText(`My card ${MASKED}`).click();
    await desk.getByRole('log').getByText(`My card ${MASKED} is declined`).waitFor();
    expect(holdsCard(await desk.locator('body').innerText())).toBe(false);

    await desk.locator('.composer-field').fill(`Your card ${CARD}`);
    await eventually('the agent’s draft is on the relay', () =>
      deskFrames.some((one) => one.includes(`Your card ${MASKED}`)),
    );
    const said = frames.join('\n');
    expect(said).toContain(MASKED);
    for (const [where, text] of Object.entries({
      'the visitor’s frames': said,
      'the visitor’s stores': await places(),
      'the agent’s frames': deskFrames.join('\n'),
      'the agent’s stores': await storedIn(desk),
    })) {
      expect(holdsCard(text), where).toBe(false);
    }

    await composer.fill('Thank you');
    await eventually('the notice goes with the next words', async () => (await status.innerText()) === '');
    await chat.page.context().close();
  });

  test('without a line: the words wait masked, and arrive so, once', async () => {
    const chat = await visitShop(stage.browser, stage.desk);
    await chat.say('Peony question');
    await chat.log.getByText('Peony question').waitFor();
    const frames = sentFrames(chat.page);
    await chat.page.context().setOffline(true);
    await chat.say(`and ${CARD} please`);
    await chat.log.getByText(`and ${MASKED} please`).waitFor();
    const places = await Promise.all([storedIn(chat.frame), storedIn(chat.page)]);
    expect(places.join('\n')).toContain(`and ${MASKED} please`);
    expect(holdsCard(places.join('\n'))).toBe(false);
    await chat.page.context().setOffline(false);
    await eventually(
      'it is sent',
      () => frames.some((frame) => frame.includes(`and ${MASKED} please`)),
      40_000,
    );
    expect(holdsCard(frames.join('\n'))).toBe(false);
    await chat.page.context().close();
  });
});
