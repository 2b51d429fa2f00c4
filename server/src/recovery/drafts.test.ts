import { MESSAGE_MAX_LENGTH, QUERY_MAX_LENGTH } from '@fullname/shared/limits';
import { LOCALES, type Locale } from '@fullname/shared/locale';
import { compileRules, readRules } from '@fullname/shared/reader/read';
import { refusalIn } from '@fullname/shared/reader/refusal';
import type { Rule } from '@fullname/shared/reader/rule';
import { secretsIn } from '@fullname/shared/reader/secrets';
import { WRAP_UPS } from '@fullname/shared/recovery';
import { repairText } from '@fullname/shared/text';
import { describe, expect, test } from 'vitest';
import { bodyOf } from '../bible/starter/rule.ts';
import { STARTER_RULES } from '../bible/starter.ts';
import {
  CHECK_MAX_LENGTH,
  type DraftFacts,
  flagLines,
  question,
  suggestedChecks,
  wrapUpTexts,
} from './drafts.ts';
import { LINE_MAX_LENGTH } from './record-lines.ts';

const PEOPLE = {
  en: {
    name: 'Anna Lindqvist',
    ally: 'Megan Kajitani',
    given: 'Megan',
    family: 'Kajitani',
    doneBy: 'Tomás Ferreira',
  },
  'zh-Hans': { name: '陈思远', ally: '林怡君', given: '怡君', family: '林', doneBy: '王若岚' },
  'zh-Hant': { name: '陳思遠', ally: '林怡君', given: '怡君', family: '林', doneBy: '王若嵐' },
} as const;

const UNSAID = { quotes: [], restored: null, owedBy: null } as const;
const FAILURES: Record<Locale, DraftFacts['failure']> = {
  en: {
    what: 'The reading lamp came with a broken shade.',
    product: 'Larkspur reading lamp',
    category: 'damage in transit',
    element: 'product',
    wants: 'a lamp that stands on the desk by Friday',
    putRight: 'a new lamp was brought by courier on Thursday',
    extra: 'a spare shade in green',
    owed: null,
    irreplaceable: false,
    ...UNSAID,
  },
  'zh-Hans': {
    what: '台灯送到时灯罩碎了。',
    product: '云雀台灯',
    category: '运输破损',
    element: 'product',
    wants: '周五之前书桌上有一盏能用的灯',
    putRight: '周四专人送去了新的台灯',
    extra: '一个绿色的备用灯罩',
    owed: null,
    irreplaceable: false,
    ...UNSAID,
  },
  'zh-Hant': {
    what: '檯燈送到時燈罩破了。',
    product: '雲雀檯燈',
    category: '運送破損',
    element: 'product',
    wants: '週五之前書桌上有一盞能用的燈',
    putRight: '週四專人送去了新的檯燈',
    extra: '一個綠色的備用燈罩',
    owed: null,
    irreplaceable: false,
    ...UNSAID,
  },
};

/** What the rules do find. */
const SCOLDED: Record<Locale, string> = {
  en: 'We are sorry for any inconvenience.',
  'zh-Hans': '请您理解一下。给您带来的不便，敬请谅解。',
  'zh-Hant': '造成不便，敬請見諒。',
};

function factsOf(locale: Locale, over: Partial<DraftFacts> = {}): DraftFacts {
  const { name, ally } = PEOPLE[locale];
  return { locale, name, ally, doneBy: null, failure: FAILURES[locale], ...over };
}

