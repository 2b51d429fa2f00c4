/**
 * Entries as a person writes them in a file: named fields, of which only those without a usual value must be there. CSV and
 * YAML both become these; what is wrong with one is said by field, so that the rest of the file can be taken.
 */
import type { ImportReport, PhraseBody } from '@fullname/shared/book';
import type { ErrorCode } from '@fullname/shared/errors';
import { isId } from '@fullname/shared/ids';
import { PHRASE_MAX_LENGTH } from '@fullname/shared/limits';
import { LOCALES, type Locale } from '@fullname/shared/locale';
import { patternProblem } from '@fullname/shared/reader/pattern';
import {
  CONDITIONS,
  type Example,
  RULE_LEVELS,
  RULE_TOPICS,
  type RuleBody,
} from '@fullname/shared/reader/rule';
import { SITUATIONS } from '@fullname/shared/situation';
import { RelayError } from '../../relay-error.ts';
import { PHRASE_MAX, PHRASE_TAG, phraseBody, unknownSlots } from '../phrases.ts';
import { failingExamples, PLACES, REPLACES, RULE_MAX, ruleBody } from '../rules.ts';

export type Problem = ImportReport['problems'][number];
export type Code = Problem['code'];

/** How a field is written: one text, texts, names out of a closed set, or sentences with what holds. */
type FieldKind = 'text' | 'name' | 'texts' | 'patterns' | 'names' | 'examples';
type Field = { readonly name: string; readonly kind: FieldKind };

const PHRASE_FIELDS = [
  { name: 'locale', kind: 'name' },
  { name: 'situation', kind: 'name' },
  { name: 'text', kind: 'text' },
  { name: 'reason', kind: 'text' },
  { name: 'notWhen', kind: 'text' },
  { name: 'tags', kind: 'names' },
  { name: 'id', kind: 'name' },
] as const satisfies readonly Field[];

const RULE_FIELDS = [
  { name: 'locale', kind: 'name' },
  { name: 'title', kind: 'text' },
  { name: 'topic', kind: 'name' },
  { name: 'level', kind: 'name' },
  { name: 'finds', kind: 'patterns' },
  { name: 'sayInstead', kind: 'texts' },
  { name: 'replaces', kind: 'name' },
  { name: 'reason', kind: 'text' },
  { name: 'where', kind: 'name' },
  { name: 'situations', kind: 'names' },
  { name: 'when', kind: 'names' },
  { name: 'unless', kind: 'names' },
  { name: 'except', kind: 'patterns' },
  { name: 'mustFire', kind: 'examples' },
  { name: 'mustNotFire', kind: 'examples' },
  { name: 'key', kind: 'name' },
  { name: 'id', kind: 'name' },
] as const satisfies readonly Field[];

export type FileKind = 'phrases' | 'rules';

export function fieldsOf(kind: FileKind): readonly Field[] {
  return kind === 'phrases' ? PHRASE_FIELDS : RULE_FIELDS;
}

/** What one row says, by field. Texts are as they were written; a list may have been written as one text. */
export type Fields = Readonly<Record<string, string | readonly string[] | readonly Example[]>>;
export type Row = { readonly row: number; readonly fields: Fields };
/** A file as far as it can be read. */
export type Sheet = { readonly rows: readonly Row[]; readonly problems: readonly Problem[] };

/** An entry that holds, and which one of the book it says it is. */
export type Entry = {
  readonly row: number;
  readonly id: string | null;
  readonly key: string | null;
} & (
  | { readonly kind: 'phrase'; readonly body: PhraseBody }
  | { readonly kind: 'rule'; readonly body: RuleBody }
);

export type Checked = { readonly entry: Entry } | { readonly problems: readonly Problem[] };

/** Checks a row as the book checks what is proposed, and says of each fault what it is. */
export async function entryOf(kind: FileKind, { row, fields }: Row, locale: Locale): Promise<Checked> {
  const reader = new FieldReader(fields, row);
  const identity = { row, id: reader.id(), key: reader.textOr('key', '') || null };
  const draft = kind === 'phrases' ? phraseOf(reader, locale) : ruleOf(reader, locale);
  if (reader.problems.length > 0) return { problems: reader.problems };
  try {
    return kind === 'phrases'
      ? { entry: { ...identity, kind: 'phrase', body: phraseBody(draft as PhraseBody) } }
      : { entry: { ...identity, kind: 'rule', body: await ruleBody(draft as RuleBody) } };
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    const what = error.code === 'EXAMPLES_FAIL' ? ((await failingExamples(draft as RuleBody))[0] ?? '') : '';
    return { problems: [problem(row, CODES[error.code] ?? 'unknown-value', what)] };
  }
}

const CODES: { readonly [Name in ErrorCode]?: Code } = {
  EMPTY: 'missing-field',
  TOO_LONG: 'too-long',
  BAD_PATTERN: 'bad-pattern',
  EXAMPLES_FAIL: 'examples-fail',
};

const WHAT_MAX_LENGTH = 200;

export function problem(row: number, code: Code, what: string): Problem {
  return { row, code, what: what.length > WHAT_MAX_LENGTH ? `${what.slice(0, WHAT_MAX_LENGTH)}…` : what };
}

function phraseOf(reader: FieldReader, locale: Locale): PhraseBody {
  return {
    locale: reader.one('locale', LOCALES, locale),
    situation: reader.one('situation', SITUATIONS),
    text: reader.words('text', PHRASE_MAX_LENGTH),
    reason: reader.text('reason', PHRASE_MAX.reason),
    notWhen: reader.short('notWhen', PHRASE_MAX.reason) || null,
    tags: reader.tags('tags'),
  };
}

