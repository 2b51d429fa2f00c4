import type { Change, Decision } from '@fullname/shared/book';
import { PHRASE_MAX_LENGTH } from '@fullname/shared/limits';
import type { Phrase } from '@fullname/shared/model';
import type { Rule } from '@fullname/shared/reader/rule';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import { say } from '../../toast.ts';
import { TextField } from '../common/Field.tsx';
import { localeOfChange, useTarget, wordFor } from './changes.ts';
import { type EntryChange, EntryDiff } from './EntryDiff.tsx';
import { editing } from './editing.ts';
import { focusSoon } from './focus.ts';
import { By, Comments, Problem, useAct, Votes } from './ProposalTalk.tsx';

/** One proposal: the real sentence, what it would change, what colleagues think of it, and the owner's decision. */
export function ProposalCard({ change }: { readonly change: Change }) {
  const t = words().book;
  const target = useTarget(change);
  const gone = change.target !== null && target === null;
  const locale = localeOfChange(change, target);
  return (
    <li class="card proposal" data-entry={change.id} tabIndex={-1}>
      <header class="proposal-head">
        <h2>{wordFor(change)}</h2>
        <By by={change.by} at={change.at} />
      </header>
      {change.example && (
        <figure class="real-sentence">
          <figcaption>{t.proposals.example}</figcaption>
          <blockquote {...(locale ? { lang: locale } : {})} dir="auto">
            {change.example}
          </blockquote>
        </figure>
      )}
      {gone && <p class="field-hint">{t.proposals.gone}</p>}
      <EntryDiff change={diffOf(change, target)} />
      {change.state === 'declined' && change.why && (
        <p class="declined-why">
          <b>{change.decidedBy && t.proposals.declinedBy(change.decidedBy.fullName)}</b> {change.why}
        </p>
      )}
      {change.state === 'open' && <Votes change={change} />}
      <Comments change={change} />
      <Decisions change={change} target={target} />
    </li>
  );
}

/** Against the entry as it is in the book now, not as it was when somebody proposed. */
function diffOf(change: Change, target: Phrase | Rule | null): EntryChange {
  return { kind: change.kind, before: target, after: change.body } as EntryChange;
}

type DecisionsProps = { readonly change: Change; readonly target: Phrase | Rule | null };

/** The owner's: accept, decline with a reason, take a decision back. The proposer's own: edit while it is open. */
function Decisions({ change, target }: DecisionsProps) {
  const { person } = useDesk();
  const t = words().book.proposals;
  const { act, problem } = useAct();
  const [declining, setDeclining] = useState(false);
  const isOwner = person.role === 'owner';
  const mayEdit = change.state === 'open' && change.body !== null && (isOwner || change.by?.id === person.id);
  const done = { accept: t.accepted, decline: t.declined, reopen: t.reopened };
  const undo = () => void decide('reopen');
  const decide = async (decision: Decision, why?: string): Promise<void> => {
    const body = { decision, ...(why ? { why } : {}) };
    if (!(await act(() => api.decideChange(change.id, body)))) return;
    setDeclining(false);
    say(done[decision], decision === 'reopen' ? null : undo);
    if (decision !== 'reopen') focusSoon('#next-version');
  };
  if (!isOwner && !mayEdit) return null;
  if (declining)
    return (
      <>
        <Problem code={problem} />
        <Decline onCancel={() => setDeclining(false)} onDecline={(why) => void decide('decline', why)} />
      </>
    );
  return (
    <>
      <Problem code={problem} />
      <div class="proposal-acts">
        {mayEdit && (
          <button type="button" class="button foot-start" onClick={() => edit(change, target)}>
            {t.edit}
          </button>
        )}
        {isOwner && change.state === 'open' && (
          <>
            <button type="button" class="button" onClick={() => setDeclining(true)}>
              {t.decline}
            </button>
            <button type="button" class="button button-primary" onClick={() => void decide('accept')}>
              {t.accept}
            </button>
          </>
        )}
        {isOwner && change.state === 'declined' && (
          <button type="button" class="button" onClick={() => void decide('reopen')}>
            {t.reopen}
          </button>
        )}
      </div>
    </>
  );
}

function edit(change: Change, target: Phrase | Rule | null): void {
  if (change.kind === 'phrase')
    editing.value = {
      act: 'write',
      kind: 'phrase',
      target: target && 'text' in target ? target : null,
      change,
    };
  else
    editing.value = {
      act: 'write',
      kind: 'rule',
      target: target && 'finds' in target ? target : null,
      change,
    };
}

type DeclineProps = { readonly onCancel: () => void; readonly onDecline: (why: string) => void };

function Decline({ onCancel, onDecline }: DeclineProps) {
  const t = words();
  const [why, setWhy] = useState('');
  const [asked, setAsked] = useState(false);
  return (
    <form
      class="stack decline"
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (why.trim() !== '') onDecline(why.trim());
      }}
    >
      <TextField
        label={t.book.proposals.why}
        hint={t.book.proposals.whyHint}
        problem={asked && why.trim() === '' ? t.book.form.required : null}
        value={why}
        onChange={setWhy}
        rows={2}
        maxLength={PHRASE_MAX_LENGTH}
        focus
      />
      <div class="proposal-acts">
        <button type="button" class="button" onClick={onCancel}>
          {t.common.cancel}
        </button>
        <button type="submit" class="button">
          {t.book.proposals.sendDecline}
        </button>
      </div>
    </form>
  );
}
