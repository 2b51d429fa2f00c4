import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasHan } from '@fullname/shared/locale';
import { PLACEHOLDERS } from '@fullname/shared/phrases';
import { tryExamples } from '@fullname/shared/reader/read';
import { CONDITIONS } from '@fullname/shared/reader/rule';
import { SITUATIONS } from '@fullname/shared/situation';
import { describe, expect, test } from 'vitest';
import { PENDING_MAX } from '../../server/src/bible/entries.ts';
import { fromCsv } from '../../server/src/bible/exchange/csv.ts';
import { entryOf, type FileKind, fieldsOf, type Sheet } from '../../server/src/bible/exchange/fields.ts';
import { IMPORT_ROWS_MAX } from '../../server/src/bible/exchange/import.ts';
import { fromVale } from '../../server/src/bible/exchange/vale.ts';
import { turnToken } from '../../server/src/bible/exchange/vale-tokens.ts';
import { fromYaml } from '../../server/src/bible/exchange/yaml.ts';
import { RULE_MAX } from '../../server/src/bible/rules.ts';
import { CHANGE_MAX_BYTES, IMPORT_MAX_BYTES } from '../../server/src/http/book-schemas.ts';
import { root } from '../support/root.ts';
import { rule } from './people.ts';

const text = readFileSync(join(root, 'docs/bible.md'), 'utf8');

/** The rows of the table with these heads; a bar inside of a cell is written with a backslash. */
function table(...heads: string[]): string[][] {
  const lines = text.split('\n');
  const head = lines.indexOf(`| ${heads.join(' | ')} |`);
  const end = lines.findIndex((line, at) => at > head && !line.startsWith('|'));
  if (head < 0) throw new Error(`no table of ${heads.join(', ')}`);
  return lines.slice(head + 2, end).map((line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) =>
        cell
          .trim()
          .replaceAll('\\|', '|')
          .replace(/^`(.*)`$/, '$1'),
      ),
  );
}

function block(name: string): string {
  const found = new RegExp(`^\`\`\`${name}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(text)?.[1];
  if (found === undefined) throw new Error(`no example of ${name}`);
  return found;
}

async function entries(kind: FileKind, sheet: Sheet) {
  expect(sheet.problems).toEqual([]);
  const all = await Promise.all(sheet.rows.map((row) => entryOf(kind, row, 'en')));
  for (const checked of all) expect(checked).toHaveProperty('entry');
  return all;
}

describe('docs/bible.md', () => {
  test.each(table('Pattern', 'Finds', 'Not'))('says what %s finds', (pattern, finds = '', not = '') => {
    const locale = hasHan(finds) ? 'zh-Hans' : 'en';
    const body = rule({
      locale,
      finds: [pattern ?? ''],
      mustFire: [{ text: finds }],
      mustNotFire: [{ text: not }],
    });
    expect(tryExamples(body).map(({ fired }) => fired)).toEqual([true, false]);
  });

  test.each([
    ['csv phrases', 'phrases', fromCsv, 2],
    ['csv rules', 'rules', fromCsv, 2],
    ['yaml phrases', 'phrases', fromYaml, 1],
    ['yaml rules', 'rules', fromYaml, 1],
  ] as const)('shows %s that can be imported', async (name, kind, read, count) => {
    expect(await entries(kind, await read(kind, block(name)))).toHaveLength(count);
  });

  test('shows a rule of Vale that can be read', async () => {
    expect(await entries('rules', await fromVale(block('yaml vale'), 'en'))).toHaveLength(2);
  });

  test.each(table('Token', 'Pattern'))('says what %s of Vale becomes', (token = '', pattern = '') => {
    expect(turnToken(token, false)).toHaveProperty('patterns', [pattern]);
  });

  test('names every field, situation, condition and placeholder, and the bounds', () => {
    const named = new Set([...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]));
    const rules = fieldsOf('rules')
      .map((field) => field.name)
      .filter((name) => name !== 'locale');
    const slots = PLACEHOLDERS.map((name) => `{${name}}`);
    const missing = [...rules, ...SITUATIONS, ...CONDITIONS, ...slots].filter((name) => !named.has(name));
    expect(missing).toEqual([]);
    expect(RULE_MAX).toEqual({
      title: 120,
      reason: 500,
      patterns: 60,
      sayInstead: 10,
      words: 500,
      examples: 20,
      example: 500,
    });
    expect(text).toContain(
      `At most ${PENDING_MAX.count.toLocaleString('en')} proposals wait at a time, of ${PENDING_MAX.bytes / 2 ** 20} MiB`,
    );
    expect([IMPORT_MAX_BYTES, CHANGE_MAX_BYTES, IMPORT_ROWS_MAX]).toEqual([1024 ** 2, 256 * 1024, 1_000]);
  });
});
