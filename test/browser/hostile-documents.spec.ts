import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cspFor } from '../../server/src/site/csp.ts';
import { eventually } from '../support/eventually.ts';
import { BODY, type HostileGround, openHostileGround, plain } from '../support/hostile.ts';

let ground: HostileGround;

beforeAll(async () => {
  ground = await openHostileGround();
});
afterAll(() => ground.close());

describe('a page that becomes another', () => {
  const acts: readonly (readonly [name: string, act: () => void])[] = [
    [
      'written anew',
      () => {
        document.open();
        document.write('<!doctype html><title>Written</title><h1>All new</h1>');
        document.close();
      },
    ],
    [
      'written anew and never closed',
      () => document.write('<!doctype html><title>Written</title><h1>All new</h1>'),
    ],
    [
      'with another body',
      () => {
        const body = document.createElement('body');
        body.append('Another body');
        document.body.replaceWith(body);
      },
    ],
    [
      'with other children of its root',
      () =>
        document.documentElement.replaceChildren(
          document.createElement('head'),
          document.createElement('body'),
        ),
    ],
    [
      'with another root',
      () => {
        const html = document.createElement('html');
        html.append(document.createElement('head'), document.createElement('body'));
        document.documentElement.replaceWith(html);
      },
    ],
  ];

  test.each(acts)('%s, before and after the chat was opened', async (_, act) => {
    ground.pages.set('changing', plain(''));
    const { page, lines } = await ground.visit('changing');
    const launcher = page.locator('fullname-chat button');
    await launcher.waitFor();
    await page.evaluate(act);
    await launcher.waitFor();
    await ground.talk(page, 'Hello after the change');
    await page.evaluate(act);
    const frame = page.frameLocator('fullname-chat iframe');
    await frame.getByText('Hello after the change').first().waitFor();
    const composer = frame.getByRole('textbox', { name: 'Message' });
    await composer.fill('Still here');
    await composer.press('Enter');
    await frame.getByRole('log').getByText('Still here').waitFor();
    expect(await page.locator('fullname-chat').count()).toBe(1);
    expect(lines).toEqual([]);
  });

  test('one that takes the launcher away again and again keeps its way, and goes on', async () => {
    ground.pages.set(
      'unwilling',
      plain(`<script>
      new MutationObserver(() => document.querySelector('fullname-chat')?.remove()).observe(document, { childList: true, subtree: true });
    </script>`),
    );
    const { page } = await ground.visit('unwilling');
    await eventually('the tag has run', () => page.evaluate(() => !!window.Fullname));
    expect(await page.evaluate(() => document.querySelectorAll('fullname-chat').length)).toBe(0);
    await page.locator('#buy').click();
  });
});

describe('a page that is written by document.write', () => {
  /** Around its tag, as the parser meets it. */
  const around = (script: string) => plain('', BODY.replace('TAG', script));

  test('the tag itself, in both ways', async () => {
    const write = (how: string) =>
      around(
        `<script>document.write('<p>Written</p><script ${how} src="SRC"><' + '/script>');</script><p>And after</p>`,
      );
    await ground.worksUnharmed('written-async', write('async'));
    await ground.worksUnharmed('written-blocking', write(''));
  });

  test('more of the page behind a tag that has already run', async () => {
    const more = "document.write('<p>More</p>');";
    await ground.worksUnharmed(
      'written-behind',
      around(`<script src="SRC"></script><script>${more}</script><p>x</p><script>${more}</script>`),
    );
  });

  test.each([
    ['closed after it', 'document.close();'],
    ['never closed', ''],
  ])('the whole page with its tag after it was loaded, %s', async (name, close) => {
    const whole = JSON.stringify(plain('', BODY.replace('TAG', '<script async src="SRC"></script>')).html);
    const script = `onload = () => { document.write(${whole.replaceAll('</script', '<\\/script')}); ${close} };`;
    await ground.worksUnharmed(`whole-${name.slice(0, 5)}`, {
      html: `<!doctype html><script>${script}</script>`,
    });
  });

  test('anew with its tag in it: nobody is told that the tag is there twice', async () => {
    ground.pages.set('again', plain(''));
    const { page, lines } = await ground.visit('again');
    await ground.talk(page, 'Hello before it is written again');
    await page.evaluate(async () => {
      const src = document.querySelector('script')?.getAttribute('src');
      document.open();
      document.write(`<!doctype html><title>Again</title><h1>Again</h1><script async src="${src}"></script>`);
      document.close();
      await new Promise((resolve) => document.querySelector('script')?.addEventListener('load', resolve));
      window.Fullname?.('a-word-of-none');
    });
    await page.frameLocator('fullname-chat iframe').getByText('Hello before it').first().waitFor();
    // What is wrong is said in the order it was called in.
    await eventually('the wrong call is named', () => lines.length > 0);
    expect(lines).toEqual([expect.stringContaining('a-word-of-none')]);
    expect(await page.locator('fullname-chat').count()).toBe(1);
  });
});

