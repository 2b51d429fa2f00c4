import type { InstallReport, Site, SiteSetup, SiteSetupDraft } from '@fullname/shared/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { join, openStage, type Stage, setUpOwner, valueIn } from './stage.ts';

let stage: Stage;
let owner: string;
let site: Site;

beforeAll(async () => {
  stage = await openStage();
  owner = await setUpOwner(stage);
  site = valueIn(
    await stage.ask<Site>('POST', '/api/sites', {
      cookie: owner,
      body: { name: 'Shop', hosts: ['https://shop.example'] },
    }),
  );
});
afterAll(() => stage.close());

const get = async () =>
  valueIn(await stage.ask<SiteSetup>('GET', `/api/sites/${site.id}/setup`, { cookie: owner }));
const put = (body: unknown, cookie = owner) =>
  stage.ask<SiteSetup>('PUT', `/api/sites/${site.id}/setup`, { cookie, body });
const draftOf = ({ site: { name, hosts }, settings, version }: SiteSetup): SiteSetupDraft => ({
  name,
  hosts,
  settings,
  version,
});

describe('a site’s setup', () => {
  test('is saved in one piece, and has another version then', async () => {
    const before = draftOf(await get());
    const settings = { ...before.settings, consent: 'required' as const };
    const saved = valueIn(
      await put({ ...before, name: ' The  shop ', hosts: ['https://*.shop.example/page'], settings }),
    );
    expect(saved.site).toMatchObject({ name: 'The shop', hosts: ['https://*.shop.example'] });
    expect(saved.mail).toBeNull();
    expect(saved.settings).toEqual(settings);
    expect(saved.version).not.toBe(before.version);
    expect(await get()).toEqual(saved);
    expect(valueIn(await put(draftOf(saved))).version).toBe(saved.version);
  });

  test('of two owners who began at the same time the slower is told, and nothing is overwritten', async () => {
    const began = draftOf(await get());
    const as = (welcome: string): SiteSetupDraft => ({
      ...began,
      settings: { ...began.settings, appearance: { ...began.settings.appearance, welcome } },
    });
    const both = await Promise.all([put(as('First')), put(as('Second'))]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.map(({ body }) => (body.ok ? 'saved' : body.code)).sort()).toEqual(['CHANGED', 'saved']);
    const winner = both.find(({ body }) => body.ok);
    expect(await get()).toEqual(winner && valueIn(winner));
  });

  test('a change by the other ways counts as one', async () => {
    for (const [method, path, body] of [
      ['PUT', 'settings', { sounds: { on: false } }],
      ['PATCH', '', { name: 'Shop', hosts: [] }],
    ] as const) {
      const began = draftOf(await get());
      const path_ = `/api/sites/${site.id}${path && `/${path}`}`;
      expect((await stage.ask(method, path_, { cookie: owner, body })).status).toBe(200);
      expect((await put(began)).body).toMatchObject({ ok: false, code: 'CHANGED' });
    }
  });

  test.each<[string, object, string]>([
    ['a setting that cannot be', { settings: { consent: 'maybe' } }, 'BAD_SETTINGS'],
    ['settings that are none', { settings: [1] }, 'BAD_SETTINGS'],
    ['no settings', { settings: null }, 'INVALID_PAYLOAD'],
    ['a host that is a directive', { hosts: ["https://a;script-src 'unsafe-inline'"] }, 'BAD_HOST'],
    ['no name', { name: ' ' }, 'INVALID_PAYLOAD'],
  ])('%s changes nothing', async (_, change, code) => {
    const before = await get();
    expect((await put({ ...draftOf(before), ...change })).body).toMatchObject({ ok: false, code });
    expect(await get()).toEqual(before);
  });

  test('and a look at a page are for owners alone', async () => {
    const before = draftOf(await get());
    const { cookie } = await join(stage, owner, { email: 'megan@example.com' });
    for (const [method, path, body] of [
      ['GET', `sites/${site.id}/setup`, undefined],
      ['PUT', `sites/${site.id}/setup`, before],
      ['POST', `sites/${site.id}/look`, { url: 'https://shop.example/' }],
      ['GET', 'words', undefined],
    ] as const) {
      const ask = (as: string | undefined) =>
        stage.ask(method, `/api/${path}`, { ...(as ? { cookie: as } : {}), ...(body ? { body } : {}) });
      expect((await ask(cookie)).body).toMatchObject({ ok: false, code: 'FORBIDDEN' });
      expect((await ask(undefined)).body).toMatchObject({ ok: false, code: 'SIGNED_OUT' });
    }
  });
});

test('a look goes to the site’s own pages alone, and finds those of the relay', async () => {
  const look = async (url: string) =>
    valueIn(
      await stage.ask<InstallReport>('POST', `/api/sites/${site.id}/look`, { cookie: owner, body: { url } }),
    );
  expect(await look('https://elsewhere.example/')).toEqual({
    found: 'not-allowed',
    url: 'https://elsewhere.example',
  });
  expect((await look('http://169.254.169.254/latest/meta-data/')).found).toBe('not-allowed');
});
