import type { PhraseBody } from '@fullname/shared/book';
import type { Example, RuleBody } from '@fullname/shared/reader/rule';
import { useMemo } from 'preact/hooks';
import { STRINGS, type Strings, words } from '../../strings/index.ts';
import { diffWords } from './diff.ts';

export type EntryChange =
  | { readonly kind: 'phrase'; readonly before: PhraseBody | null; readonly after: PhraseBody | null }
  | { readonly kind: 'rule'; readonly before: RuleBody | null; readonly after: RuleBody | null };

/** The first fields say what the entry is. */
const WORDS_OF_ENTRY = 3;

/** What a change does to one entry: new and gone ones whole, changed ones field by field and word by word. */
export function EntryDiff({ change }: { readonly change: EntryChange }) {
  const t = words();
  const before = change.before ? fieldsOf(change.before, t) : null;
  const after = change.after ? fieldsOf(change.after, t) : null;
  const locale = (change.after ?? change.before)?.locale ?? 'en';
  const names = Object.keys(after ?? before ?? {});
  const whole = before === null || after === null;
  const rows = names
    .map((name) => ({ name, was: before?.[name] ?? '', is: after?.[name] ?? '' }))
    .filter(({ was, is }) => was !== is)
    // Of what goes, its words are enough.
    .slice(0, after === null ? WORDS_OF_ENTRY : undefined);
  return (
    <dl class="entry-diff" data-whole={whole}>
      {rows.map(({ name, was, is }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd lang={locale} dir="auto">
            {before === null ? is : after === null ? <del>{was}</del> : <Words before={was} after={is} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Words({ before, after }: { readonly before: string; readonly after: string }) {
  const t = words().book.versions;
  const pieces = useMemo(() => diffWords(before, after), [before, after]);
  return (
    <>
      {pieces.map((piece, index) => {
        // Pieces have no identity but their place, and are drawn anew when the texts change.
        const key = `${index} ${piece.kind}`;
        if (piece.kind === 'same') return <span key={key}>{piece.text}</span>;
        const Tag = piece.kind === 'gone' ? 'del' : 'ins';
        return (
          <Tag key={key}>
            <span class="visually-hidden">{piece.kind === 'gone' ? t.deletion : t.insertion} </span>
            {piece.text}
          </Tag>
        );
      })}
    </>
  );
}

/** The fields of an entry in words, in the order in which one reads them; empty ones are left out of sight. */
function fieldsOf(body: PhraseBody | RuleBody, t: Strings): Readonly<Record<string, string>> {
  const language = { [t.book.locale]: STRINGS[body.locale].language };
  if (!('finds' in body))
    return {
      [t.book.phrases.text]: body.text,
      [t.book.reason]: body.reason,
      [t.book.phrases.notWhen]: body.notWhen ?? '',
      [t.book.situation]: t.situations[body.situation],
      [t.book.phrases.tags]: body.tags.join(', '),
      ...language,
    };
  const rules = t.book.rules;
  const lines = (texts: readonly string[]) => texts.join('\n');
  const examples = (list: readonly Example[]) =>
    lines(
      list.map(({ text, given = [] }) =>
        given.length === 0 ? text : `${text} (${given.map((one) => rules.conditions[one]).join(' · ')})`,
      ),
    );
  return {
    [t.book.form.title]: body.title,
    [t.book.form.finds]: lines(body.finds),
    [rules.sayInstead]: lines(body.sayInstead),
    [t.book.form.replaces]: t.book.form.replacesOptions[body.replaces],
    [t.book.reason]: body.reason,
    [rules.topic]: rules.topics[body.topic],
    [rules.level]: rules.levels[body.level],
    [t.book.form.where]: body.where === 'anywhere' ? '' : rules.wheres[body.where],
    [t.book.form.moments]: lines(body.situations.map((one) => t.situations[one])),
    [t.book.form.when]: lines(body.when.map((one) => rules.conditions[one])),
    [t.book.form.unless]: lines(body.unless.map((one) => rules.conditions[one])),
    [t.book.form.except]: lines(body.except),
    [t.book.form.mustFire]: examples(body.mustFire),
    [t.book.form.mustNotFire]: examples(body.mustNotFire),
    ...language,
  };
}
