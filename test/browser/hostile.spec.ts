import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BODY, type HostileGround, openHostileGround, plain } from '../support/hostile.ts';

let ground: HostileGround;

beforeAll(async () => {
  ground = await openHostileGround();
});
afterAll(() => ground.close());

describe('styles of a page', () => {
  test('a reset that hides everything, with !important', async () => {
    const css = `*{display:none!important;visibility:hidden!important;opacity:0!important;position:static!important;width:0!important;
      height:0!important;margin:9px!important;font:700 40px/3 fantasy!important;color:red!important;transform:rotate(3deg)!important;
      pointer-events:none!important;clip-path:inset(50%)!important;all:unset!important}
      html,body,main,main *{display:block!important;visibility:visible!important;opacity:1!important;height:auto!important;width:auto!important;
      clip-path:none!important;pointer-events:auto!important;transform:none!important}`;
    await ground.worksUnharmed('reset', plain(`<style>${css}</style>`));
  });

  test('rules for the names of buttons, frames and the chat itself', async () => {
    const css = `button,iframe,fullname-chat{display:none!important;z-index:-1!important;width:1px!important;max-height:1px!important;
      float:left!important;filter:blur(9px)!important;animation:none!important;content:none!important}
      fullname-chat *{color:lime!important} iframe{border:9px solid red!important} [role=region]{opacity:0!important}`;
    await ground.worksUnharmed('names', plain(`<style>${css}</style>`));
  });

  test('a page of half size and one of double, each with its root zoomed', async () => {
    await ground.worksUnharmed('zoomed-out', plain('<style>html{zoom:.5}</style>'));
    await ground.worksUnharmed('zoomed-in', plain('<style>html{zoom:1.5}</style>'));
  });

  test('a browser at 200 %', async () => {
    await ground.worksUnharmed('twice', plain(''), {
      viewport: { width: 640, height: 400 },
      deviceScaleFactor: 2,
    });
  });
});

describe('scripts of a page', () => {
  const HOSTILE = `
    const wrong = () => { throw new Error('not what it was'); };
    for (const name of ['map', 'filter', 'forEach', 'find', 'some', 'every', 'reduce', 'includes', 'indexOf', 'flatMap', 'at'])
      Array.prototype[name] = function () { return undefined; };
    Array.prototype.toJSON = () => '[]';
    Object.prototype.extend = function () { return this; };
    Object.prototype.polluted = 'yes';
    String.prototype.includes = () => false;
    window.JSON = { parse: wrong, stringify: wrong };
    window.fetch = wrong;
    window.XMLHttpRequest = wrong;
    window.Promise = function (start) { start(() => {}, () => {}); this.then = () => this; };
    const listen = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type, handler, options) {
      if (this instanceof Element) return undefined;
      return listen.call(this, type, handler, options);
    };
    Element.prototype.attachInternals = wrong;
    window.postMessage = wrong;
    history.pushState = new Proxy(history.pushState, {});`;

  test('prototypes and globals that are no longer what they were', async () => {
    await ground.worksUnharmed('overwritten', plain(`<script>${HOSTILE}</script>`));
  });

  test('a Fullname of its own, and an element of that name', async () => {
    ground.pages.set('own-name', plain('<script>window.Fullname = { first: "Ada" };</script>'));
    const own = await ground.visit('own-name');
    await ground.talk(own.page, 'Hello from a page with a name');
    expect(await own.page.evaluate(() => JSON.stringify(window.Fullname))).toBe('{"first":"Ada"}');
    expect(own.lines).toEqual([]);
    ground.pages.set('own-element', plain('', `<input id="Fullname">${BODY}`));
    const element = await ground.visit('own-element');
    await ground.talk(element.page, 'Hello from a page with a field');
    expect(await element.page.evaluate(() => (window.Fullname as unknown as Element).localName)).toBe(
      'input',
    );
  });

  test('the tag twice', async () => {
    ground.pages.set('tags', plain('', `${BODY}TAG`));
    const { page, lines } = await ground.visit('tags');
    await ground.talk(page, 'Hello from two tags');
    expect(await page.locator('fullname-chat').count()).toBe(1);
    expect(lines.filter((line) => line.includes('the tag twice'))).toHaveLength(1);
  });
});
