import type { BookFigures } from '@fullname/shared/book';
import type { Locale } from '@fullname/shared/locale';
import {
  levelOf,
  RULE_LEVELS,
  RULE_TOPICS,
  type Rule,
  type RuleLevel,
  type RuleTopic,
} from '@fullname/shared/reader/rule';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { settings } from '../../preferences.ts';
import { words } from '../../strings/index.ts';
import { TextField } from '../common/Field.tsx';
import { hasEveryWord } from '../common/finding.ts';
import { useLoaded } from '../common/load.ts';
import { EntryGroups } from './EntryGroups.tsx';
import { editing, writeRule } from './editing.ts';
import { EntryActs } from './entries.tsx';
import { LocaleField, SelectField } from './fields.tsx';
import { Quiet, QuietRules } from './QuietRules.tsx';
import { TransferMenu } from './Transfer.tsx';
import { TryIt } from './TryIt.tsx';

type SectionProps = { readonly locale: Locale; readonly onLocale: (locale: Locale) => void };
type Filter = { readonly topic: RuleTopic | null; readonly level: RuleLevel | null; readonly query: string };
type RuleFigures = BookFigures['rules'][number];

const ALL: Filter = { topic: null, level: null, query: '' };
/** Patterns that together are not longer than this are shown at once. */
const SHORT = 60;
const NO_RULES: readonly Rule[] = [];

/** What the reader over the shoulder finds, by topic, with better words and the reason. */
export function RulesSection({ locale, onLocale }: SectionProps) {
  const { book, person } = useDesk();
  const t = words();
  const [filter, setFilter] = useState<Filter>(ALL);
  const shelf = book.read(locale);
  const figures = useLoaded(() => api.bookFigures(locale), [shelf?.revision], locale);
  const all = shelf?.rules ?? NO_RULES;
  const rules = all.filter((rule) => fits(rule, filter));
  return (
    <section class="page-body" aria-label={t.book.tabs.rules}>
      <div class="section-acts">
        <button
          type="button"
          class="button button-primary"
          onClick={() => writeRule(null, filter.topic ? { topic: filter.topic } : {})}
        >
          {person.role === 'owner' ? t.book.rules.add : t.book.rules.propose}
        </button>
        <TransferMenu kind="rules" locale={locale} />
      </div>
      {all.length > 0 && (
        <div class="card">
          <TryIt key={locale} rules={all} locale={locale} agent={person} />
        </div>
      )}
      <QuietRules onLocale={onLocale} />
      <div class="filters filters-four">
        <LocaleField value={locale} onChange={onLocale} />
        <SelectField<RuleTopic, null>
          label={t.book.rules.topic}
          value={filter.topic}
          none={t.book.rules.allTopics}
          options={RULE_TOPICS.map((value) => ({ value, label: t.book.rules.topics[value] }))}
          onChange={(topic) => setFilter({ ...filter, topic })}
        />
        <SelectField<RuleLevel, null>
          label={t.book.rules.level}
          value={filter.level}
          none={t.book.rules.allLevels}
          options={RULE_LEVELS.map((value) => ({ value, label: t.book.rules.levels[value] }))}
          onChange={(level) => setFilter({ ...filter, level })}
        />
        <TextField
          label={t.book.search}
          type="search"
          value={filter.query}
          onChange={(query) => setFilter({ ...filter, query })}
        />
      </div>
      <EntryGroups
        {...{ locale, all, shown: rules, empty: t.book.rules, onClear: () => setFilter(ALL) }}
        groups={RULE_TOPICS}
        names={t.book.rules.topics}
        groupOf={(rule) => rule.topic}
      >
        {(rule) => (
          <RuleCard
            key={rule.id}
            rule={rule}
            figures={figures.value?.rules.find((one) => one.rule === rule.id) ?? null}
          />
        )}
      </EntryGroups>
    </section>
  );
}

function fits(rule: Rule, { topic, level, query }: Filter): boolean {
  if (topic && rule.topic !== topic) return false;
  if (level && levelOf(rule) !== level) return false;
  return hasEveryWord([rule.title, rule.reason, ...rule.finds, ...rule.sayInstead], query);
}

type RuleCardProps = { readonly rule: Rule; readonly figures: RuleFigures | null };

function RuleCard({ rule, figures }: RuleCardProps) {
  const t = words();
  return (
    <li class="entry-card rule-card" data-entry={rule.id} tabIndex={-1}>
      <h3>
        <span lang={rule.locale}>{rule.title}</span>
        <span class="level" data-level={levelOf(rule)}>
          {t.book.rules.levels[levelOf(rule)]}
        </span>
      </h3>
      <dl class="rule-words">
        <div>
          <dt>{t.book.rules.finds}</dt>
          <dd>
            <Finds rule={rule} />
          </dd>
        </div>
        <div>
          <dt>{t.book.rules.sayInstead}</dt>
          <dd lang={rule.locale}>
            {rule.sayInstead.length > 0 ? (
              rule.sayInstead.map((text) => <span key={text}>{text}</span>)
            ) : (
              <span class="source" lang={settings.value.locale}>
                {t.book.rules.leftOut}
              </span>
            )}
          </dd>
        </div>
        <div>
          <dt>{t.book.reason}</dt>
          <dd lang={rule.locale}>{rule.reason}</dd>
        </div>
        <LimitsOf rule={rule} />
      </dl>
      <Quiet rule={rule} figures={figures} />
      <p class="source">
        {[
          rule.by ? t.book.by(rule.by.fullName) : t.book.fromMaker,
          figures ? t.book.figures.findings(figures.findings) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <EntryActs
        entry={rule.id}
        title={rule.title}
        onChange={() => writeRule(rule)}
        onTakeOut={() => {
          editing.value = { act: 'take-out', kind: 'rule', target: rule };
        }}
      />
    </li>
  );
}

/** First a sentence that anybody understands; the patterns are a press away, or in view where they are short. */
function Finds({ rule }: { readonly rule: Rule }) {
  const t = words().book.rules;
  const example = rule.mustFire[0]?.text;
  const patterns = rule.finds.map((pattern) => (
    <code key={pattern} lang={rule.locale}>
      {pattern}
    </code>
  ));
  if (!example || isShort(rule)) return <>{patterns}</>;
  return (
    <>
      <span>
        {t.forExample} <q lang={rule.locale}>{example}</q>
      </span>
      <details class="fold">
        <summary>{t.patterns(rule.finds.length)}</summary>
        {patterns}
        {rule.except.length > 0 && <p class="source">{t.except}</p>}
        {rule.except.map((pattern) => (
          <code key={pattern} lang={rule.locale}>
            {pattern}
          </code>
        ))}
      </details>
    </>
  );
}

function isShort(rule: Rule): boolean {
  return [...rule.finds, ...rule.except].join('').length <= SHORT;
}

function LimitsOf({ rule }: { readonly rule: Rule }) {
  const t = words();
  const conditions = (list: Rule['when']) => list.map((one) => t.book.rules.conditions[one]).join(' · ');
  const limits: readonly [string, string][] = [
    [t.book.rules.when, conditions(rule.when)],
    [t.book.rules.unless, conditions(rule.unless)],
    [t.book.rules.moments, rule.situations.map((one) => t.situations[one]).join(' · ')],
    [t.book.rules.except, isShort(rule) ? rule.except.join(' · ') : ''],
    [t.book.form.where, rule.where === 'anywhere' ? '' : t.book.rules.wheres[rule.where]],
  ];
  return (
    <>
      {limits
        .filter(([, text]) => text !== '')
        .map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
    </>
  );
}
