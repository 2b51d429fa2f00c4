/** What files each site takes, so that a file that will not be taken is refused before it is sent. The relay has the last word. */
import { ATTACHMENT_MOST_BYTES, type SiteSettings } from '@fullname/shared/site-settings';
import { signal } from '@preact/signals';
import { api } from './api.ts';

export type FileRules = SiteSettings['attachments'];

/** While nothing is known: as much as any site may take. */
const ANY: FileRules = { on: true, maxBytes: ATTACHMENT_MOST_BYTES };

const known = signal<ReadonlyMap<string, FileRules>>(new Map());
/** Sites that were asked for once: one that is not among those the relay names is not asked for again and again. */
const asked = new Set<string>();
let reading: Promise<void> | null = null;

/** Read inside a component, it is drawn again when the rules are there. */
export function fileRules(site: string): FileRules {
  const rules = known.value.get(site);
  if (!rules && !asked.has(site)) {
    asked.add(site);
    // Without rules everything is taken here; the relay has the last word.
    void readFileRules().catch(() => undefined);
  }
  return rules ?? ANY;
}

/** Again where the relay has refused what would have been taken: an owner has set something else meanwhile. */
export function readFileRules(): Promise<void> {
  reading ??= read().finally(() => {
    reading = null;
  });
  return reading;
}

async function read(): Promise<void> {
  const sites = await api.sites();
  if (sites.ok) known.value = new Map(sites.value.map(({ id, files }) => [id, files]));
  else asked.clear();
}
