/** The parts of a site's setup, in the order of the page. */
export const PARTS = [
  'appearance',
  'languages',
  'words',
  'hours',
  'before',
  'pages',
  'hellos',
  'ways',
  'identity',
  'install',
] as const;
export type PartName = (typeof PARTS)[number];
