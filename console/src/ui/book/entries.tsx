/** What every list of entries has: acts and trouble. */
import type { Locale } from '@fullname/shared/locale';
import { useDesk } from '../../context.ts';
import { go } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { isPending, useChanges } from './changes.ts';

type EntryActsProps = {
  readonly entry: string;
  /** Which entry the buttons are about, for those who hear them without seeing it. */
  readonly title: string;
  readonly onChange: () => void;
  readonly onTakeOut: () => void;
};

export function EntryActs({ entry, title, onChange, onTakeOut }: EntryActsProps) {
  const t = words().book;
  const proposed = useChanges().find((change) => change.target === entry && isPending(change));
  return (
    <p class="entry-acts">
      <button type="button" class="link-button" aria-label={t.changeOf(title)} onClick={onChange}>
        {t.change}
      </button>
      <button type="button" class="link-button" aria-label={t.takeOutOf(title)} onClick={onTakeOut}>
        {t.takeOut}
      </button>
      {proposed && (
        <span class="entry-proposed">
          {t.proposedChange}{' '}
          <button
            type="button"
            class="link-button"
            onClick={() => go({ page: 'book', section: 'proposals', entry: proposed.id })}
          >
            {t.lookAtIt}
          </button>
        </span>
      )}
    </p>
  );
}

/** While a language's book is read: a skeleton. When it cannot be: why, and again. */
export function ShelfTrouble({ locale }: { readonly locale: Locale }) {
  const { book } = useDesk();
  const t = words();
  const shelf = book.read(locale);
  if (shelf?.problem)
    return (
      <div class="empty" role="alert">
        <p>{t.errors[shelf.problem]}</p>
        <button type="button" class="button" onClick={() => void book.reload()}>
          {t.common.tryAgain}
        </button>
      </div>
    );
  if (shelf) return null;
  return (
    <div class="skeleton-rows" aria-hidden="true">
      <span class="skeleton" />
      <span class="skeleton" />
      <span class="skeleton" />
    </div>
  );
}
