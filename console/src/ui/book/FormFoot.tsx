import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import type { KeptForm } from './kept.ts';
import { bookProblem } from './problem.ts';
import type { Deed, Saving } from './saving.ts';

type FormFootProps = {
  readonly saving: Saving;
  readonly revises: boolean;
  readonly onCancel: () => void;
  readonly onSave: (deed: Deed) => void;
};

/** What can be done with a filled-in form: owners choose when it counts, everybody else proposes. */
export function FormFoot({ saving, revises, onCancel, onSave }: FormFootProps) {
  const { person } = useDesk();
  const t = words();
  const isOwner = person.role === 'owner' && !revises;
  return (
    <>
      {saving.problem && (
        <p class="form-problem" role="alert">
          {bookProblem(saving.problem)}
        </p>
      )}
      <footer class="dialog-foot">
        <button type="button" class="button" onClick={onCancel}>
          {t.common.cancel}
        </button>
        {isOwner && (
          <button type="button" class="button" disabled={saving.busy} onClick={() => onSave('publish')}>
            {t.book.form.publishNow}
          </button>
        )}
        <button type="submit" class="button button-primary" disabled={saving.busy}>
          {isOwner ? t.book.form.nextVersion : revises ? t.book.form.saveProposal : t.book.form.propose}
        </button>
      </footer>
    </>
  );
}

/** Says that the form holds what was written before, and how to be rid of it. */
export function RestoredLine<Form>({ kept }: { readonly kept: KeptForm<Form> }) {
  const t = words().book.form;
  if (!kept.restored || !kept.changed) return null;
  return (
    <p class="restored" role="status">
      {t.restored}{' '}
      <button type="button" class="link-button" onClick={kept.startOver}>
        {t.startOver}
      </button>
    </p>
  );
}

/** What Enter does in a form: owners accept, others propose, and an open proposal is saved. */
export function deedOf(isOwner: boolean, revises: boolean): Deed {
  if (revises) return 'revise';
  return isOwner ? 'accept' : 'propose';
}
