import express, { type Express } from 'express';
import { apiRoutes } from './api.ts';
import { systemRoutes } from './api-v1.ts';
import { fileDownloads, visitorUploads } from './attachments.ts';
import { continuedPages } from './continued.ts';
import type { HttpDeps } from './deps.ts';
import { devicePages } from './devices.ts';
import { errorHandler } from './errors.ts';
import { commonHeaders } from './headers.ts';
import { healthRoutes } from './health.ts';
import { hellos } from './hellos.ts';
import { onlyUnder, onlyUnderShop } from './hosts.ts';
import { consolePages, type PageDeps, sendText, widgetPages } from './pages.ts';

export type { HttpDeps } from './deps.ts';
export type { Origins } from './hosts.ts';

/** The HTTP side of the relay; it does not listen. Health answers under any host, all else under its own. */
export function createHttp(deps: HttpDeps & Pick<PageDeps, 'folders' | 'otherRelease'>): Express {
  const { origins, log, config } = deps;
  const underConsole = onlyUnder(() => origins().console, log);
  const underPublic = onlyUnder(() => origins().public, log);
  const app = express();
  app.set('trust proxy', config.trustProxy);
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('strict routing');

  app.use(commonHeaders(() => origins().public.startsWith('https:')));
  app.use(healthRoutes(deps));
  app.use('/w/files', underPublic, visitorUploads(deps));
  app.use('/f', underPublic, fileDownloads(deps));
  app.use('/w/hello', underPublic, hellos(deps));
  app.use('/w', underPublic, widgetPages(deps));
  app.use('/c', underPublic, continuedPages(deps));
  app.use('/n', underPublic, devicePages(deps));
  app.use('/api/v1', underConsole, systemRoutes(deps));
  app.use('/api', underConsole, apiRoutes(deps));
  app.get(['/', '/console'], underConsole, (_request, response) => response.redirect(302, '/console/'));
  app.use('/console', underConsole, consolePages(deps));
  if (deps.demo) app.use('/shop', onlyUnderShop(origins), deps.demo.shop);
  app.use((_request, response) =>
    sendText(response, 404, 'There is nothing here. The console is at /console/.'),
  );
  app.use(errorHandler(log));
  return app;
}
