import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Download, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { PDF, PNG, TEXT } from '../support/pictures.ts';
import { type Chat, visitShop } from '../support/stage.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fullname-files-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, body: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, body);
  return path;
}

/** The button comes with the first typed word. */
async function pick(chat: Chat, ...paths: readonly string[]): Promise<void> {
  const button = chat.frame.getByRole('button', { name: 'Send a file' });
  if (!(await button.isVisible())) await chat.composer.pressSequentially('…');
  const [chooser] = await Promise.all([chat.page.waitForEvent('filechooser'), button.click()]);
  await chooser.setFiles([...paths]);
}

/** Files on the way of a drag or a paste, made in the page as a browser makes them. */
function give(
  chat: Chat,
  type: 'drop' | 'paste',
  files: readonly { name: string; type: string; base64: string }[],
  texts: Readonly<Record<string, string>> = {},
) {
  return chat.composer.evaluate(
    (field, [type, files, texts]) => {
      const data = new DataTransfer();
      for (const [kind, text] of Object.entries(texts)) data.setData(kind, text);
      for (const { name, type, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name, { type }));
      }
      const common = { bubbles: true, cancelable: true };
      if (type === 'paste')
        field.dispatchEvent(new ClipboardEvent('paste', { ...common, clipboardData: data }));
      else {
        // While it is dragged a page knows that there are files, and not which.
        const over = new DragEvent('dragover', common);
        Object.defineProperty(over, 'dataTransfer', { value: { types: data.types, files: [] } });
        field.dispatchEvent(over);
        field.dispatchEvent(new DragEvent('drop', { ...common, dataTransfer: data }));
      }
    },
    [type, files, texts] as const,
  );
}

const base64 = (body: Uint8Array) => Buffer.from(body).toString('base64');

async function isSent(chat: Chat, name: string): Promise<void> {
  await chat.log.getByRole('button', { name }).waitFor();
}

/** How often the relay was given a file: each try. */
function uploadsIn({ page }: Chat): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.url().includes('/w/files?')) count += 1;
  });
  return () => count;
}

/** Of a new window, which is gone as soon as it becomes one. */
function download({ page }: Chat): Promise<Download> {
  return new Promise((resolve) => {
    page.once('download', resolve);
    page.context().once('page', (opened) => opened.once('download', resolve));
  });
}

