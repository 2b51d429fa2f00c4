import type { UploadedFile } from '@fullname/shared/files';
import { describe, expect, test } from 'vitest';
import { type Chat, visitShop } from '../support/stage.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();

/** Draws so many pixels of noise, which no format makes small, as a file of this kind, and drops it on the chat; gives its size. */
function dropNoise(chat: Chat, name: string, type: string, width: number, height: number): Promise<number> {
  return chat.composer.evaluate(
    async (field, [name, type, width, height]) => {
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width, height });
      const context = canvas.getContext('2d');
      if (!context) throw new Error('There is no canvas.');
      const noise = context.createImageData(width, height);
      for (let at = 0; at < noise.data.length; at += 65_536)
        crypto.getRandomValues(noise.data.subarray(at, at + 65_536));
      for (let at = 3; at < noise.data.length; at += 4) noise.data[at] = 255;
      context.putImageData(noise, 0, 0);
      const body = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type));
      if (body?.type !== type) throw new Error(`This browser writes no ${type}.`);
      const data = new DataTransfer();
      data.items.add(new File([body], name, { type }));
      field.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
      return body.size;
    },
    [name, type, width, height] as const,
  );
}

function drop(chat: Chat, name: string, type: string, bytes: readonly number[], size = bytes.length) {
  return chat.composer.evaluate(
    (field, [name, type, bytes, size]) => {
      const body = new Uint8Array(size);
      body.set(bytes);
      const data = new DataTransfer();
      data.items.add(new File([body], name, { type }));
      field.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
    },
    [name, type, bytes, size] as const,
  );
}

/** What goes to the relay: of each upload its type and size. */
function uploadsIn({ page }: Chat): { type: string; bytes: number }[] {
  const uploads: { type: string; bytes: number }[] = [];
  page.on('request', (request) => {
    if (!request.url().includes('/w/files?')) return;
    const bytes = request.postDataBuffer()?.length ?? 0;
    uploads.push({ type: request.headers()['content-type'] ?? '', bytes });
  });
  return uploads;
}

/** A bitmap of 3 by 1: red, green, blue. */
const BMP = [
  ...[0x42, 0x4d, 66, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0],
  ...[0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ...[0, 0, 255, 0, 255, 0, 255, 0, 0, 0, 0, 0],
];
const LIMIT = 10 * 1_048_576;

describe('pictures that cannot be sent as they are', () => {
  test('a photo over the limit is made smaller, and arrives as a picture with its sides in proportion', async () => {
    const chat = await visitShop(stage.browser, stage.desk);
    const uploads = uploadsIn(chat);
    const answered = chat.page.waitForResponse((response) => response.url().includes('/w/files?'));
    expect(await dropNoise(chat, 'IMG 1042.png', 'image/png', 3_200, 1_600)).toBeGreaterThan(LIMIT);
    const picture = chat.log.getByRole('button', { name: 'IMG 1042.jpg' });
    await picture.waitFor();
    expect(uploads.map(({ type }) => type)).toEqual(['image/jpeg']);
    expect(uploads.every(({ bytes }) => bytes <= LIMIT)).toBe(true);
    const { value } = (await (await answered).json()) as { value: UploadedFile };
    expect([value.width, value.height]).toEqual([2_560, 1_280]);
    await chat.page.context().close();
  });

  test('a kind that the desk could not open is made into a JPEG', async () => {
    const chat = await visitShop(stage.browser, stage.desk);
    const uploads = uploadsIn(chat);
    await drop(chat, 'colours.bmp', 'image/bmp', BMP);
    await chat.log.getByRole('button', { name: 'colours.jpg' }).waitFor();
    expect(uploads.map(({ type }) => type)).toEqual(['image/jpeg']);
    await chat.page.context().close();
  });

  test('what this browser cannot read is refused before a byte is sent, in words that say what can be', async () => {
    const chat = await visitShop(stage.browser, stage.desk);
    const uploads = uploadsIn(chat);
    const heic = [...Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')];
    const alert = chat.frame.getByRole('alert');
    for (const type of ['image/heic', '']) {
      await drop(chat, `IMG_7${type.length}.HEIC`, type, heic);
      await alert.getByText(`IMG_7${type.length}.HEIC cannot be sent. JPEG, PNG, GIF, WebP`).waitFor();
    }
    expect(await alert.textContent()).toContain('Save a picture as JPEG');
    await drop(chat, 'broken.jpg', 'image/jpeg', [0xff, 0xd8, 0xff], LIMIT + 1);
    await alert.getByText('broken.jpg is larger than 10 MB').waitFor();
    await drop(chat, 'long.pdf', 'application/pdf', [0x25], LIMIT + 1);
    await alert.getByText('long.pdf is larger than 10 MB').waitFor();
    await drop(chat, 'dance.gif', 'image/gif', [0x47], LIMIT + 1);
    await alert.getByText('dance.gif is larger than 10 MB').waitFor();
    expect(uploads).toEqual([]);
    await chat.page.context().close();
  });
});
