/**
 * The starter rules on real sentences: how often each is found, how often rightly, and how rarely the book interrupts. `--json FILE`
 * for the figures, `--data FILE` for JSON lines of one's own, `--samples N` sentences a rule, `--judge RULE | all` for what nobody
 * has judged yet.
 */
import type { Locale } from '@fullname/shared/locale';
import { compileRules, read } from '@fullname/shared/reader/read';
import { RULE_TOPICS, type Rule } from '@fullname/shared/reader/rule';
import { atLeast, atMost, type Measured, type Stage } from '../../support/figures.ts';
import { evaluateCards } from './cards.ts';
import { type Corpus, convertedCorpus, crossWoz, customerCare, DATA, jsonLines } from './corpora.ts';
import { type Finding, findingsIn, isNamed, starterRules, stateOf } from './findings.ts';
import { readVerdicts, type Verdicts } from './judged.ts';
import { guardParityOf, parityOf } from './parity.ts';

export const BIBLE_FLAGS = ['data', 'judge', 'samples'] as const;

const CARD_SEED = 20260101;
/** A rule asks for attention only when people agreed with it this often, on so many sentences or on all that there are. */
const PRECISION = 0.9;
const ENOUGH = 50;

type Rules = Readonly<Record<Locale, readonly Rule[]>>;

export async function evaluateBible(stage: Stage): Promise<readonly Measured[]> {
  const rules = await starterRules();
  const verdicts = readVerdicts();
  const own = stage.flag('data');
  const care = customerCare();
  const woz = crossWoz();
  if (!care || !woz) stage.progress(`skipped what needs the shared data: nothing at ${DATA}`);
  const traditional = woz && convertedCorpus(woz, 's2twp');
  const corpora = [care, woz, traditional].filter((corpus) => corpus !== null);
  const ownCorpora = own === undefined ? [] : jsonLines(own);
  const studies = [...corpora, ...ownCorpora].map((corpus) => ({
    corpus,
    rules: judge(rules, corpus, verdicts),
  }));
  const wanted = stage.flag('judge');
  if (wanted !== undefined) {
    for (const study of studies) printUnjudged(study.rules, wanted);
    return [];
  }
  console.log(CONDITIONS_NOTE);
  for (const study of studies) printStudy(study, Number(stage.flag('samples') ?? 3));
  const shipped = studies.filter(({ corpus }) => corpora.includes(corpus));
  return [
    ...bookFigures(rules),
    ...shipped.flatMap((study) => precisionFigures(study)),
    ...studies.flatMap(({ corpus, rules }) => attentionFigures(corpus, rules)),
    ...studies.flatMap(({ corpus }) => guardFigures(corpus)),
    ...(woz ? parityFigures(stage, rules, woz) : []),
    ...cardFigures(stage),
  ];
}

const CONDITIONS_NOTE = `
Each rule is read as if every condition that it needs (an open failure, hurry, an order that is known …) were there: the data
does not tell. Sentences that differ only in case, width, white space and links count once. Rules that speak of people's names
cannot be judged here.`;

// ── Judging ─────────────────────────────────────────────────────────────────

/** A rule on a corpus. `sentences` are the distinct ones, `right` and `wrong` how many of them people judged so. */
type Judged = {
  readonly rule: Rule;
  readonly findings: number;
  readonly sentences: readonly (Finding & { readonly verdict: boolean | null })[];
  readonly right: number;
  readonly wrong: number;
};

function judge(rules: Rules, corpus: Corpus, verdicts: Verdicts): Judged[] {
  const byRule = new Map<string, Finding[]>();
  for (const finding of findingsIn(rules[corpus.lang], corpus)) {
    byRule.set(finding.rule.id, [...(byRule.get(finding.rule.id) ?? []), finding]);
  }
  return rules[corpus.lang].map((rule) => {
    const findings = byRule.get(rule.id) ?? [];
    const distinct = [...new Map(findings.map((finding) => [finding.hash, finding])).values()];
    const sentences = distinct.map((finding) => ({
      ...finding,
      verdict: verdicts(rule.id, corpus.lang, finding.hash),
    }));
    const count = (verdict: boolean) => sentences.filter((one) => one.verdict === verdict).length;
    return { rule, findings: findings.length, sentences, right: count(true), wrong: count(false) };
  });
}

