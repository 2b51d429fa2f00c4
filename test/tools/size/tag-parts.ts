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
      { file: 'core.ts', from: "      let locale = '';", until: '      const own = ' },
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
    what: '  beside a notch',
    cuts: [{ file: 'launcher.css', from: '  /* Where the page reaches', until: '  z-index' }],
  },
  {
    what: '  in the dark',
    cuts: [{ file: 'launcher.css', from: '/* Browsers that do not know', until: '@media' }],
  },
  {
    what: '  its shadow',
    cuts: [{ file: 'launcher.css', from: '  box-shadow', until: '}\nbutton' }],
  },
  {
    what: "the page's own position, scheme and colours",
    cuts: [
      {
        file: 'core.ts',
        from: "      const left = options.position === 'left'",
        until: '      core.host = ',
      },
      { file: 'core.ts', from: ', locale, rules)', until: ';\n      core.attach' },
    ],
  },
  {
    what: 'it outlives a page that writes itself anew',
    cuts: [
      { file: 'core.ts', from: '  const watcher = ', until: '\n  const core = {' },
      { file: 'core.ts', from: '      for (const node of [document', until: '      // Where it was' },
    ],
  },
  {
    what: "a page's own thing of the same name",
    cuts: [
      {
        file: 'core.ts',
        from: "Fullname && !Fullname.q && !Fullname.runs ? 'FullnameChat' : 'Fullname'",
        until: ';',
      },
    ],
  },
  {
    what: 'the tag twice',
    cuts: [{ file: 'core.ts', from: '  if (early?.runs) {', until: '  const { site, origin' }],
  },
  {
    what: "the page's own link that opens the chat",
    cuts: [{ file: 'core.ts', from: '      if (options.openOn)', until: '    },\n    warm' }],
  },
  {
    what: 'the dark scheme for the frame',
    cuts: [
      { file: 'core.ts', from: '        const dark = ', until: '        frame.src' },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the source's own text
      { file: 'core.ts', from: '${dark}', until: '`;' },
    ],
  },
  {
    what: 'the badge of a visitor who has a conversation',
    cuts: [
      { file: 'core.ts', from: '    marked() {', until: '  } as unknown as Core' },
      { file: 'core.ts', from: '  // To ask the page', until: '\n}\n' },
    ],
  },
  {
    what: 'it listens for the page, and says how things are',
    cuts: [
      { file: 'core.ts', from: "    if (command === 'get')", until: "    if (command === 'consent')" },
      { file: 'core.ts', from: "    return command === 'on'", until: '  };\n  api.runs' },
      { file: 'core.ts', from: '    handlers: new Set(),', until: '    allowed' },
    ],
  },
  {
    what: 'consent',
    cuts: [
      { file: 'core.ts', from: "    if (command === 'consent')", until: '    pass(command' },
      { file: 'core.ts', from: '    if (core.allowed || (', until: "    return command === 'on'" },
      { file: 'core.ts', from: "    allowed: options.consent !== 'required',", until: '    draw' },
      { file: 'core.ts', from: '() => core.allowed && core.warm()', until: ';' },
      { file: 'core.ts', from: 'core.allowed && core.marked()', until: ' && core.warm' },
    ],
  },
  {
    what: 'it asks again for a file that did not come',
    cuts: [
      { file: 'core.ts', from: '        // A browser may remember', until: '      },\n    ));' },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the source's own text
      { file: 'core.ts', from: '${attempt}', until: '`)' },
    ],
  },
  {
    what: 'it may stand in the head of a page',
    cuts: [{ file: 'embed.ts', from: 'if (!performance.timing.domInteractive)', until: 'begin();' }],
  },
];

type Builder = {
  tagScript(define: object, plugins: readonly object[]): Promise<string>;
  brotli(text: string): { readonly length: number };
};

/** Bytes of the whole, and of each part. Throws where a part is not found: the code has changed, and this list with it. */
export async function weighTagParts(): Promise<{
  readonly whole: number;
  readonly parts: readonly { readonly what: string; readonly bytes: number }[];
}> {
  const { tagScript, brotli }: Builder = await import(
    pathToFileURL(join(root, 'widget/one-script.mjs')).href
  );
  const build = (cuts: readonly Cut[]): Promise<string> =>
    tagScript({ __HOST_FILE__: '"host-00000000.js"' }, [leaveOut(cuts)]);
  const without = async (cuts: readonly Cut[]) => brotli(await build(cuts)).length;
  const all = await build([]);
  const whole = brotli(all).length;
  const line = whole - brotli(all.replace(/^.*\n/, '')).length;
  const parts = [{ what: 'it is compiled while it comes', bytes: line }];
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
  ', locale, rules)': ", locale, '')",
  "      let locale = '';": "      const locale = 'en';\n",
  "Fullname && !Fullname.q && !Fullname.runs ? 'FullnameChat' : 'Fullname'": "'Fullname'",
  '    handlers: new Set(),': '',
  '    if (core.allowed || (': '    load();\n',
  '() => core.allowed && core.warm()': '() => core.warm()',
  'core.allowed && core.marked()': 'core.marked()',
};
