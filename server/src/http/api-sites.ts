/** Sites: name, host pages, tag, and the key that signs identities. */
import { Router } from 'express';
import { allSites, changeSite, createSite, siteSecret, siteView } from '../site/sites.ts';
import { forMembers, forOwners } from './answer.ts';
import type { HttpDeps } from './deps.ts';
import { parse, parseId, siteDraft } from './schemas.ts';

export function siteRoutes({ database: { db }, origins }: HttpDeps): Router {
  const router = Router();

  router.get(
    '/sites',
    forMembers(db, async () => (await allSites(db)).map((site) => siteView(site, origins().public))),
  );
  router.post(
    '/sites',
    forOwners(db, async ({ request }) =>
      siteView(await createSite(db, parse(siteDraft, request.body)), origins().public),
    ),
  );
  router.patch(
    '/sites/:id',
    forOwners(db, async ({ request }) => {
      const site = await changeSite(db, parseId(request.params.id), parse(siteDraft, request.body));
      return siteView(site, origins().public);
    }),
  );
  router.get(
    '/sites/:id/secret',
    forOwners(db, async ({ request }) => ({ secret: await siteSecret(db, parseId(request.params.id)) })),
  );
  return router;
}
