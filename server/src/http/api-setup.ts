/** How an owner sets a site up: all of it in one piece, the chat's own words beside the owner's, and a look at the owner's page. */
import type { SiteSetup } from '@fullname/shared/api';
import { Router } from 'express';
import { lookAtPage } from '../site/installed.ts';
import { changeSiteSetup, setupVersion } from '../site/setup.ts';
import { type SiteRow, settingsOf, siteById, siteView } from '../site/sites.ts';
import { mustFit, usualWords } from '../site/words.ts';
import { forOwners } from './answer.ts';
import type { HttpDeps } from './deps.ts';
import { otherLoopback } from './hosts.ts';
import { BUILT_FOLDERS, hostsOf } from './pages.ts';
import { parse, parseId, setupDraft, siteLook } from './schemas.ts';

export function setupRoutes({ config, database: { db }, origins }: HttpDeps): Router {
  const router = Router();
  const viewOf = (row: SiteRow): SiteSetup => ({
    site: siteView(row, origins().public),
    settings: settingsOf(row),
    version: setupVersion(row),
    mail: config.mail?.from.address ?? null,
  });

  router.get(
    '/words',
    forOwners(db, () => usualWords(BUILT_FOLDERS.w)),
  );
  router.get(
    '/sites/:id/setup',
    forOwners(db, async ({ request }) => viewOf(await siteById(db, parseId(request.params.id)))),
  );
  router.put(
    '/sites/:id/setup',
    forOwners(db, async ({ request }) => {
      const draft = parse(setupDraft, request.body);
      await mustFit(draft.settings, BUILT_FOLDERS.w);
      return viewOf(await changeSiteSetup(db, parseId(request.params.id), draft));
    }),
  );
  router.post(
    '/sites/:id/look',
    forOwners(db, async ({ request }) => {
      const site = await siteById(db, parseId(request.params.id));
      const origin = origins().public;
      // The relay's own pages may always show the chat: the demo's shop is one of them.
      const hosts = [...hostsOf(site, origin), origin];
      // In production this machine is the relay's own pages and nothing else that listens here, whatever hosts somebody names.
      const loopback = config.production ? [origin, otherLoopback(origin)] : ('all' as const);
      return lookAtPage(parse(siteLook, request.body).url, { site, hosts, origin, loopback });
    }),
  );
  return router;
}