describe.each(LOCALES)('the drafts in %s', (locale) => {
  const full = factsOf(locale);
  const bare = factsOf(locale, {
    name: null,
    failure: { ...FAILURES[locale], product: null, extra: null, putRight: null, wants: null },
  });
  const handed = factsOf(locale, { doneBy: PEOPLE[locale].doneBy });
  const all = [full, bare, handed].flatMap((facts) => [
    question(facts).text,
    ...Object.values(wrapUpTexts(facts)).flatMap(({ subject, text }) => [subject, text]),
  ]);

  test('find no critic among the starter rules, whatever those wait for', () => {
    const critics = criticsOf(locale);
    expect(critics(SCOLDED[locale])).not.toEqual([]);
    expect(all.flatMap((text) => critics(text).map((critic) => ({ text, critic })))).toEqual([]);
  });

  test('cheer nobody up, refuse nothing, ask for no secret, and leave no gap', () => {
    for (const text of all) {
      expect(text).not.toMatch(/[!！{}]|null|undefined/);
      expect(refusalIn(text, stateOf(locale))).toBeNull();
      expect(secretsIn(text, stateOf(locale))).toEqual([]);
      expect(text.length).toBeLessThan(MESSAGE_MAX_LENGTH);
    }
  });

  test('say what happened, what was put right and what was added, with the ally’s full name under it', () => {
    const texts = wrapUpTexts(full);
    const { putRight, extra } = FAILURES[locale];
    for (const kind of WRAP_UPS) {
      expect(texts[kind].text).toContain(putRight);
      expect(texts[kind].text).toContain(extra);
      expect(texts[kind].text).toMatch(locale === 'en' ? /the reading lamp came/ : /灯罩碎了|燈罩破了/);
      if (kind === 'call') expect(texts[kind].text).toContain(PEOPLE[locale].ally);
      else expect(texts[kind].text.split('\n').at(-1)).toBe(PEOPLE[locale].ally);
    }
    expect(texts['e-mail'].subject).toContain(FAILURES[locale].product);
    expect(texts['e-mail'].subject.length).toBeLessThan(QUERY_MAX_LENGTH);
  });

  test('ask by name about whoever did the work', () => {
    const { ally, doneBy } = PEOPLE[locale];
    expect(question(handed).text).toContain(doneBy);
    expect(question(handed).text).toContain(ally);
    expect(question(full).text).not.toContain(doneBy);
    expect(question(full).text).toMatch(/[?？]/);
  });

  test('make three lines of the record for colleagues, and a list of what to look at', () => {
    const lines = flagLines(full);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain(FAILURES[locale].product);
    expect(lines[1]).toContain(FAILURES[locale].putRight);
    expect(lines[2]).toContain(FAILURES[locale].wants);
    const checks = suggestedChecks(full);
    expect(checks).toHaveLength(3);
    expect(checks.join()).toContain(FAILURES[locale].category);
  });

  test('put what is owed before anything else', () => {
    const owed = factsOf(locale, { failure: { ...FAILURES[locale], owed: FAILURES[locale].extra } });
    expect(flagLines(owed)[2]).toContain(FAILURES[locale].extra);
    expect(suggestedChecks(owed)[0]).toContain(FAILURES[locale].extra);
  });
});

test('words of the record in another script stay out of the customer’s language', () => {
  const texts = wrapUpTexts(factsOf('zh-Hans', { failure: FAILURES.en }));
  expect(texts.handwritten.text).not.toMatch(/shade|courier/);
  const english = wrapUpTexts(factsOf('en', { failure: FAILURES['zh-Hant'] }));
  expect(english.handwritten.text).not.toMatch(/\p{Script=Han}/u);
});

test('an essay in the record is cut where colleagues read it, and left out where the customer would', () => {
  const what = 'and then the parcel went back '.repeat(40);
  const facts = factsOf('en', { failure: { ...FAILURES.en, what, category: what } });
  expect(flagLines(facts)[0]?.length).toBeLessThanOrEqual(300);
  for (const check of suggestedChecks(facts)) expect(check.length).toBeLessThanOrEqual(CHECK_MAX_LENGTH);
  expect(question(facts).text).not.toContain('and then');
});

test('words of the record and of the customer stay in their line, turn nothing around, and are cut between letters', () => {
  const broken = { ...FAILURES.en, product: 'Lamp\r\nBcc: all@example.com', category: 'a\n\nb\u0000' };
  const facts = factsOf('en', {
    name: 'Anna\u202e\n\nPay here',
    failure: { ...broken, what: '🪴'.repeat(400), putRight: 'sent\n\n\u2066again' },
  });
  const { 'e-mail': mail, handwritten } = wrapUpTexts(facts);
  expect(mail.subject).toBe('How it is now: Lamp Bcc: all@example.com');
  expect(handwritten.text).toMatch(/^Dear Anna Pay here,\n\n/);
  expect(handwritten.text).toContain('sent again');
  for (const line of [...flagLines(facts), ...suggestedChecks(facts)]) {
    expect(line).not.toMatch(/[\s\p{Cc}]{2}|\n|[\u2066\u202e]/u);
    expect(line).toBe(repairText(line));
    expect(line.length).toBeLessThanOrEqual(LINE_MAX_LENGTH);
  }
});

function stateOf(locale: Locale) {
  const { ally, given, family, name } = PEOPLE[locale];
  const agent = { fullName: ally, given, family };
  return { locale, agent, customerName: name, conditions: [], said: [], heard: [], ownContacts: [] };
}

/** The starter rules, whatever they need, by the names of those that fire. */
function criticsOf(locale: Locale): (text: string) => string[] {
  const rules = STARTER_RULES[locale].map(
    (rule): Rule => ({ ...bodyOf(rule, locale), id: rule.key, key: rule.key, quietSince: null, by: null }),
  );
  const compiled = compileRules(rules.map((rule) => ({ ...rule, when: [], unless: [], situations: [] })));
  return (text) =>
    readRules(compiled, text, stateOf(locale)).map(
      ({ rule, from, to }) => `${rule.id} finds “${text.slice(from, to)}”`,
    );
}
