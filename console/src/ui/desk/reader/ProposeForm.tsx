import type { ChangeDraft } from '@fullname/shared/book';
import type { ErrorCode } from '@fullname/shared/errors';
import { PHRASE_MAX_LENGTH } from '@fullname/shared/limits';
import type { Locale } from '@fullname/shared/locale';
import { PLAIN_RULE, type Rule, type RuleBody } from '@fullname/shared/reader/rule';
import { useState } from 'preact/hooks';
import { newId } from '../../../ids.ts';
import type { Shoulder } from '../../../reader/shoulder.ts';
import { type Span, sentenceAround } from '../../../reader/spans.ts';
import { words } from '../../../strings/index.ts';
import { say } from '../../../toast.ts';
import { Dialog } from '../../common/Dialog.tsx';
import { DialogFoot } from '../../common/DialogFoot.tsx';
import { Choice, TextField } from '../../common/Field.tsx';

type ProposeFormProps = {
  readonly shoulder: Shoulder;
  /** The words in the draft that it is about. */
  readonly span: Span;
  /** The rule that found them; null when they were selected by hand. */
  readonly rule: Rule | null;
  readonly onClose: () => void;
};
type Kind = 'better' | 'rule' | 'phrase';

/** From the draft into the book: what to say instead, what not to say, or a sentence worth keeping. Colleagues talk it over. */
export function ProposeForm({ shoulder, span, rule, onClose }: ProposeFormProps) {
  const t = words();
  const draft = shoulder.textNow.peek();
  const around = sentenceAround(draft, span);
  const found = draft.slice(span.from, span.to).trim();
  const [id] = useState(newId);
  const [kind, setKind] = useState<Kind>(rule ? 'better' : 'phrase');
  const [form, setForm] = useState({
    found,
    text: rule ? '' : found,
    instead: '',
    reason: '',
    example: draft.slice(around.from, around.to).trim(),
  });
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);
  const set = (name: keyof typeof form) => (value: string) => setForm({ ...form, [name]: value });
  const said = kind === 'phrase' ? form.text : kind === 'rule' ? form.found : form.instead;
  const ready = said.trim() !== '' && form.reason.trim() !== '' && !busy;

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (!ready) return;
    setBusy(true);
    const refused = await shoulder.book.propose(changeOf(kind, { id, form, rule, shoulder }));
    setBusy(false);
    if (refused) return setProblem(refused);
    say(t.proposing.done);
    onClose();
  }

  return (
    <Dialog title={t.proposing.title} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <p class="dialog-lead">{t.proposing.lead}</p>
        <Choice
          label={t.proposing.what}
          name="propose-kind"
          value={kind}
          options={(rule ? (['better', 'phrase'] as const) : (['phrase', 'rule'] as const)).map((value) => ({
            value,
            label: t.proposing.kinds[value],
          }))}
          onChange={setKind}
        />
        {kind === 'phrase' && (
          <TextField
            label={t.proposing.phrase}
            value={form.text}
            onChange={set('text')}
            rows={3}
            maxLength={PHRASE_MAX_LENGTH}
            required
          />
        )}
        {kind === 'rule' && (
          <TextField label={t.proposing.notSay} value={form.found} onChange={set('found')} required />
        )}
        {kind !== 'phrase' && (
          <TextField
            label={t.proposing.instead}
            value={form.instead}
            onChange={set('instead')}
            optional={kind === 'rule'}
            required={kind === 'better'}
          />
        )}
        <TextField
          label={t.proposing.reason}
          value={form.reason}
          onChange={set('reason')}
          rows={2}
          maxLength={PHRASE_MAX_LENGTH}
          required
        />
        <TextField
          label={t.proposing.example}
          hint={t.proposing.exampleHint}
          value={form.example}
          onChange={set('example')}
          rows={2}
          optional
        />
        <DialogFoot problem={problem} submit={t.proposing.submit} disabled={!ready} onCancel={onClose} />
      </form>
    </Dialog>
  );
}

type Filled = {
  readonly id: string;
  readonly form: Readonly<Record<'found' | 'text' | 'instead' | 'reason' | 'example', string>>;
  readonly rule: Rule | null;
  readonly shoulder: Shoulder;
};

function changeOf(kind: Kind, { id, form, rule, shoulder }: Filled): ChangeDraft {
  const locale = rule?.locale ?? shoulder.thread.detail.peek().locale;
  const example = form.example.trim() || null;
  const reason = form.reason.trim();
  if (kind === 'phrase') {
    const situation = shoulder.thread.situation.peek();
    const body = { locale, situation, text: form.text.trim(), reason, notWhen: null, tags: [] };
    return { id, kind, target: null, body, example };
  }
  const instead = form.instead.trim();
  if (rule) return { id, kind: 'rule', target: rule.id, body: withBetter(rule, instead, reason), example };
  return { id, kind: 'rule', target: null, body: newRule({ ...form, instead, reason }, locale), example };
}

/** The rule as it is, with new words first. */
function withBetter(rule: Rule, instead: string, reason: string): RuleBody {
  const { id: _id, key: _key, quietSince: _quiet, by: _by, ...body } = rule;
  return { ...body, reason, sayInstead: [instead, ...rule.sayInstead.filter((one) => one !== instead)] };
}

type NewRule = Readonly<Record<'found' | 'instead' | 'reason' | 'example', string>>;

function newRule({ found, instead, reason, example }: NewRule, locale: Locale): RuleBody {
  const text = example.includes(found) ? example : found;
  return {
    ...PLAIN_RULE,
    locale,
    title: found.slice(0, TITLE_LENGTH),
    finds: [escaped(found.trim())],
    sayInstead: instead ? [instead] : [],
    reason,
    mustFire: [{ text }],
  };
}

const TITLE_LENGTH = 80;

/** Words as they stand, whatever signs of the pattern language are in them. */
function escaped(found: string): string {
  return found.replace(/[\\()|?*#^${}…]/g, '\\$&').replace(/[.!?。！？]+$/u, '');
}
