/** Every text that a visitor can read is one that the owner of the site can write anew: a table that nobody thought of fails here. */
import { readdirSync, readFileSync } from 'node:fs';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';
import { site } from '../console/src/strings/site-en.ts';
import { TRANSCRIPT_WORDS } from '../server/src/mail/transcript-words.ts';
import { usualWords } from '../server/src/site/words.ts';
import { misfitOf, placesOf } from '../shared/src/fit-words.ts';
import { WIDGET_LOCALES } from '../shared/src/locale.ts';
import { frameSettings } from '../shared/src/page-look.ts';
import { WORDS_OF_RELAY } from '../shared/src/relay-words.ts';
import { problemsInSettings, readSiteSettings } from '../shared/src/site-settings.ts';
import { root } from './support/root.ts';

const DIST = `${root}/widget/dist`;
const usual = await usualWords(DIST);
const ofChat = JSON.parse(readFileSync(`${DIST}/words.json`, 'utf8')) as typeof usual;

/** Words of other scripts that no visitor reads as ours, and why. */
const NOT_SAID: Readonly<Record<string, string>> = {
  'widget/src/ui/Menu.tsx': 'languages by their own names',
  'server/src/recovery/draft-texts.ts':
    'drafts: a colleague reads them, and sends what they have made of them',
  'server/src/recovery/please-know.ts': 'what a colleague is told to say',
  'server/src/recovery/record-lines.ts': 'lines of a record, for colleagues',
  'server/src/imports/file.ts': 'answers in an imported table',
  'shared/src/recovery/signs.ts': 'signs by which a message is read',
};
/** English sentences in the same folders. */
const NOT_SAID_IN_ENGLISH: Readonly<Record<string, string>> = {
  'widget/src/embed/help.ts': 'the console of whoever builds the page',
  'widget/src/preview/preview.tsx': 'for the caller, who is the console',
  'server/src/mail/deliver.ts': 'why a mail was not sent, for the store',
  'server/src/mail/transcripts.ts': 'why a code was not sent, for the store',
};
/** What is read there is what others have written; the book and the demo are content, which owners write. */
const FOLDERS_APART = /^(server\/src\/(bible|demo)|shared\/src\/reader)\//;

type Text = { readonly path: string; readonly text: string };
const texts = ['widget/src', 'server/src', 'shared/src'].flatMap(textsIn);
const known = new Set(Object.values(usual).flatMap((words) => Object.values(words).map(plain)));
const unknownOf = (isMeant: (text: Text) => boolean): Text[] =>
  texts.filter((one) => isMeant(one) && !known.has(plain(one.text)));

describe('every text that is said to visitors', () => {
  test('in Chinese, Japanese or Arabic is one of those that owners see beside their own', () => {
    const others = unknownOf(({ text }) =>
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Arabic}]/u.test(text),
    );
    expect(others.filter(({ path }) => !(path in NOT_SAID))).toEqual([]);
    expect([...new Set(others.map(({ path }) => path))].sort()).toEqual(Object.keys(NOT_SAID).sort());
  });

  test('in English, too, in the chat, in letters and on the pages behind links', () => {
    const others = unknownOf(
      ({ path, text }) =>
        /^(widget\/src|server\/src\/(mail|push|http\/continued))/.test(path) &&
        /^\p{Lu}\p{Ll}*[,:]? \p{L}/u.test(text),
    );
    expect(others.filter(({ path }) => !(path in NOT_SAID_IN_ENGLISH))).toEqual([]);
    expect([...new Set(others.map(({ path }) => path))].sort()).toEqual(
      Object.keys(NOT_SAID_IN_ENGLISH).sort(),
    );
  });

  test('is in every language, with the same places, and can be saved in the owner’s words', () => {
    const names = Object.keys(usual.en).sort();
    expect(names.length).toBeGreaterThan(290);
    for (const locale of WIDGET_LOCALES) {
      expect(Object.keys(usual[locale]).sort()).toEqual(names);
      for (const [name, text] of Object.entries(usual[locale])) {
        expect(placesOf(text), `${locale} ${name}`).toEqual(placesOf(usual.en[name] ?? ''));
        expect(misfitOf(text, text), `${locale} ${name}`).toBeNull();
      }
    }
    expect(problemsInSettings({ strings: usual })).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(Object.keys(site.words.notes)));
  });
});

test('what the relay says has a name of its own, which is not sent into the chat, or says what the chat says', () => {
  const named = Object.keys(usual.en).filter((name) => !(name in ofChat.en));
  expect(named.sort()).toEqual([...WORDS_OF_RELAY].sort());
  const strings = frameSettings(readSiteSettings({ strings: usual }))?.strings ?? {};
  for (const locale of WIDGET_LOCALES) {
    const sent = Object.keys(strings[locale] ?? {});
    expect(sent).toContain('speaking');
    expect(sent.filter((name) => WORDS_OF_RELAY.some((one) => one === name))).toEqual([]);
    for (const [name, text] of Object.entries(TRANSCRIPT_WORDS[locale]))
      if (name in ofChat.en) expect(plain(text), name).toBe(plain(ofChat[locale][name] ?? ''));
  }
});

/** Without what keeps a name apart from the script around it, and with usual spaces. */
function plain(text: string): string {
  return text
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/[\u00a0\u202f]/g, ' ')
    .trim();
}

/** All that stands in quotes in the sources of a folder, or as text between tags. */
function textsIn(folder: string): Text[] {
  const files = readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' });
  return files
    .map((file) => `${folder}/${file}`)
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|\.cases\.|\.d\.ts$|\/testing\//.test(path))
    .filter((path) => !FOLDERS_APART.test(path))
    .flatMap((path) => {
      const { program } = parseSync(path, readFileSync(`${root}/${path}`, 'utf8'));
      return [...quoted(program)].map((text) => ({ path, text }));
    });
}

function* quoted(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return;
  const { type, value } = node as { readonly type?: string; readonly value?: unknown };
  if (type === 'ImportDeclaration' || type === 'ImportExpression') return;
  if ((type === 'Literal' || type === 'JSXText') && typeof value === 'string') yield value;
  if (type === 'TemplateElement') yield String((value as { readonly cooked?: string }).cooked);
  for (const inner of Object.values(node)) yield* quoted(inner);
}
