/** The published book as a file: CSV for a spreadsheet, YAML for a repository. What comes in again is the same book. */
import type { PhraseBody } from '@fullname/shared/book';
import type { Locale } from '@fullname/shared/locale';
import type { RuleBody } from '@fullname/shared/reader/rule';
import type { Db } from '../../store/db.ts';
import { readPhrases } from '../../store/phrases.ts';
import { readRuleRows } from '../../store/rules.ts';
import { toPhrase } from '../phrases.ts';
import { toCsv } from './csv.ts';
import type { Fields, FileKind } from './fields.ts';
import { toYaml } from './yaml.ts';

export type ExportRequest = {
  readonly kind: FileKind;
  readonly format: 'csv' | 'yaml';
  readonly locale?: Locale;
};

/** A file's name and its text. */
export async function exportBook(
  db: Db,
  { kind, format, locale }: ExportRequest,
): Promise<{ readonly name: string; readonly text: string }> {
  const rows =
    kind === 'phrases'
      ? (await readPhrases(db, locale)).map((row) => phraseFields(toPhrase(row)))
      : (await readRuleRows(db, locale)).map((row) => ruleFields({ ...row.body, id: row.id, key: row.key }));
  const name = `${kind}${locale === undefined ? '' : `-${locale}`}.${format}`;
  return { name, text: format === 'csv' ? toCsv(kind, rows) : toYaml(kind, rows) };
}

export function phraseFields({ id, ...body }: PhraseBody & { readonly id?: string }): Fields {
  const { locale, situation, text, reason, notWhen, tags } = body;
  return { locale, situation, text, reason, notWhen: notWhen ?? '', tags, id: id ?? '' };
}

export function ruleFields(rule: RuleBody & { readonly id?: string; readonly key?: string | null }): Fields {
  return {
    locale: rule.locale,
    title: rule.title,
    topic: rule.topic,
    level: rule.level,
    finds: rule.finds,
    sayInstead: rule.sayInstead,
    replaces: rule.replaces,
    reason: rule.reason,
    where: rule.where,
    situations: rule.situations,
    when: rule.when,
    unless: rule.unless,
    except: rule.except,
    mustFire: rule.mustFire,
    mustNotFire: rule.mustNotFire,
    key: rule.key ?? '',
    id: rule.id ?? '',
  };
}