function precisionOf({ right, wrong }: Judged): number | null {
  return right + wrong === 0 ? null : right / (right + wrong);
}

function isJudgedEnough({ sentences, right, wrong }: Judged): boolean {
  return right + wrong >= Math.min(ENOUGH, sentences.length);
}

function interrupts({ level }: Rule): boolean {
  return level !== 'suggestion';
}

// ── Printing ────────────────────────────────────────────────────────────────

type Study = { readonly corpus: Corpus; readonly rules: readonly Judged[] };

function printStudy({ corpus, rules }: Study, samples: number): void {
  console.log(`\n${corpus.lang} – ${corpus.name}, ${corpus.turns.length} turns\n`);
  for (const judged of rules.toSorted((a, b) => b.findings - a.findings)) {
    if (judged.findings > 0) printRule(judged, samples);
  }
  const silent = rules.filter(({ findings }) => findings === 0);
  const names = (some: readonly Judged[]) => some.map(({ rule }) => rule.id).join(', ') || 'none';
  console.log(`\n  never found, and they interrupt: ${names(silent.filter(({ rule }) => interrupts(rule)))}`);
  console.log(`  never found, suggestions: ${names(silent.filter(({ rule }) => !interrupts(rule)))}`);
}

function printRule(judged: Judged, samples: number): void {
  const { rule, findings, sentences, right, wrong } = judged;
  const precision = precisionOf(judged);
  const said = precision === null ? 'not judged' : `precision ${precision.toFixed(2)}`;
  console.log(
    `  ${rule.id} (${rule.level}): ${findings} findings, ${sentences.length} sentences, ${right + wrong} judged, ${said}`,
  );
  // Spread over the corpus, always the same ones.
  const step = Math.max(1, Math.floor(sentences.length / samples));
  for (const { sentence, verdict } of sentences.filter((_, index) => index % step === 0).slice(0, samples)) {
    console.log(`      ${verdict === null ? '?' : verdict ? '✓' : '✗'} ${oneLine(sentence)}`);
  }
}

