/**
 * What each part of the tag weighs: by how many bytes less the whole would come, in Brotli 11, were it built without that part.
 * Parts share what they have in common, so that these do not add up to the whole.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../support/root.ts';

type Cut = {
  /** Under widget/src/embed. */
  readonly file: string;
  readonly from: string;
  /** The first text after `from` that stays. */
  readonly until: string;
};
type Part = { readonly what: string; readonly cuts: readonly Cut[] };

const PARTS: readonly Part[] = [
  {
    what: 'its words in eight languages, and which of them',
    cuts: [
      { file: 'words.ts', from: "  'zh-Hans': '与", until: '};' },
      { file: 'words.ts', from: '  for (const tag of tags)', until: '  return Object.keys' },
    ],
  },
  { what: 'how it looks, all of it', cuts: [{ file: 'launcher.ts', from: 'css + own', until: ')' }] },
  {
    what: '  its face',
    cuts: [{ file: 'launcher.css', from: 'button::before {', until: '/* On its way' }],
  },
  {
    what: '  on a phone',
    cuts: [{ file: 'launcher.css', from: '  /* A circle;', until: '\n}\n' }],
  },
  {
    what: '  in the dark',
    cuts: [{ file: 'launcher.css', from: '@supports', until: 'button,\niframe' }],
  },
  {
    what: "the page's own position, scheme and colours",
    cuts: [
      { file: 'core.ts', from: "    const left = options.position === 'left'", until: '    core.host = ' },
      { file: 'core.ts', from: ', locale, own)', until: ';\n    attach' },
    ],
  },
  {
    what: 'it outlives a page that writes itself anew',
    cuts: [{ file: 'core.ts', from: '  let left = 20;', until: '  for (const call of early?.q' }],
  },
  {
    what: "a page's own thing of the same name, and the tag twice",
    cuts: [{ file: 'core.ts', from: '  if (early?.runs) {', until: '  const { site, origin' }],
  },
  {
    what: "the page's own link that opens the chat",
    cuts: [
      { file: 'core.ts', from: '    if (openOn) document', until: '  };\n  const opener' },
      { file: 'core.ts', from: '  const opener', until: '  const core = {' },
    ],
  },
  {
    what: 'the dark scheme for the frame',
    cuts: [
      { file: 'core.ts', from: '      const dark = ', until: '      frame.src' },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the source's own text
      { file: 'core.ts', from: '${dark}', until: '`;' },
    ],
  },
  {
    what: 'the badge of a visitor who has a conversation',
    cuts: [
      { file: 'core.ts', from: '    marked() {', until: '  } as unknown as Core' },
      { file: 'core.ts', from: '  if (core.allowed && core.marked', until: '\n}\n' },
    ],
  },
  {
    what: 'it may stand in the head of a page',
    cuts: [
      { file: 'embed.ts', from: 'if (!performance.timing.domContentLoadedEventStart)', until: 'begin();' },
    ],
  },
];

type Builder = {
  oneScript(entry: string, format: 'iife', define: object, plugins: readonly object[]): Promise<string>;
  brotli(text: string): { readonly length: number };
};

/** Bytes of the whole, and of each part. Throws where a part is not found: the code has changed, and this list with it. */
export async function weighTagParts(): Promise<{
  readonly whole: number;
  readonly parts: readonly { readonly what: string; readonly bytes: number }[];
}> {
  const { oneScript, brotli }: Builder = await import(
    pathToFileURL(join(root, 'widget/one-script.mjs')).href
  );
  const without = async (cuts: readonly Cut[]) =>
    brotli(
      await oneScript('src/embed/embed.ts', 'iife', { __HOST_FILE__: '"host-00000000.js"' }, [
        leaveOut(cuts),
      ]),
    ).length;
  const whole = await without([]);
  const parts = [];
  for (const { what, cuts } of PARTS) parts.push({ what, bytes: whole - (await without(cuts)) });
  return { whole, parts };
}

function leaveOut(cuts: readonly Cut[]) {
  const done = new Set<Cut>();
  return {
    name: 'leave-out',
    enforce: 'pre',
    transform(code: string, id: string) {
      let rest = code;
      for (const cut of cuts) {
        if (!id.split('?')[0]?.endsWith(`/embed/${cut.file}`)) continue;
        const start = rest.indexOf(cut.from);
        const end = rest.indexOf(cut.until, start + cut.from.length);
        if (start < 0 || end < 0) continue;
        rest = rest.slice(0, start) + (REPLACED[cut.from] ?? '') + rest.slice(end);
        done.add(cut);
      }
      return { code: rest, map: null };
    },
    buildEnd() {
      for (const cut of cuts)
        if (!done.has(cut)) throw new Error(`Not found in widget/src/embed/${cut.file}: ${cut.from}`);
    },
  };
}

/** What must stand there all the same, for the rest to be a program. */
const REPLACED: Readonly<Record<string, string>> = {
  'css + own': 'own',
  ', locale, own)': ", locale, '')",
};
