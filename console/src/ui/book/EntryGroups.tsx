import type { Locale } from '@fullname/shared/locale';
import type { ComponentChildren } from 'preact';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import { ShelfTrouble } from './entries.tsx';

type EntryGroupsProps<Entry, Group extends string> = {
  readonly locale: Locale;
  readonly all: readonly Entry[];
  /** What the filters leave. */
  readonly shown: readonly Entry[];
  readonly empty: { readonly emptyTitle: string; readonly emptyText: string };
  readonly onClear: () => void;
  /** In their order; those that have an entry are drawn. */
  readonly groups: readonly Group[];
  readonly names: Readonly<Record<Group, string>>;
  readonly groupOf: (entry: Entry) => Group;
  readonly children: (entry: Entry) => ComponentChildren;
};

/** The entries of one language that the filters leave, by group; or why there is none. */
export function EntryGroups<Entry, Group extends string>({
  locale,
  all,
  shown,
  empty,
  onClear,
  groups,
  names,
  groupOf,
  children,
}: EntryGroupsProps<Entry, Group>) {
  const t = words().book;
  const shelf = useDesk().book.read(locale);
  return (
    <>
      <p class="shown-count source" role="status">
        {shown.length < all.length && t.shown(shown.length, all.length)}
      </p>
      <ShelfTrouble locale={locale} />
      {shelf && !shelf.problem && all.length === 0 && (
        <div class="empty">
          <h2>{empty.emptyTitle}</h2>
          <p>{empty.emptyText}</p>
        </div>
      )}
      {all.length > 0 && shown.length === 0 && (
        <div class="empty">
          <h2>{t.nothingFound}</h2>
          <p>{t.nothingFoundText}</p>
          <button type="button" class="button" onClick={onClear}>
            {t.clearFilters}
          </button>
        </div>
      )}
      {groups
        .filter((group) => shown.some((entry) => groupOf(entry) === group))
        .map((group) => (
          <section key={group} class="moment" aria-labelledby={`group-${group}`}>
            <h2 id={`group-${group}`}>{names[group]}</h2>
            <ul>{shown.filter((entry) => groupOf(entry) === group).map(children)}</ul>
          </section>
        ))}
    </>
  );
}
