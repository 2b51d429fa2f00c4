/**
 * Rules of Vale, of the two kinds that speak of words: `existence` and `substitution`. What they find and say is taken over;
 * the examples, which Vale has none of, are made of their own tokens and tried. All come as suggestions: nobody has judged them here.
 */
import type { Locale } from '@fullname/shared/locale';
import { tryExamples } from '@fullname/shared/reader/read';
import { type Example, PLAIN_RULE, type RuleBody } from '@fullname/shared/reader/rule';
import { isMap, isSeq, type YAMLMap } from 'yaml';
import { cut } from '../mask.ts';
import { RULE_MAX } from '../rules.ts';
import { Turns } from '../turns.ts';
import { type Problem, problem, type Row, type Sheet } from './fields.ts';
import { turnToken } from './vale-tokens.ts';
import { readYaml, textOf } from './yaml.ts';

/** Fields that change nothing of what a rule finds here, and those that are read. */
const KNOWN = [
  'extends',
  'message',
  'level',
  'ignorecase',
  'tokens',
  'swap',
  'nonword',
  'raw',
  'exceptions',
  'scope',
  'link',
  'description',
  'action',
  'vocab',
  'append',
  'name',
];
const SCOPES = ['text', 'sentence', 'paragraph', 'summary', 'raw'];
const LEVELS = ['suggestion', 'warning', 'error'];
const FINDS_AT_ONCE = 40;
/** Tokens or pairs of one file; each is tried as it is read. */
const TOKENS_MAX = 500;

export async function fromVale(text: string, locale: Locale): Promise<Sheet> {
  const root = await readYaml(text);
  if (typeof root === 'string') return refused('not-readable', root);
  if (!isMap(root)) return refused('not-readable', 'extends');
  const vale = new ValeRule(root, locale);
  const fault = vale.fault();
  if (fault) return refused(fault.code, fault.what);
  return vale.kind === 'existence' ? vale.existence() : vale.substitution();
}

function refused(code: Problem['code'], what: string): Sheet {
  return { rows: [], problems: [problem(1, code, what)] };
}

type Pair = { readonly row: number; readonly token: string; readonly instead: string };
type Found = { readonly row: number; readonly patterns: readonly string[]; readonly words: string };

class ValeRule {
  readonly #map: YAMLMap;
  readonly #locale: Locale;
  readonly #problems: Problem[] = [];
  readonly #turns = new Turns();
  #exceptions: readonly string[] | undefined;

  constructor(map: YAMLMap, locale: Locale) {
    this.#map = map;
    this.#locale = locale;
  }

  get kind(): string {
    return this.#text('extends');
  }