describe('files from a visitor', () => {
  test('begin a conversation, several at once, in their order; and are had again', async () => {
    const chat = await visitShop(stage.browser, stage.desk);
    await pick(chat, fileOf('roses.png', PNG), fileOf('order.pdf', PDF), fileOf('notes.txt', TEXT));
    for (const name of ['roses.png', 'order.pdf', 'notes.txt']) await isSent(chat, name);
    const log = await chat.log.innerText();
    expect(log.indexOf('roses.png')).toBeLessThan(log.indexOf('order.pdf'));
    expect(log.indexOf('order.pdf')).toBeLessThan(log.indexOf('notes.txt'));
    await chat.log.locator('img[src^="data:image/jpeg"]').waitFor();

    const saved = download(chat);
    await chat.log.getByRole('button', { name: 'order.pdf' }).click();
    expect((await saved).suggestedFilename()).toBe('order.pdf');
    // What was being written is still there.
    expect(await chat.composer.inputValue()).toBe('…');
    await chat.page.context().close();
  });

  test('are taken from a drag and from a paste; words that are pasted are left to the field', async () => {
    const chat = await visitShop(stage.browser, stage.desk);
    await chat.say('I have two pictures');
    await chat.frame.getByRole('button', { name: 'Send a file' }).waitFor();
    await give(chat, 'drop', [{ name: 'dropped.png', type: 'image/png', base64: base64(PNG) }]);
    await isSent(chat, 'dropped.png');
    await give(chat, 'paste', [{ name: 'pasted.png', type: 'image/png', base64: base64(PNG) }]);
    await isSent(chat, 'pasted.png');
    await chat.page.context().close();
  });

  test('are taken before a letter was typed; of a table that is pasted, the words are meant', async () => {
    const picture = (name: string) => ({ name, type: 'image/png', base64: base64(PNG) });
    const dropped = await visitShop(stage.browser, stage.desk);
    await give(dropped, 'drop', [picture('first.png')]);
    await isSent(dropped, 'first.png');
    await dropped.page.context().close();

    const pasted = await visitShop(stage.browser, stage.desk);
    const table = { 'text/plain': '12\t13', 'text/html': '<table><td>12<td>13</table>' };
    await give(pasted, 'paste', [picture('table.png')], table);
    await give(pasted, 'paste', [picture('alone.png')], { 'text/plain': 'alone.png' });
    await isSent(pasted, 'alone.png');
    expect(await pasted.log.getByText('table.png').count()).toBe(0);
    await pasted.page.context().close();
  });

  test('that are chosen while what sends them cannot be had are sent when it can', async () => {
    const chat = await visitShop(stage.browser, stage.desk);
    const broken = (route: Route) => route.abort('connectionreset');
    await chat.page.context().route('**/w/attach-*', broken);
    await pick(chat, fileOf('patient.png', PNG));
    const lost = chat.frame.getByRole('alert');
    await lost.waitFor();
    await chat.page.context().unroute('**/w/attach-*', broken);
    await isSent(chat, 'patient.png');
    await lost.waitFor({ state: 'detached' });
    await chat.page.context().close();
  });

  test('that cannot be sent say so before a byte is: what it is, or how large it may be', async () => {
    const chat = await visitShop(stage.browser, stage.desk);
    const uploads = uploadsIn(chat);
    await pick(chat, fileOf('tool.exe', TEXT), fileOf('film.pdf', Buffer.alloc(11 * 1024 * 1024, 32)));
    const alert = chat.frame.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toBe(
      'tool.exe cannot be sent. JPEG, PNG, GIF, WebP, PDF and plain text can. Save a picture as JPEG, or send a screenshot of it.\n' +
        'film.pdf is larger than 10 MB. Make it smaller, or send a link to it.',
    );
    expect(uploads()).toBe(0);
    await chat.page.context().close();
  });

  test('that the relay refuses say why, and are discarded', async () => {
    const chat = await visitShop(stage.browser, stage.desk);
    await pick(chat, fileOf('forged.png', TEXT));
    await chat.log.getByText('forged.png cannot be sent.').waitFor();
    await chat.log.getByRole('button', { name: 'Discard' }).click();
    await eventually('it is gone', async () => (await chat.frame.getByText('forged.png').count()) === 0);
    await chat.page.context().close();
  });

  test('are cancelled on their way, while words go past them', async () => {
    const chat = await visitShop(stage.browser, stage.desk);
    await chat.page.context().route('**/w/files?*', () => undefined);
    await pick(chat, fileOf('slow.png', PNG));
    await chat.log.getByRole('progressbar', { name: 'Sending slow.png' }).waitFor();
    await chat.say('While it is on its way');
    const words = chat.log.locator('.row', { hasText: 'While it is on its way' });
    await eventually('the words are sent', async () => !(await words.innerText()).includes('sending'));
    expect(await chat.log.getByRole('progressbar').count()).toBe(1);
    // Sooner than a line on which nothing moves is given up.
    const ended = chat.page.waitForEvent('requestfailed', {
      predicate: (request) => request.url().includes('/w/files?'),
      timeout: 20_000,
    });
    await chat.log.getByRole('button', { name: 'Cancel' }).click();
    await ended;
    await eventually('it is gone', async () => (await chat.log.getByText('slow.png').count()) === 0);
    const isInList = () => chat.frame.evaluate(() => document.activeElement?.className === 'scroller');
    expect(await isInList()).toBe(true);
    await chat.page.context().close();
  });

  test('survive a lost line and a reload, and arrive once', async () => {
    const chat = await visitShop(stage.browser, stage.desk);
    const context = chat.page.context();
    const broken = (route: Route) => route.abort('connectionreset');
    await context.route('**/w/files?*', broken);
    const uploads = uploadsIn(chat);
    await pick(chat, fileOf('kept.png', PNG));
    await eventually('it was tried twice', () => uploads() >= 2);
    await chat.page.close();

    await context.unroute('**/w/files?*', broken);
    const page = await context.newPage();
    await page.goto(stage.desk.shop);
    await page.locator('fullname-chat button').click();
    const log = page.frameLocator('iframe').getByRole('log');
    await log.getByRole('button', { name: 'kept.png' }).waitFor();
    expect(await log.getByText('kept.png').count()).toBe(1);
    await context.close();
  });
});
