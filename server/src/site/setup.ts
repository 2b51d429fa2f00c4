/** A site as its owners set it up: all of it in one piece, with a version, so that two who change it at once lose nothing. */
import { createHash } from 'node:crypto';
import type { SiteSetupDraft } from '@fullname/shared/api';
import { problemsInSettings } from '@fullname/shared/site-settings';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { lockSiteRow, type SiteRow, updateSiteRow } from '../store/sites.ts';
import { forgetSites, readSiteDraft, settingsOf } from './sites.ts';

/** Another whenever anything that is set up here has changed. */
export function setupVersion(site: Pick<SiteRow, 'name' | 'hosts' | 'settings'>): string {
  const said = JSON.stringify([site.name, site.hosts, settingsOf(site)]);
  return createHash('sha256').update(said).digest('base64url').slice(0, 22);
}

/** Throws CHANGED where somebody was faster; BAD_HOST, BAD_SETTINGS, INVALID_PAYLOAD, UNKNOWN. */
export async function changeSiteSetup(db: Db, id: string, draft: SiteSetupDraft): Promise<SiteRow> {
  const named = readSiteDraft(draft);
  if (problemsInSettings(draft.settings).length > 0) throw new RelayError('BAD_SETTINGS');
  const changed = await db.transaction(async (tx) => {
    const site = await lockSiteRow(tx, id);
    if (!site) throw new RelayError('UNKNOWN');
    if (setupVersion(site) !== draft.version) throw new RelayError('CHANGED');
    return updateSiteRow(tx, id, { ...named, settings: draft.settings });
  });
  if (!changed) throw new RelayError('UNKNOWN');
  forgetSites(db);
  return changed;
}
