/** The guides of docs/ that are for whoever runs a site. They are built into the console, each a file of its own: an installation without internet has them too. */
export const GUIDES = [
  'install',
  'settings',
  'identity',
  'api',
  'accessibility',
  'recovery',
  'bible',
] as const;
export type Guide = (typeof GUIDES)[number];

const TEXTS = import.meta.glob<string>(
  '../../../../docs/{install,settings,identity,api,accessibility,recovery,bible}.md',
  { query: '?raw', import: 'default' },
);

export function guideOf(name: string | undefined): Guide | null {
  return GUIDES.find((one) => one === name) ?? null;
}

/** Rejects without a line, and where the console was built without its guides. */
export async function readGuide(guide: Guide): Promise<string> {
  const read = TEXTS[`../../../../docs/${guide}.md`];
  if (!read) throw new Error('The console was built without docs/.');
  return read();
}
