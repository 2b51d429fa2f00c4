import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillDemo } from '../../server/src/demo/fill.ts';
import { removeDemo } from '../../server/src/demo/remove.ts';
import { createShop } from '../../server/src/demo/shop.ts';
import { customerFor, verifyIdentity } from '../../server/src/people/identity.ts';
import type { Database } from '../../server/src/store/database.ts';
import { customers } from '../../server/src/store/schema.ts';
import { type SiteRow, siteRowByKey } from '../../server/src/store/sites.ts';
import { openStore, SHOP } from './stage.ts';

describe('the demo shop', () => {
  let store: Database;
  let server: Server;
  let site: SiteRow;
  let port = 0;

  beforeAll(async () => {
    store = await openStore();
    await fillDemo(store.db, { shop: SHOP });
    const found = await siteRowByKey(store.db, 'demoshop');
    if (!found) throw new Error('the demo has a site');
    site = found;
    const app = express().enable('strict routing');
    const origins = () => ({ public: `http://localhost:${port}`, console: `http://localhost:${port}` });
    server = createServer(app.use('/shop', createShop({ db: store.db, origins })));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    port = typeof address === 'object' && address ? address.port : 0;
  });
  afterAll(async () => {
    server.close();
    await store.close();
  });

  /** As a browser would ask that came by this name: `fetch` does not let a test choose the Host header. */
  async function get(path: string, name = '127.0.0.1') {
    const sent = request({ host: '127.0.0.1', port, path, headers: { Host: `${name}:${port}` } }).end();
    const [response] = await once(sent, 'response');
    let body = '';
    for await (const part of response.setEncoding('utf8')) body += part;
    return { status: response.statusCode, headers: response.headers, body };
  }

  test('signs the chosen customer in, so that the relay finds the record', async () => {
    const { body } = await get('/shop/?as=anna-lindqvist');
    const identity = await verifyIdentity(site, attribute(body, 'data-identity') ?? '');
    expect(identity).toMatchObject({ subject: 'anna-lindqvist', name: 'Anna Lindqvist', locale: 'en' });
    const customer = await customerFor(store.db, site.id, identity);
    const known = (await store.db.select().from(customers)).find((one) => one.name === 'Anna Lindqvist');
    expect(customer.id).toBe(known?.id);
    expect(customer.demo).toBe(true);
  });

  test.each([
    ['chen-siyuan', 'zh-Hans'],
    ['lin-shufen', 'zh-Hant'],
  ])('opens the chat in the language of %s', async (key, locale) => {
    const { body } = await get(`/shop/orders/?as=${key}`);
    expect(attribute(body, 'data-locale')).toBe(locale);
    expect((await verifyIdentity(site, attribute(body, 'data-identity') ?? '')).locale).toBe(locale);
  });

  test('never shows the secret that it signs with', async () => {
    expect(site.identitySecret.length).toBeGreaterThan(30);
    for (const path of ['/shop/', '/shop/?as=anna-lindqvist', '/shop/orders/?as=omar-haddad']) {
      expect((await get(path)).body).not.toContain(site.identitySecret);
    }
  });

  test.each([
    '/shop/',
    '/shop/?as=',
    '/shop/?as=%22%3E%3Cscript%3Ealert(1)%3C/script%3E',
    '/shop/?as=anna-lindqvist&as=x',
  ])('takes everybody else for a new visitor: %s', async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(200);
    expect(body).toContain(`src="http://localhost:${port}/w/demoshop.js"`);
    expect(attribute(body, 'data-identity')).toBeNull();
    expect(body).not.toContain('alert(1)');
  });

  test('says that it is a demo, and lets everybody in the picker be played', async () => {
    const { body } = await get('/shop/');
    expect(body).toContain('<b>Demo</b>');
    const keys = [...body.matchAll(/name="as" value="([^"]*)"/g)].map((match) => match[1] ?? '');
    expect(keys).toContain('');
    for (const key of keys.filter(Boolean)) {
      const page = await get(`/shop/?as=${key}`);
      expect(attribute(page.body, 'data-identity'), key).not.toBeNull();
    }
  });

  test('shows customers their own orders', async () => {
    expect((await get('/shop/orders/?as=anna-lindqvist')).body).toMatch(
      /<time datetime="[^"]+">[^<]+<\/time>/,
    );
    expect((await get('/shop/orders/')).body).not.toContain('<time');
  });

  test('asks of a strict host page no more than two lines', async () => {
    const { headers } = await get('/shop/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain(`script-src 'self' http://localhost:${port};`);
    expect(policy).toContain(`frame-src http://localhost:${port};`);
    expect(policy).toContain("style-src 'self'");
    expect(policy).not.toMatch(/unsafe|\*|data:/);
  });

  test('has every file that it names, and no script or style inside the page', async () => {
    const { body } = await get('/shop/?as=anna-lindqvist');
    const files = [...body.matchAll(/(?:src|href)="(\/shop\/[^"?]+\.\w+)"/g)].map((match) => match[1] ?? '');
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) expect((await get(file)).status, file).toBe(200);
    expect(body).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=/);
  });

  test('stands under the other loopback name, and leads there', async () => {
    const asked = await get('/shop/orders/?as=omar-haddad', 'localhost');
    expect(asked.status).toBe(302);
    expect(asked.headers.location).toBe(`http://127.0.0.1:${port}/shop/orders/?as=omar-haddad`);
    expect((await get('/shop')).headers.location).toBe(`http://127.0.0.1:${port}/shop/`);
  });

  test('is gone with the demo', async () => {
    await removeDemo(store.db);
    expect((await get('/shop/')).status).toBe(404);
  });
});

function attribute(page: string, name: string): string | null {
  return new RegExp(` ${name}="([^"]*)"`).exec(page)?.[1] ?? null;
}
