/** The console's API, as shared/src/api.ts says it. This file guards the door; the areas have a file each. */
import { failed } from '@fullname/shared/errors';
import express, { type RequestHandler, Router } from 'express';
import { RelayError } from '../relay-error.ts';
import { allyRoutes } from './api-allies.ts';
import { bookRoutes } from './api-book.ts';
import { bookFigureRoutes } from './api-book-figures.ts';
import { buildRoutes } from './api-builds.ts';
import { customerRoutes } from './api-customers.ts';
import { failureRoutes } from './api-failures.ts';
import { goodwillRoutes } from './api-goodwill.ts';
import { keyRoutes } from './api-keys.ts';
import { momentRoutes } from './api-moments.ts';
import { peopleRoutes } from './api-people.ts';
import { requestRoutes } from './api-requests.ts';
import { sessionRoutes } from './api-session.ts';
import { setupRoutes } from './api-setup.ts';
import { SETTINGS_MAX_BYTES, siteRoutes } from './api-sites.ts';
import { storyRoutes } from './api-stories.ts';
import { taskRoutes } from './api-tasks.ts';
import { valueRoutes } from './api-value.ts';
import { agentUploads } from './attachments.ts';
import { CHANGE_MAX_BYTES, IMPORT_MAX_BYTES } from './book-schemas.ts';
import { HTTPS_REMEDY, mayHoldSession } from './cookies.ts';
import type { HttpDeps } from './deps.ts';
import { apiHeaders } from './headers.ts';
import type { Origins } from './hosts.ts';

const BODY_MAX_BYTES = 65_536;

/** Mounted at /api, behind the check of the host. */
export function apiRoutes(deps: HttpDeps): Router {
  const api = Router();
  api.use(apiHeaders);
  api.use(refusePlainHttp(deps));
  api.use(refuseForeignPages(deps.origins));
  api.use(agentUploads(deps));
  api.use(refuseOtherThanJson);
  api.use(bookFigureRoutes(deps));
  // First come, first parsed: an import is a whole book, and a rule may be long.
  api.use('/book/changes', express.json({ limit: CHANGE_MAX_BYTES, inflate: false }));
  api.use('/book/import', express.json({ limit: IMPORT_MAX_BYTES, inflate: false }));
  api.use('/customers/import', express.json({ limit: IMPORT_MAX_BYTES, inflate: false }));
  api.use('/sites', express.json({ limit: SETTINGS_MAX_BYTES, inflate: false }));
  api.use(express.json({ limit: BODY_MAX_BYTES, inflate: false }));
  api.use(sessionRoutes(deps));
  api.use(peopleRoutes(deps));
  api.use(siteRoutes(deps));
  api.use(setupRoutes(deps));
  api.use(bookRoutes(deps));
  api.use(customerRoutes(deps));
  api.use(keyRoutes(deps));
  for (const routes of [
    failureRoutes,
    taskRoutes,
    allyRoutes,
    goodwillRoutes,
    requestRoutes,
    storyRoutes,
    buildRoutes,
    momentRoutes,
    valueRoutes,
  ])
    api.use(routes(deps));
  api.use(() => {
    throw new RelayError('UNKNOWN');
  });
  return api;
}

/** A secret is not to travel where anybody on the way can read it. */
export function refusePlainHttp({ origins, log }: HttpDeps): RequestHandler {
  let said = false;
  return (_request, response, next) => {
    if (mayHoldSession(origins().console)) {
      next();
      return;
    }
    if (!said) log.warn({ console: origins().console }, HTTPS_REMEDY);
    said = true;
    response.status(403).json({ ...failed('FORBIDDEN'), remedy: HTTPS_REMEDY });
  };
}

/**
 * A page of another site can make a browser send a request with its cookies, but not without saying so. Writes need the
 * console's own Origin; reads may come without one, but not from elsewhere where the browser says where from.
 */
function refuseForeignPages(origins: () => Origins): RequestHandler {
  return (request, _response, next) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const origin = request.headers.origin;
    const site = request.headers['sec-fetch-site'];
    const ownOrigin = origin === origins().console || (reads && origin === undefined);
    const ownSite = site === undefined || site === 'same-origin' || (reads && site === 'none');
    next(ownOrigin && ownSite ? undefined : new RelayError('BAD_ORIGIN'));
  };
}

/** Forms of other sites can send text/plain without asking first; they cannot send JSON. A write may also have no body. */
const refuseOtherThanJson: RequestHandler = (request, _response, next) => {
  const { 'content-type': type, 'content-length': length, 'transfer-encoding': chunked } = request.headers;
  const isEmpty = type === undefined && chunked === undefined && (length === undefined || length === '0');
  const isJson = /^application\/json *(;|$)/i.test(type ?? '');
  next(isEmpty || isJson ? undefined : new RelayError('INVALID_PAYLOAD'));
};
