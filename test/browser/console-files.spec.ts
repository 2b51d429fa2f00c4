import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { composer, sayAndTake } from '../support/desk-acts.ts';
import { eventually } from '../support/eventually.ts';
import { JPEG, PDF, PNG, TEXT } from '../support/pictures.ts';
import { type Chat, openConsole, visitShop } from '../support/stage.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();
let folder: string;
let desk: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fullname-console-files-'));
  desk = await openConsole(stage.browser, stage.desk, { who: 'Megan Kajitani' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, body: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, body);
  return path;
}

/** A visitor who has said this, and whose conversation Megan Kajitani has just taken. */
async function meet(words: string) {
  const chat = await visitShop(stage.browser, stage.desk);
  await sayAndTake(chat, desk, words);
  return chat;
}

const attach = () => desk.getByRole('button', { name: 'Send a file' });
const tray = () => desk.getByRole('list', { name: 'Files on their way' });
const rowOf = (name: string) => tray().getByRole('listitem').filter({ hasText: name });

async function pick(...paths: readonly string[]): Promise<void> {
  // By the keyboard, as somebody does who has just written; after a look at the page, for the browser must know that it is waited for.
  const press = async () => {
    await attach().focus();
    await desk.keyboard.press('Enter');
  };
  const [chooser] = await Promise.all([desk.waitForEvent('filechooser'), press()]);
  await chooser.setFiles([...paths]);
}

/** A drag or a paste, made in the page as a browser makes it. True when the page took it. */
function give(onto: Locator, type: 'drop' | 'paste', name: string, body: Uint8Array): Promise<boolean> {
  return onto.evaluate(
    (element, [type, name, base64]) => {
      const data = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      data.items.add(new File([bytes], name, { type: 'image/png' }));
      const common = { bubbles: true, cancelable: true };
      const event =
        type === 'paste'
          ? new ClipboardEvent('paste', { ...common, clipboardData: data })
          : new DragEvent('drop', { ...common, dataTransfer: data });
      return !element.dispatchEvent(event);
    },
    [type, name, Buffer.from(body).toString('base64')] as const,
  );
}

const inLog = (name: string) => desk.getByRole('log').getByRole('button', { name });

/** Whether the picture that stands with this file is drawn. */
function isDrawn(picture: Locator): Promise<boolean> {
  return picture.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0);
}

async function visitorSends({ page, frame, composer: field }: Chat, path: string): Promise<void> {
  const button = frame.getByRole('button', { name: 'Send a file' });
  if (!(await button.isVisible())) await field.pressSequentially('…');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.click()]);
  await chooser.setFiles(path);
}