function ruleOf(reader: FieldReader, locale: Locale): RuleBody {
  return {
    locale: reader.one('locale', LOCALES, locale),
    topic: reader.one('topic', RULE_TOPICS, 'own-words'),
    title: reader.text('title', RULE_MAX.title),
    finds: reader.patterns('finds', true),
    sayInstead: reader.sayInstead('sayInstead'),
    replaces: reader.one('replaces', REPLACES, 'words'),
    reason: reader.text('reason', RULE_MAX.reason),
    where: reader.one('where', PLACES, 'anywhere'),
    situations: reader.some('situations', SITUATIONS),
    when: reader.some('when', CONDITIONS),
    unless: reader.some('unless', CONDITIONS),
    except: reader.patterns('except', false),
    level: reader.one('level', RULE_LEVELS, 'suggestion'),
    mustFire: reader.examples('mustFire'),
    mustNotFire: reader.examples('mustNotFire'),
  };
}

/** Reads the fields of one row, and remembers what was wrong. After a problem its values are stand-ins. */
class FieldReader {
  readonly problems: Problem[] = [];
  readonly #fields: Fields;
  readonly #row: number;

  constructor(fields: Fields, row: number) {
    this.#fields = fields;
    this.#row = row;
    if (JSON.stringify(fields).includes('\uFFFD')) this.fault('not-readable', '\uFFFD');
  }

  fault(code: Code, what: string): void {
    this.problems.push(problem(this.#row, code, what));
  }

  textOr(name: string, usual: string): string {
    const value = this.#fields[name];
    if (value === undefined) return usual;
    if (typeof value === 'string') return value.trim();
    this.fault('not-readable', name);
    return usual;
  }

  short(name: string, max: number): string {
    const text = this.textOr(name, '');
    this.limit(name, text.length, max);
    return text;
  }

  limit(name: string, is: number, max: number): void {
    if (is > max) this.fault('too-long', `${name}: ${is} > ${max}`);
  }

  text(name: string, max: number): string {
    const text = this.short(name, max);
    if (text === '') this.fault('missing-field', name);
    return text;
  }

  words(name: string, max: number): string {
    const text = this.text(name, max);
    const [slot] = unknownSlots(text);
    if (slot !== undefined) this.fault('bad-placeholder', `${name}: ${slot}`);
    return text;
  }

  id(): string | null {
    const id = this.textOr('id', '').toLowerCase();
    if (id !== '' && !isId(id)) this.fault('unknown-value', `id: ${id}`);
    return id === '' ? null : id;
  }

  one<Name extends string>(name: string, known: readonly Name[], usual?: Name): Name {
    const text = this.textOr(name, '');
    const found = known.find((one) => one.toLowerCase() === text.toLowerCase());
    if (found !== undefined) return found;
    if (text !== '') this.fault('unknown-value', `${name}: ${text}`);
    else if (usual === undefined) this.fault('missing-field', name);
    return usual ?? (known[0] as Name);
  }

  names(name: string): string[] {
    return this.texts(name)
      .flatMap((text) => text.split(/[,\n，、]/))
      .map((text) => text.trim())
      .filter((text) => text !== '');
  }

  some<Name extends string>(name: string, known: readonly Name[]): Name[] {
    return this.names(name).flatMap((text) => {
      const found = known.find((one) => one === text.toLowerCase());
      if (found === undefined) this.fault('unknown-value', `${name}: ${text}`);
      return found === undefined ? [] : [found];
    });
  }

  texts(name: string): string[] {
    const value = this.#fields[name];
    if (value === undefined || value === '') return [];
    const texts = typeof value === 'string' ? [value] : value;
    const plain = texts.filter((text) => typeof text === 'string');
    if (plain.length < texts.length) this.fault('not-readable', name);
    return plain;
  }

  tags(name: string): string[] {
    const tags = this.names(name);
    this.limit(name, tags.length, PHRASE_MAX.tags);
    const stray = tags.find((tag) => !PHRASE_TAG.test(tag));
    if (stray !== undefined) this.fault('unknown-value', `${name}: ${stray}`);
    return tags;
  }

  sayInstead(name: string): string[] {
    const texts = this.texts(name);
    this.limit(name, texts.length, RULE_MAX.sayInstead);
    for (const text of texts) {
      const [slot] = unknownSlots(text);
      if (slot !== undefined) this.fault('bad-placeholder', `${name}: ${slot}`);
      this.limit(name, text.trim().length, RULE_MAX.words);
    }
    return texts;
  }

  patterns(name: string, needed: boolean): string[] {
    const patterns = this.texts(name);
    if (needed && patterns.length === 0) this.fault('missing-field', name);
    this.limit(name, patterns.length, RULE_MAX.patterns);
    for (const pattern of patterns)
      if (patternProblem(pattern.trim())) this.fault('bad-pattern', `${name}: ${pattern}`);
    return patterns;
  }

  examples(name: string): Example[] {
    const value = this.#fields[name] ?? [];
    const examples = typeof value === 'string' ? [value] : value;
    if (examples.length === 0) this.fault('missing-field', name);
    this.limit(name, examples.length, RULE_MAX.examples);
    return examples.map((example): Example => {
      const { text, given } = typeof example === 'string' ? { text: example, given: undefined } : example;
      this.limit(name, text.trim().length, RULE_MAX.example);
      if (given === undefined) return { text };
      const unknown = given.find((condition) => !(CONDITIONS as readonly string[]).includes(condition));
      if (unknown !== undefined) this.fault('unknown-value', `${name}: ${unknown}`);
      return { text, given };
    });
  }
}
