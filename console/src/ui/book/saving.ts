/** Sends what a form of the book holds: as a proposal, into the next version, or published at once. */
import type { ChangeContent, ChangeDraft } from '@fullname/shared/book';
import type { ErrorCode } from '@fullname/shared/errors';
import { useRef, useState } from 'preact/hooks';
import { api } from '../../api.ts';
import type { Book } from '../../book.ts';
import { useDesk } from '../../context.ts';
import { newId } from '../../ids.ts';
import { words } from '../../strings/index.ts';
import { say } from '../../toast.ts';

/** `revise` changes an open proposal; the others make a new one. */
export type Deed = 'propose' | 'accept' | 'publish' | 'revise';

export type Saving = {
  readonly problem: ErrorCode | null;
  readonly busy: boolean;
  /** True when it is done; else `problem` says why not. */
  save(content: ChangeContent, example: string, deed: Deed): Promise<boolean>;
};

/** `change` is the proposal that is revised. The id stays the same while the words do, so that a retry finds itself. */
export function useSaving(change: string | null): Saving {
  const { book } = useDesk();
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);
  const last = useRef({ id: '', text: '' });
  return {
    problem,
    busy,
    async save(content, example, deed) {
      if (busy) return false;
      const text = JSON.stringify([content, example, deed]);
      if (last.current.text !== text) last.current = { id: newId(), text };
      const draft: ChangeDraft = {
        ...content,
        id: change ?? last.current.id,
        example: example.trim() || null,
        ...(deed === 'accept' || deed === 'publish' ? { decide: deed } : {}),
      };
      setBusy(true);
      const refused = deed === 'revise' ? await revise(book, draft) : await book.propose(draft);
      setBusy(false);
      setProblem(refused);
      if (refused) return false;
      const t = words().book.form;
      say({ propose: t.proposed, accept: t.accepted, publish: t.published, revise: t.revised }[deed]);
      return true;
    },
  };
}

async function revise(book: Book, draft: ChangeDraft): Promise<ErrorCode | null> {
  const answer = await api.reviseChange(draft);
  await book.reload();
  return answer.ok ? null : answer.code;
}
