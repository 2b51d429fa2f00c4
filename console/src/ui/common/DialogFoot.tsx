import type { ErrorCode } from '@fullname/shared/errors';
import { words } from '../../strings/index.ts';

type DialogFootProps = {
  readonly problem: ErrorCode | null;
  /** What the submitting button says. */
  readonly submit: string;
  readonly disabled?: boolean;
  readonly onCancel: () => void;
};

/** The end of a form in a dialog: what was refused, the way back, the act. */
export function DialogFoot({ problem, submit, disabled = false, onCancel }: DialogFootProps) {
  const t = words();
  return (
    <>
      {problem && (
        <p class="form-problem" role="alert">
          {t.errors[problem]}
        </p>
      )}
      <footer class="dialog-foot">
        <button type="button" class="button" onClick={onCancel}>
          {t.common.cancel}
        </button>
        <button type="submit" class="button button-primary" disabled={disabled}>
          {submit}
        </button>
      </footer>
    </>
  );
}