function printUnjudged(rules: readonly Judged[], wanted: string): void {
  for (const { rule, sentences } of rules) {
    if (wanted !== 'all' && wanted !== rule.id) continue;
    for (const { lang, hash, sentence, turn, verdict } of sentences) {
      if (verdict !== null) continue;
      console.log(`\n# ${rule.title}: ${rule.reason}`);
      if (turn.before !== null) console.log(`# customer: ${oneLine(turn.before)}`);
      console.log(`# reply: ${oneLine(turn.text)}`);
      console.log(`# sentence: ${oneLine(sentence)}`);
      console.log(JSON.stringify({ rule: rule.id, lang, hash, verdict: null }));
    }
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

// ── Figures ─────────────────────────────────────────────────────────────────

function bookFigures(rules: Rules): Measured[] {
  return (Object.keys(rules) as Locale[]).flatMap((locale) => {
    const topics = new Set(rules[locale].map(({ topic }) => topic));
    return [
      atLeast(`${locale}: rules`, [rules[locale].length, ''], { must: 40 }),
      atLeast(`${locale}: topics with a rule`, [topics.size, `of ${RULE_TOPICS.length}`]),
      atMost(`${locale}: rules that interrupt`, [rules[locale].filter(interrupts).length, '']),
    ];
  });
}

function precisionFigures({ corpus, rules }: Study): Measured[] {
  const stern = rules.filter(({ rule }) => interrupts(rule));
  const seen = stern.filter(({ findings }) => findings > 0);
  const unseen = stern.filter(({ rule, findings }) => findings === 0 && !isNamed(rule));
  const all = rules.flatMap(({ sentences }) => sentences);
  return [
    atLeast(`${corpus.lang}: distinct sentences found`, [all.length, '']),
    atLeast(`${corpus.lang}: of them judged`, [all.filter(({ verdict }) => verdict !== null).length, '']),
    atMost(`${corpus.lang}: rules that interrupt, never seen in the data`, [unseen.length, '']),
    atMost(
      `${corpus.lang}: rules that interrupt, not judged enough`,
      [seen.filter((judged) => !isJudgedEnough(judged)).length, ''],
      { must: 0 },
    ),
    ...rules.flatMap((judged) => {
      const precision = precisionOf(judged);
      if (precision === null) return [];
      const name = `${corpus.lang} ${judged.rule.id} (${judged.rule.level}): precision`;
      const count = `on ${judged.right + judged.wrong} of ${judged.sentences.length}`;
      return [atLeast(name, [precision, count], interrupts(judged.rule) ? { must: PRECISION } : {})];
    }),
  ];
}

/**
 * How often the book would interrupt: in the worst case, as if in every conversation all that a rule needs were there, and as the
 * turns stand, with nothing known of them.
 */
function attentionFigures({ name, lang, turns }: Corpus, rules: readonly Judged[]): Measured[] {
  const sum = (some: readonly Judged[]) => some.reduce((all, { findings }) => all + findings, 0);
  const warnings = rules.filter(({ rule }) => interrupts(rule));
  const plain = warnings.filter(({ rule }) => rule.when.length === 0);
  const figure = (what: string, some: readonly Judged[], must?: number) =>
    atMost(
      `${lang} ${name}: ${what} per 100 turns`,
      [per100(sum(some), turns.length), ''],
      must === undefined ? {} : { must },
    );
  return [
    figure('warnings in the worst case', warnings, name.startsWith('CrossWOZ') ? 1 : undefined),
    figure('warnings as the turns stand', plain),
    figure('findings of any level in the worst case', rules),
  ];
}

/** What the guards that are no rules of the book find in the same turns. */
function guardFigures({ name, lang, turns }: Corpus): Measured[] {
  const nothing = compileRules([]);
  const state = stateOf(lang);
  const readings = turns.map(({ text }) => read(nothing, text, state));
  const refusals = readings.filter(({ refusal }) => refusal !== null);
  const bare = refusals.filter(({ refusal }) => refusal?.alternatives.length === 0);
  const count = (what: string, many: number) =>
    atMost(`${lang} ${name}: ${what} per 100 turns`, [per100(many, turns.length), '']);
  return [
    count('refusals', refusals.length),
    count('refusals without an alternative', bare.length),
    count('secrets', readings.filter(({ secrets }) => secrets.length > 0).length),
    count('promises', readings.filter(({ promises }) => promises.length > 0).length),
  ];
}

function per100(many: number, turns: number): number {
  return turns === 0 ? 0 : (many / turns) * 100;
}

/** The corpus and the sentences that the rules were written with, which are rich in findings; rules of both scripts, and the guards. */
function parityFigures(stage: Stage, rules: Rules, woz: Corpus): Measured[] {
  const written = rules['zh-Hans'].flatMap((rule) => [...rule.mustFire, ...rule.mustNotFire]);
  const examples = written.map(({ text }) => ({ text, before: null }));
  const corpus = { ...woz, turns: [...woz.turns, ...examples] };
  return (['s2t', 's2twp'] as const).flatMap((conversion) => {
    const parities = [
      ...(['zh-Hans', 'zh-Hant'] as const).map((lang) => ({
        what: `${lang} rules`,
        ...parityOf(rules[lang], { ...corpus, lang }, conversion),
      })),
      { what: 'guards', ...guardParityOf(corpus, conversion) },
    ];
    return parities.flatMap(({ what, findings, same, differences }) => {
      for (const difference of differences) stage.progress(`parity, ${conversion}, ${what}: ${difference}`);
      return [
        atLeast(`parity, ${conversion}, ${what}: findings compared`, [findings, '']),
        atLeast(`parity, ${conversion}, ${what}`, [findings === 0 ? 100 : (same / findings) * 100, '%'], {
          must: 100,
        }),
      ];
    });
  });
}

function cardFigures(stage: Stage): Measured[] {
  const { cards, numbers, missed, mistaken } = evaluateCards(CARD_SEED);
  for (const text of missed.slice(0, 10)) stage.progress(`a card left to read: ${text}`);
  for (const text of mistaken.slice(0, 10)) stage.progress(`no card, and masked: ${text}`);
  const share = ({ of, masked }: { of: number; masked: number }) => (masked / of) * 100;
  return [
    atLeast(`card numbers masked, of ${cards.of}`, [share(cards), '%'], { must: 99.9 }),
    atMost(`order and telephone numbers masked, of ${numbers.of}`, [share(numbers), '%'], { must: 1 }),
  ];
}
