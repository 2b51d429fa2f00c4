import { words } from '../../strings/index.ts';
import type { Loaded } from '../common/load.ts';

/** While something loads: a skeleton. When it does not: why, and again. */
export function Troubled({ loaded }: { readonly loaded: Loaded<unknown> }) {
  const t = words();
  if (loaded.problem)
    return (
      <div class="empty" role="alert">
        <p>{t.errors[loaded.problem]}</p>
        <button type="button" class="button" onClick={loaded.reload}>
          {t.common.tryAgain}
        </button>
      </div>
    );
  if (loaded.value !== null) return null;
  return (
    <div class="skeleton-rows" aria-hidden="true">
      <span class="skeleton" />
      <span class="skeleton" />
    </div>
  );
}