describe('what a server says of a page', () => {
  test('the documented policy and nothing else, with Trusted Types', async () => {
    await ground.worksUnharmed('policy', {
      ...plain(''),
      policy: (origin) => {
        const { hostPage } = cspFor({ origin, hosts: [], scripts: [], styles: [] });
        return `default-src 'none'; ${hostPage.join('; ')}; require-trusted-types-for 'script'; trusted-types 'none'`;
      },
    });
  });

  test.each([
    ['windows-1252', Buffer.from('Größe: 5 €'.replace('€', '\x80'), 'latin1'), 'Größe: 5 €'],
    ['shift_jis', Buffer.from([0x89, 0xd4, 0x82, 0xcc, 0x93, 0x58]), '花の店'],
  ])('the charset %s: its words stay its own, and so do ours', async (charset, words, read) => {
    ground.pages.set('old', {
      html: `<!doctype html><title>Old</title><h1>WORDS</h1>TAG`,
      type: `text/html; charset=${charset}`,
      bytes: (html) => {
        const [before = '', after = ''] = html.split('WORDS');
        return Buffer.concat([Buffer.from(before, 'latin1'), words, Buffer.from(after, 'latin1')]);
      },
    });
    const { page, lines } = await ground.visit('old', `?tag=${encodeURIComponent('data-locale="ja"')}`);
    const launcher = page.locator('fullname-chat button');
    await launcher.waitFor();
    expect(await page.evaluate(() => document.characterSet.toLowerCase())).toBe(charset);
    expect(await page.locator('h1').textContent()).toBe(read);
    expect(await launcher.textContent()).toBe('担当者と話す');
    await launcher.click();
    const frame = page.frameLocator('fullname-chat iframe');
    const composer = frame.locator('textarea');
    await composer.fill('花は Größe ありますか');
    await composer.press('Enter');
    await frame.getByRole('log').getByText('花は Größe ありますか').waitFor();
    await frame
      .getByRole('log')
      .getByText(await ground.answer('花は Größe ありますか'))
      .waitFor();
    expect(lines).toEqual([]);
  });

  test('no doctype: its quirks stay, and are none of the chat', async () => {
    const html = `<html><head><title>Old</title><style>TABLE{width:50%}</style></head><body bgcolor=white topmargin=0 text=#333333>
      <center><table border=1 height=90%><tr><td><font size=5>Flowers</font></table></center>${BODY}</body></html>`;
    await ground.worksUnharmed('quirks', { html });
    expect(await (await ground.visit('quirks')).page.evaluate(() => document.compatMode)).toBe('BackCompat');
  });

  test('XHTML, as application/xhtml+xml', async () => {
    const html = `<?xml version="1.0" encoding="UTF-8"?>
      <html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>Strict</title></head><body>${BODY}</body></html>`;
    await ground.worksUnharmed('xhtml', { html, type: 'application/xhtml+xml' });
    const { page } = await ground.visit('xhtml');
    expect(await page.evaluate(() => [document.contentType, document.documentElement.tagName])).toEqual([
      'application/xhtml+xml',
      'html',
    ]);
  });

  test('a page in windows-1252 looks as it did', async () => {
    await ground.worksUnharmed('latin', {
      html: plain('', `<p>Größe</p>${BODY}`).html,
      type: 'text/html; charset=windows-1252',
      bytes: (html) => Buffer.from(html, 'latin1'),
    });
  });
});