describe('files from the desk', () => {
  test('go by button, drag and paste, in their order; what is being written stays', async () => {
    const chat = await meet('Which roses are these?');
    await composer(desk).fill('Let me show you');
    await pick(fileOf('roses.png', PNG), fileOf('order.pdf', PDF));
    await inLog('order.pdf').waitFor();
    expect(await composer(desk).inputValue()).toBe('Let me show you');
    await eventually('one can go on writing', () =>
      composer(desk).evaluate((field) => field === document.activeElement),
    );
    expect(await give(composer(desk), 'paste', 'pasted.png', PNG)).toBe(true);
    await inLog('pasted.png').waitFor();
    expect(await give(composer(desk), 'drop', 'dropped.png', PNG)).toBe(true);
    for (const name of ['roses.png', 'order.pdf', 'pasted.png', 'dropped.png'])
      await chat.log.getByRole('button', { name }).waitFor();
    const log = await chat.log.innerText();
    expect(log.indexOf('roses.png')).toBeLessThan(log.indexOf('order.pdf'));
    // What one person sends in a row stands under one name.
    expect(await desk.getByRole('log').locator('.message-agent .message-head').count()).toBe(1);
    expect(await tray().count()).toBe(0);
    await chat.page.context().close();
  });

  test('beside the composer, and among notes, are not taken, nor does one open in the console’s place', async () => {
    const chat = await meet('May I send a picture?');
    expect(await give(desk.getByRole('log'), 'drop', 'beside.png', PNG)).toBe(true);
    await desk.getByRole('radio', { name: 'Note' }).check({ force: true });
    await attach().waitFor({ state: 'detached' });
    await give(composer(desk), 'paste', 'noted.png', PNG);
    expect(await tray().count()).toBe(0);
    await chat.page.context().close();
  });

  test.each(['light', 'dark'] as const)('are pictures on both ends, %s', async (colorScheme) => {
    await desk.emulateMedia({ colorScheme });
    const chat = await meet(`A picture, please, in a ${colorScheme} room`);
    await visitorSends(chat, fileOf('from-anna.jpg', JPEG));
    await inLog('from-anna.jpg').waitFor();
    await pick(fileOf('from-megan.png', PNG));
    await chat.log.getByRole('button', { name: 'from-megan.png' }).waitFor();
    for (const name of ['from-anna.jpg', 'from-megan.png']) {
      const picture = desk.locator('.bubble', { hasText: name }).locator('.file-picture img');
      await picture.scrollIntoViewIfNeeded();
      await eventually(`${name} is drawn at the desk`, () => isDrawn(picture));
    }
    // The visitor's own picture is shown from what was sent, the desk's from where files are served.
    await chat.log.locator('img').nth(1).waitFor();
    await eventually('it is drawn in the chat', () => isDrawn(chat.log.locator('img').last()));
    await pick(fileOf('tool.exe', TEXT));
    await rowOf('tool.exe').getByRole('alert').waitFor();
    expect(await violations(desk)).toEqual([]);
    await chat.page.context().close();
  });

  test('that cannot be sent say so before a byte is; what the relay refuses says why', async () => {
    const chat = await meet('Do you take anything?');
    let uploads = 0;
    desk.on('request', (request) => {
      if (request.url().includes('/files?')) uploads += 1;
    });
    await desk.getByRole('button', { name: 'Send a file, up to 10 MB' }).waitFor();
    await pick(fileOf('tool.exe', TEXT), fileOf('film.pdf', Buffer.alloc(11 * 1024 * 1024, 32)));
    expect(await rowOf('tool.exe').getByRole('alert').innerText()).toBe(
      'This file cannot be taken. Send a JPEG, PNG, GIF or WebP picture, a PDF or plain text.',
    );
    expect(await rowOf('film.pdf').getByRole('alert').innerText()).toBe(
      'Larger than 10 MB, the most that can be sent here. Send a smaller one, or a part of it.',
    );
    expect(uploads).toBe(0);
    await pick(fileOf('forged.png', TEXT));
    await rowOf('forged.png').getByRole('alert').waitFor();
    expect(await tray().getByRole('button', { name: 'Try again' }).count()).toBe(0);
    for (const name of ['tool.exe', 'film.pdf', 'forged.png'])
      await rowOf(name).getByRole('button', { name: 'Discard' }).click();
    await tray().waitFor({ state: 'detached' });
    await chat.page.context().close();
  });

  test('are cancelled on their way, while words go past them', async () => {
    const chat = await meet('Is it a large file?');
    await desk.route('**/files?*', () => undefined);
    await pick(fileOf('slow.png', PNG));
    await tray().getByRole('progressbar', { name: 'Sending slow.png' }).waitFor();
    await composer(desk).fill('Good morning, Megan Kajitani here. It is on its way.');
    await composer(desk).press('Enter');
    await chat.log.getByText('It is on its way.').waitFor();
    await rowOf('slow.png').getByRole('button', { name: 'Cancel' }).click();
    await tray().waitFor({ state: 'detached' });
    await desk.unrouteAll();
    expect(await inLog('slow.png').count()).toBe(0);
    await chat.page.context().close();
  });

  test('outlive a lost line: tried again by themselves, then by hand, and there once', async () => {
    const chat = await meet('Can you hear me?');
    let tries = 0;
    await desk.route('**/files?*', async (route) => {
      tries += 1;
      await route.abort('connectionreset');
    });
    // The page's clock, so that the pauses between the tries are over at once.
    await desk.clock.install();
    await pick(fileOf('kept.png', PNG));
    const row = rowOf('kept.png');
    await eventually('it has given up', async () => {
      await desk.clock.fastForward(1_000);
      return row.getByRole('alert').isVisible();
    });
    expect(tries).toBeGreaterThan(1);
    expect(await row.getByRole('alert').innerText()).toBe(
      'Not sent: the line was lost. Try again when it is back.',
    );
    await desk.unrouteAll();
    await row.getByRole('button', { name: 'Try again' }).click();
    await chat.log.getByRole('button', { name: 'kept.png' }).waitFor();
    await tray().waitFor({ state: 'detached' });
    expect(await inLog('kept.png').count()).toBe(1);
    await chat.page.context().close();
  });
});