  /** What makes the whole file something else than a rule that can be read. */
  fault(): Pick<Problem, 'code' | 'what'> | null {
    if (this.kind === '') return { code: 'missing-field', what: 'extends' };
    if (this.kind !== 'existence' && this.kind !== 'substitution')
      return { code: 'not-supported', what: `extends: ${this.kind}` };
    if (this.#text('message') === '') return { code: 'missing-field', what: 'message' };
    const level = this.#text('level');
    if (level !== '' && !LEVELS.includes(level)) return { code: 'unknown-value', what: `level: ${level}` };
    const scope = this.#texts('scope').find((one) => !SCOPES.includes(one));
    if (scope !== undefined) return { code: 'not-supported', what: `scope: ${scope}` };
    const stray = this.#map.items.map(({ key }) => textOf(key) ?? '').find((name) => !KNOWN.includes(name));
    return stray === undefined ? null : { code: 'not-supported', what: stray };
  }

  async existence(): Promise<Sheet> {
    const raw = this.#texts('raw').join('');
    const tokens = this.#texts('tokens');
    // Vale looks for `raw` and one of the tokens together, `raw` first unless it is appended.
    const together = tokens.map((token) => {
      if (raw === '') return token;
      return this.#isTrue('append') ? `(?:${token})${raw}` : `${raw}(?:${token})`;
    });
    const all = raw !== '' && tokens.length === 0 ? [raw] : together;
    const found = await this.#turn(this.#bounded(all.map((token, index) => ({ row: index + 1, token }))));
    if (found.length === 0 && this.#problems.length === 0) return refused('missing-field', 'tokens');
    const instead = this.#replacements();
    return { rows: rulesFull(found).map((some) => this.#row(some, instead)), problems: this.#problems };
  }

  /** One rule for each thing to say instead, or several where one would be too long. */
  async substitution(): Promise<Sheet> {
    const pairs = this.#pairs();
    if (pairs.length === 0) return refused('missing-field', 'swap');
    const rows: Row[] = [];
    for (const instead of new Set(pairs.map((pair) => pair.instead))) {
      const found = await this.#turn(pairs.filter((pair) => pair.instead === instead));
      for (const some of rulesFull(found)) rows.push(this.#row(some, instead.split('|')));
    }
    return { rows, problems: this.#problems };
  }

  #pairs(): Pair[] {
    const swap = this.#map.get('swap', true);
    const lists = isSeq(swap) ? swap.items : [swap];
    const items = this.#bounded(lists.flatMap((list) => (isMap(list) ? list.items : [])));
    return items.flatMap(({ key, value }, index): Pair[] => {
      const [token, instead] = [textOf(key) ?? '', textOf(value) ?? ''];
      const isCaseOnly = token.toLowerCase() === instead.toLowerCase();
      const isReadable = token !== '' && instead !== '' && !/\$\d|\$\{/.test(instead) && !isCaseOnly;
      if (!isReadable) this.#problems.push(problem(index + 1, 'not-supported', `${token}: ${instead}`));
      return isReadable ? [{ row: index + 1, token, instead }] : [];
    });
  }

  #bounded<Item>(items: readonly Item[]): readonly Item[] {
    if (items.length > TOKENS_MAX)
      this.#problems.push(problem(TOKENS_MAX + 1, 'too-long', `${items.length} > ${TOKENS_MAX}`));
    return items.slice(0, TOKENS_MAX);
  }

  /** Tokens as patterns that find the very words they were made from. */
  async #turn(tokens: readonly { readonly row: number; readonly token: string }[]): Promise<Found[]> {
    const found: Found[] = [];
    for (const { row, token } of tokens) {
      await this.#turns.giveWay();
      const turned = turnToken(token, this.#isTrue('nonword'));
      if ('fault' in turned) {
        const what = turned.fault === token ? token : `${token}: ${turned.fault}`;
        this.#problems.push(problem(row, 'not-supported', what));
      } else if (this.#fires(turned.patterns, turned.words)) found.push({ row, ...turned });
      else this.#problems.push(problem(row, 'examples-fail', `${token}: ${turned.words}`));
    }
    return found;
  }

  #fires(finds: readonly string[], text: string): boolean {
    const body: RuleBody = { ...TRIAL, locale: this.#locale, finds, mustFire: [{ text }] };
    return text !== '' && tryExamples(body).every(({ fired }) => fired);
  }

  #row(found: readonly Found[], sayInstead: readonly string[]): Row {
    const [first] = found;
    const message = this.#text('message');
    const title = sayInstead[0] === undefined ? plainMessage(message) : `${first?.words} → ${sayInstead[0]}`;
    const mustFire = found.slice(0, RULE_MAX.examples).map(({ words }): Example => ({ text: words }));
    const reason = [plainMessage(message), this.#text('description'), this.#text('link')].filter(
      (part) => part !== '',
    );
    const except = this.#except();
    const finds = found.flatMap(({ patterns }) => patterns);
    const silent = [...sayInstead, HARMLESS[this.#locale]].find((text) => !this.#fires(finds, text));
    return {
      row: first?.row ?? 1,
      fields: {
        locale: this.#locale,
        title: cut(title, RULE_MAX.title),
        level: 'suggestion',
        finds,
        sayInstead,
        reason: cut(reason.join('\n'), RULE_MAX.reason),
        except,
        mustFire,
        mustNotFire: silent === undefined ? [] : [{ text: silent }],
      },
    };
  }

  /** Read once; a rule without one of its exceptions still only suggests. */
  #except(): readonly string[] {
    this.#exceptions ??= this.#texts('exceptions').flatMap((token) => {
      const turned = turnToken(token, false);
      if (!('fault' in turned)) return turned.patterns;
      this.#problems.push(problem(1, 'not-supported', `exceptions: ${token}`));
      return [];
    });
    return this.#exceptions;
  }

  /** `action: {name: replace, params: […]}` of an existence rule. */
  #replacements(): string[] {
    const action = this.#map.get('action', true);
    if (!isMap(action) || textOf(action.get('name', true)) !== 'replace') return [];
    return textsIn(action.get('params', true));
  }

  #text(name: string): string {
    return textOf(this.#map.get(name, true))?.trim() ?? '';
  }

  #texts(name: string): string[] {
    return textsIn(this.#map.get(name, true));
  }

  #isTrue(name: string): boolean {
    return this.#text(name).toLowerCase() === 'true';
  }
}

/** What is found, parted so that no rule has more patterns than it may hold; a token has a dozen at most. */
function rulesFull(found: readonly Found[]): Found[][] {
  const parts: Found[][] = [];
  let room = 0;
  for (const one of found) {
    room -= one.patterns.length;
    const part = parts.at(-1);
    if (part && room >= 0) part.push(one);
    else {
      parts.push([one]);
      room = FINDS_AT_ONCE - one.patterns.length;
    }
  }
  return parts;
}

function textsIn(node: unknown): string[] {
  const items = isSeq(node) ? node.items : [node];
  return items.flatMap((item) => textOf(item) ?? []).filter((text) => text !== '');
}

/** Vale puts the words into the message; here they are underlined where they stand. */
function plainMessage(message: string): string {
  return message.replace(/['"“”‘’]?%(?:\[\d\])?s['"“”‘’]?/g, '…').trim();
}

/** A sentence that no rule about words should mind. */
const HARMLESS: Readonly<Record<Locale, string>> = {
  en: 'Thank you for writing to us.',
  'zh-Hans': '谢谢您联系我们。',
  'zh-Hant': '謝謝您與我們聯絡。',
};

/** Only what a trial needs to be a rule. */
const TRIAL: RuleBody = { ...PLAIN_RULE, locale: 'en', title: '…', reason: '…' };
