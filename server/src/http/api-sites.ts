/** Sites: name, host pages, tag, what an owner has set, and the keys that prove identities. */
import { Router } from 'express';
import { lookAtProof } from '../people/proof-look.ts';
import { cspFor } from '../site/csp.ts';
import {
  listIdentityKeys,
  makeIdentityKey,
  renewSiteSecret,
  retireIdentityKey,
} from '../site/identity-keys.ts';
import {
  allSites,
  changeSite,
  changeSiteSettings,
  createSite,
  siteById,
  siteSecret,
  siteSettings,
  siteView,
} from '../site/sites.ts';
import { mustFit } from '../site/words.ts';
import { forMembers, forOwners } from './answer.ts';
import type { HttpDeps } from './deps.ts';
import { openFolder } from './files.ts';
import { BUILT_FOLDERS, frames, hostsOf } from './pages.ts';
import { identityKeyDraft, parse, parseId, proofLook, siteDraft, siteSections } from './schemas.ts';

/** Eight languages of the owner's own words are longer than other bodies. */
export const SETTINGS_MAX_BYTES = 512 * 1024;

export function siteRoutes({ config, database: { db }, origins }: HttpDeps): Router {
  const router = Router();
  const frameFor = frames(
    openFolder(BUILT_FOLDERS.w, { watch: !config.production, other: async () => null }),
  );

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
  router.get(
    '/sites/:id/csp',
    forOwners(db, async ({ request }) => {
      const origin = origins().public;
      const site = await siteById(db, parseId(request.params.id));
      const hosts = hostsOf(site, origin);
      return cspFor({ origin, hosts, scripts: [], styles: [], ...(await frameFor(site)) });
    }),
  );
  router.get(
    '/sites/:id/settings',
    forOwners(db, async ({ request }) => siteSettings(db, parseId(request.params.id))),
  );
  router.put(
    '/sites/:id/settings',
    forOwners(db, async ({ request }) => {
      const sections = parse(siteSections, request.body);
      await mustFit(sections, BUILT_FOLDERS.w);
      return changeSiteSettings(db, parseId(request.params.id), sections);
    }),
  );
  router.post(
    '/sites/:id/secret',
    forOwners(db, async ({ request }) => ({ secret: await renewSiteSecret(db, parseId(request.params.id)) })),
  );
  router.get(
    '/sites/:id/identity-keys',
    forOwners(db, async ({ request }) => listIdentityKeys(db, parseId(request.params.id))),
  );
  router.post(
    '/sites/:id/identity-keys',
    forOwners(db, async ({ request }) =>
      makeIdentityKey(db, parseId(request.params.id), parse(identityKeyDraft, request.body)),
    ),
  );
  router.post(
    '/sites/:id/proof',
    forOwners(db, async ({ request }) =>
      lookAtProof(await siteById(db, parseId(request.params.id)), parse(proofLook, request.body).proof),
    ),
  );
  router.delete(
    '/sites/:id/identity-keys/:kid',
    forOwners(db, async ({ request }) =>
      retireIdentityKey(db, parseId(request.params.id), String(request.params.kid)),
    ),
  );
  return router;
}
