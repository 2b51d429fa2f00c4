/** The page on which a visitor has a device tell them of answers, its worker, and what the page asks. Mounted at /n. */
import { failed, ok } from '@fullname/shared/errors';
import express, { type Request, type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { deviceOf } from '../people/device.ts';
import {
  addDevice,
  forgetDevices,
  removeDevice,
  renewDevice,
  siteThatPushes,
  toldOn,
} from '../push/devices.ts';
import { RelayError } from '../relay-error.ts';
import type { HttpDeps } from './deps.ts';
import { sendFile } from './files.ts';
import { apiHeaders, devicePageHeaders, WORKER_HEADERS } from './headers.ts';
import { devicePagesOf, type PageDeps, sendNotBuilt, sendText, widgetFolder } from './pages.ts';

const BODY_MAX_BYTES = 4_096;
const TOKEN_BYTES = 64;
const NOTHING_HERE = 'This chat tells of answers in no other way than in the chat. You can close this page.';

const grant = z.string().regex(/^[0-9a-f]{64}$/);
const subscription = z.strictObject({
  endpoint: z.string(),
  keys: z.strictObject({ p256dh: z.string(), auth: z.string() }),
});
const subscribing = z.strictObject({ grant, subscription });
const stopping = z.strictObject({ endpoint: z.string() });
const looking = z.strictObject({ endpoint: z.string(), grant: grant.nullable() });
const renewing = z.strictObject({
  before: z.strictObject({ endpoint: z.string(), auth: z.string() }),
  subscription,
});

/** Below the key of a site, so that each has a worker and a subscription of its own. */
export function devicePages(deps: HttpDeps & Pick<PageDeps, 'folders'>): Router {
  const { db } = deps.database;
  const folder = widgetFolder(deps);
  const pageOf = devicePagesOf(folder);
  const router = Router({ strict: true });
  const isOn = (request: Request) =>
    siteThatPushes(db, String(request.params.site)).catch((error: unknown) => {
      if (error instanceof RelayError) return null;
      throw error;
    });
  /** A page of somebody else's must not put its own device in a visitor's place. */
  const ownPage =
    (limit: 'link' | 'leave'): RequestHandler =>
    async (request, response, next) => {
      if (request.headers.origin !== deps.origins().public) throw new RelayError('BAD_ORIGIN');
      await deps.limits[limit](request, response);
      next();
    };
  const json = express.json({ limit: BODY_MAX_BYTES });
  const asked = [apiHeaders, ownPage('link'), json];

  // From the chat, as it forgets who wrote there: the browser sends it though the page may be going, and as plain text.
  router.post(
    '/forget',
    apiHeaders,
    // Nothing can be guessed by it, and a beacon that is refused is not sent again.
    ownPage('leave'),
    express.text({ limit: TOKEN_BYTES }),
    async (request, response) => {
      if (typeof request.body === 'string') await forgetDevices(db, request.body);
      response.json(ok({}));
    },
  );

  router.get('/:site/', async (request, response) => {
    const site = await isOn(request);
    if (!site) return sendText(response, 404, NOTHING_HERE);
    const page = await pageOf(site);
    if (!page) return sendNotBuilt(response, 'widget');
    sendFile({ request, response }, page.file, devicePageHeaders(page));
  });
  // Also where the owner has switched it off since: a browser that finds no worker keeps the old one.
  router.get('/:site/worker.js', async (request, response) => {
    const worker = await folder.read('worker.js');
    if (!worker) return sendNotBuilt(response, 'widget');
    sendFile({ request, response }, worker, WORKER_HEADERS);
  });
  router.get('/:site/about', apiHeaders, async (request, response) => {
    const site = await isOn(request);
    if (!site) return response.status(404).json(failed('UNKNOWN'));
    return response.json(ok({ name: site.name, key: deps.push.key }));
  });
  router.post('/:site/devices', ...asked, async (request, response) => {
    const { grant, subscription } = read(subscribing, request.body);
    const { services } = deps.push;
    const now = deps.floor.now();
    const site = String(request.params.site);
    const device = deviceOf(request.headers['user-agent']);
    await addDevice(db, { site, grant, subscription, device, now, services });
    response.json(ok({}));
  });
  // Asked with every look at the page, of an address that cannot be guessed.
  router.post('/:site/told', apiHeaders, ownPage('leave'), json, async (request, response) => {
    const { endpoint, grant } = read(looking, request.body);
    const site = String(request.params.site);
    response.json(ok(await toldOn(db, { site, endpoint, grant, now: deps.floor.now() })));
  });
  // From the worker, where its browser has subscribed anew by itself.
  router.post('/:site/renew', ...asked, async (request, response) => {
    const { before, subscription } = read(renewing, request.body);
    const site = String(request.params.site);
    await renewDevice(db, { site, before, subscription, services: deps.push.services });
    response.json(ok({}));
  });
  router.post('/:site/stop', ...asked, async (request, response) => {
    await removeDevice(db, read(stopping, request.body).endpoint);
    response.json(ok({}));
  });
  return router;
}

function read<Value>(schema: z.ZodType<Value>, body: unknown): Value {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new RelayError('INVALID_PAYLOAD');
  return parsed.data;
}
