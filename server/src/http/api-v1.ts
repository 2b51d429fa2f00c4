/**
 * For the company's other systems, as docs/api.md says it. They come with a key and no cookie, so the console's guard against
 * foreign pages is not theirs: what a browser adds by itself opens nothing here, and there is no CORS.
 */
import express, { type RequestHandler, Router } from 'express';
import { tellWork } from '../desk/work.ts';
import { keyBySecret } from '../imports/keys.ts';
import type { Kind } from '../imports/rows.ts';
import { takeRows } from '../imports/take-rows.ts';
import { RelayError } from '../relay-error.ts';
import { answer } from './answer.ts';
import { refusePlainHttp } from './api.ts';
import type { HttpDeps } from './deps.ts';
import { apiHeaders } from './headers.ts';
import { parse, rowsBody } from './schemas.ts';

const BODY_MAX_BYTES = 1_048_576;

/** Mounted at /api/v1, behind the check of the host. */
export function systemRoutes(deps: HttpDeps): Router {
  const { db } = deps.database;
  const { limits } = deps;
  const systems = new WeakMap<object, { readonly id: string; readonly by: string }>();
  const router = Router();
  router.use(apiHeaders);
  router.use(refusePlainHttp(deps));
  // Nothing of a body is read before its sender is known.
  router.use(requireKey);
  router.use(express.json({ limit: BODY_MAX_BYTES, inflate: false }));
  router.post('/purchases', take('purchases'));
  router.post('/failures', take('failures'));
  router.use(() => {
    throw new RelayError('UNKNOWN');
  });
  return router;

  async function requireKey(...[request, response, next]: Parameters<RequestHandler>): Promise<void> {
    const secret = /^Bearer +(\S{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
    response.set('WWW-Authenticate', 'Bearer');
    const wasRight = await limits.secret(request, response);
    if (secret === undefined) throw new RelayError('SIGNED_OUT');
    const system = await keyBySecret(db, secret);
    wasRight();
    response.removeHeader('WWW-Authenticate');
    await limits.key(response, system.id);
    systems.set(request, system);
    next();
  }

  function take(kind: Kind): RequestHandler {
    return answer(async (request) => {
      const system = systems.get(request);
      if (!system) throw new RelayError('SIGNED_OUT');
      const rows = parse(rowsBody, request.body).rows.map((value, index) => ({ row: index + 1, value }));
      const sender = { name: system.id, by: system.by };
      const taken = await takeRows(db, { kind, rows, sender, now: deps.floor.now() });
      await deps.onCustomersChanged(taken.customers);
      await tellWork(deps.floor, taken.people);
      return taken.answer;
    });
  }
}
