/** What colleagues think of a proposal: votes and comments. */
import type { Change } from '@fullname/shared/book';
import type { ErrorCode, Result } from '@fullname/shared/errors';
import { PHRASE_MAX_LENGTH } from '@fullname/shared/limits';
import type { PersonRef } from '@fullname/shared/model';
import { useRef, useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { momentOf, recentOf } from '../../format.ts';
import { newId } from '../../ids.ts';
import { words } from '../../strings/index.ts';
import { TextField } from '../common/Field.tsx';
import { useKept } from './kept.ts';
import { bookProblem } from './problem.ts';

export function By({ by, at }: { readonly by: PersonRef | null; readonly at: string }) {
  const t = words().book.proposals;
  return (
    <p class="source">
      {by ? <span class="full-name">{by.fullName}</span> : t.byMaker}
      {' · '}
      <time dateTime={at} title={momentOf(at)}>
        {recentOf(at, Date.now())}
      </time>
    </p>
  );
}

type Act = (act: () => Promise<Result<unknown>>) => Promise<boolean>;

/** Sends something about a change and shows the book as it is then; `problem` is why the last one was not done. */
export function useAct(): { readonly act: Act; readonly problem: ErrorCode | null } {
  const { book } = useDesk();
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const act: Act = async (send) => {
    const answer = await send();
    await book.reload();
    setProblem(answer.ok ? null : answer.code);
    return answer.ok;
  };
  return { act, problem };
}

export function Problem({ code }: { readonly code: ErrorCode | null }) {
  return (
    code && (
      <p class="form-problem" role="alert">
        {bookProblem(code)}
      </p>
    )
  );
}

export function Votes({ change }: { readonly change: Change }) {
  const { person } = useDesk();
  const t = words().book.proposals;
  const { act, problem } = useAct();
  const isOwn = change.by?.id === person.id;
  const { votes } = change;
  // Pressed again, a vote is taken back.
  const vote = (value: 1 | -1) =>
    void act(() => api.voteOnChange(change.id, votes.mine === value ? 0 : value));
  if (isOwn)
    return (
      <p class="votes field-hint">
        {t.for} {votes.for} · {t.against} {votes.against} · {t.notOwn}
      </p>
    );
  return (
    <fieldset class="votes">
      <legend class="visually-hidden">{t.votes}</legend>
      <button
        type="button"
        class="button button-small vote"
        aria-pressed={votes.mine === 1}
        onClick={() => vote(1)}
      >
        {t.for} <b>{votes.for}</b>
      </button>
      <button
        type="button"
        class="button button-small vote"
        aria-pressed={votes.mine === -1}
        onClick={() => vote(-1)}
      >
        {t.against} <b>{votes.against}</b>
      </button>
      <Problem code={problem} />
    </fieldset>
  );
}

export function Comments({ change }: { readonly change: Change }) {
  const { person } = useDesk();
  const t = words().book.proposals;
  const { act, problem } = useAct();
  const kept = useKept(`${person.id}.comment.${change.id}`, { text: '' });
  const { text } = kept.form;
  const [began] = useState(text !== '');
  const [busy, setBusy] = useState(false);
  const last = useRef({ id: '', text: '' });

  async function comment(event: SubmitEvent) {
    event.preventDefault();
    const sent = text.trim();
    if (sent === '' || busy) return;
    if (last.current.text !== sent) last.current = { id: newId(), text: sent };
    setBusy(true);
    const done = await act(() => api.commentOnChange(change.id, { id: last.current.id, text: sent }));
    setBusy(false);
    if (!done) return;
    last.current = { id: '', text: '' };
    kept.set({ text: '' });
  }

  return (
    <details class="fold comments" open={change.comments.length > 0 || began}>
      <summary>{change.comments.length > 0 ? t.comments(change.comments.length) : t.noComments}</summary>
      {change.comments.length > 0 && (
        <ul>
          {change.comments.map((one) => (
            <li key={one.id}>
              <By by={one.by} at={one.at} />
              <p class="comment-text" dir="auto">
                {one.text}
              </p>
            </li>
          ))}
        </ul>
      )}
      {change.state !== 'published' && (
        <form class="comment-form" onSubmit={(event) => void comment(event)}>
          <TextField
            label={t.comment}
            value={text}
            onChange={(words) => kept.set({ text: words })}
            rows={2}
            maxLength={PHRASE_MAX_LENGTH}
          />
          <button type="submit" class="button" disabled={busy || text.trim() === ''}>
            {t.addComment}
          </button>
          <Problem code={problem} />
        </form>
      )}
    </details>
  );
}
