import type { Site } from '@fullname/shared/api';
import { readSiteSettings, type SiteSettings } from '@fullname/shared/site-settings';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settingsOf, siteByKey } from '../../server/src/site/sites.ts';
import { join, openStage, type Stage, setUpOwner, valueIn } from './stage.ts';

let stage: Stage;
let owner: string;
let site: Site;
let path: string;

beforeAll(async () => {
  stage = await openStage();
  owner = await setUpOwner(stage);
  site = valueIn(
    await stage.ask<Site>('POST', '/api/sites', { cookie: owner, body: { name: 'Shop', hosts: [] } }),
  );
  path = `/api/sites/${site.id}/settings`;
});
afterAll(() => stage.close());

const put = (body: unknown, cookie = owner) => stage.ask<SiteSettings>('PUT', path, { cookie, body });
const get = async () => valueIn(await stage.ask<SiteSettings>('GET', path, { cookie: owner }));

describe("a site's settings", () => {
  test('are the usual ones until an owner says otherwise', async () => {
    expect(await get()).toEqual(readSiteSettings({}));
  });

  test('are changed by the section, and the widget has them at once', async () => {
    await siteByKey(stage.database.db, site.key);
    valueIn(await put({ appearance: { accent: '#7a1f5c', welcome: 'Grüezi' }, sounds: { on: false } }));
    const now = valueIn(await put({ consent: 'required', sounds: { on: true } }));
    expect(now).toEqual({
      ...readSiteSettings({}),
      appearance: { ...readSiteSettings({}).appearance, accent: '#7a1f5c', welcome: 'Grüezi' },
      consent: 'required',
    });
    expect(await get()).toEqual(now);
    const row = await siteByKey(stage.database.db, site.key);
    expect(row && settingsOf(row)).toEqual(now);
  });

  test('of two owners at once are both kept', async () => {
    const both = await Promise.all([
      put({ preChat: { name: 'optional' } }),
      put({ pages: { never: ['/pay*'] } }),
    ]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(await get()).toMatchObject({
      preChat: { name: 'optional', email: 'off', order: 'off' },
      pages: { only: [], never: ['/pay*'] },
    });
  });

  test.each<[string, unknown]>([
    ['a colour that is none', { appearance: { accent: 'url(https://evil.example)' } }],
    ['a link that is a script', { otherWays: [{ kind: 'link', label: 'x', value: 'javascript:alert(1)' }] }],
    ['a section that is not known', { role: 'owner' }],
    ['one good section and one bad', { sounds: { on: false }, consent: 'maybe' }],
  ])('with %s are refused as a whole', async (_, body) => {
    const before = await get();
    const answer = await put(body);
    expect(answer.body).toEqual({ ok: false, code: 'BAD_SETTINGS' });
    expect(await get()).toEqual(before);
  });

  test.each<[string, unknown]>([
    ['a list', []],
    ['a text', '"x"'],
    ['nothing', 'null'],
  ])('that are %s are not understood', async (_, body) => {
    expect((await put(body)).body).toEqual({ ok: false, code: 'INVALID_PAYLOAD' });
  });

  test('may be long, but not without end', async () => {
    const words = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`key${n}`, 'x'.repeat(300)]));
    expect((await put({ strings: { de: words } })).status).toBe(200);
    const endless = {
      strings: Object.fromEntries(['en', 'de', 'fr', 'es', 'ja', 'ar'].map((one) => [one, words])),
    };
    expect((await put(endless)).body).toEqual({ ok: false, code: 'INVALID_PAYLOAD' });
    expect((await put({ strings: {} })).status).toBe(200);
  });

  test('are nobody else’s: neither an agent’s, nor the back office’s, nor a stranger’s', async () => {
    const agent = await join(stage, owner, { email: 'megan@example.com' });
    const office = await join(stage, owner, { email: 'bela@example.com', role: 'back-office' });
    const before = await get();
    for (const [cookie, code] of [
      [agent.cookie, 'FORBIDDEN'],
      [office.cookie, 'FORBIDDEN'],
      ['', 'SIGNED_OUT'],
    ] as const) {
      const read = await stage.ask('GET', path, { cookie });
      const write = await put({ identity: { required: true } }, cookie);
      expect([read.body, write.body]).toEqual([
        { ok: false, code },
        { ok: false, code },
      ]);
    }
    expect(await get()).toEqual(before);
  });

  test('of a site that is not there are UNKNOWN', async () => {
    for (const id of ['0f9b2c26-aaaa-4bbb-8ccc-0123456789ab', 'nobody']) {
      const at = `/api/sites/${id}/settings`;
      const read = await stage.ask('GET', at, { cookie: owner });
      const write = await stage.ask('PUT', at, { cookie: owner, body: { consent: 'none' } });
      expect([read.status, write.status]).toEqual([404, 404]);
    }
  });
});
