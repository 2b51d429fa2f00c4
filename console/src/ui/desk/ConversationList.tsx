import type { ListView } from '@fullname/shared/events';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { go } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { Icon } from '../common/Icon.tsx';
import { ConversationRow } from './ConversationRow.tsx';

const VIEWS: readonly ListView[] = ['waiting', 'mine', 'all', 'closed'];
const SEARCH_AFTER_MS = 250;

/** Who waits, what is mine, everybody's, what is closed. */
export function ConversationList() {
  const t = words().list;
  const { list, counts } = useDesk().inbox;
  const view = list.view.value;
  const countOf: Partial<Record<ListView, number>> = counts.value;

  return (
    <section class="list" aria-label={t.title}>
      <Search />
      <div class="tabs" role="tablist" aria-label={t.title} onKeyDown={moveTabs}>
        {VIEWS.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`view-${name}`}
            class="tab"
            aria-selected={name === view && !list.query.value}
            aria-controls="rows"
            tabIndex={name === view ? 0 : -1}
            onClick={() => list.show(name)}
          >
            {t.views[name]}
            {(countOf[name] ?? 0) > 0 && <span class="tab-count">{countOf[name]}</span>}
            {name === 'mine' && list.unread.value > 0 && (
              <span class="tab-unread">
                <span class="visually-hidden">{t.unread}</span>
              </span>
            )}
          </button>
        ))}
      </div>
      <div id="rows" class="rows" role="tabpanel" aria-labelledby={`view-${view}`} tabIndex={-1}>
        <Rows />
      </div>
    </section>
  );
}

function Search() {
  const t = words().list;
  const { list } = useDesk().inbox;
  const [text, setText] = useState(list.query.value);
  const field = useRef<HTMLInputElement>(null);
  // The palette may search, too; while somebody types here, their words stand.
  useEffect(() => {
    if (document.activeElement !== field.current) setText(list.query.value);
  }, [list.query.value]);
  useEffect(() => {
    const timer = setTimeout(() => list.search(text.trim()), SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <search class="search">
      <Icon name="search" />
      <input
        id="search"
        ref={field}
        type="search"
        value={text}
        aria-label={t.search}
        placeholder={t.search}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.isComposing) return;
          setText('');
          event.currentTarget.blur();
        }}
      />
      {text ? (
        <button type="button" class="icon-button" aria-label={t.clear} onClick={() => setText('')}>
          <Icon name="close" />
        </button>
      ) : (
        <span class="kbd" aria-hidden="true">
          /
        </span>
      )}
    </search>
  );
}

function Rows() {
  const { list, open } = useDesk().inbox;
  const t = words();
  const end = useRef<HTMLDivElement>(null);
  const rows = list.rows.value;
  const state = list.state.value;
  const opened = open.value.state === 'none' ? null : open.value.id;
  const hasMore = list.hasMore.value;

  useEffect(() => {
    if (!end.current || !hasMore) return;
    const watcher = new IntersectionObserver((seen) => {
      if (seen.some((one) => one.isIntersecting)) list.more();
    });
    watcher.observe(end.current);
    return () => watcher.disconnect();
  }, [hasMore, rows.length]);

  if (rows.length === 0 && state === 'loading') return <Skeleton />;
  if (rows.length === 0 && state !== 'ready' && state !== 'loading')
    return (
      <div class="empty">
        <p>{t.errors[state]}</p>
        <button type="button" class="button" onClick={list.reload}>
          {t.common.tryAgain}
        </button>
      </div>
    );
  if (rows.length === 0) return <Empty />;
  return (
    <>
      <ul class="row-list">
        {rows.map((row) => (
          <ConversationRow key={row.id} row={row} open={row.id === opened} />
        ))}
      </ul>
      {hasMore && (
        <div ref={end} class="rows-end">
          <button type="button" class="link-button" onClick={list.more}>
            {t.list.more}
          </button>
        </div>
      )}
      {list.isCut.value && <p class="rows-end beside">{t.list.cut}</p>}
    </>
  );
}

function Empty() {
  const desk = useDesk();
  const { list } = desk.inbox;
  const t = words().list;
  const view = list.view.value;
  if (list.query.value)
    return (
      <div class="empty">
        <h2>{t.nothingFound(list.query.value)}</h2>
        <p>{list.isCut.value ? t.cutEmpty : t.nothingFoundHint}</p>
      </div>
    );
  return (
    <div class="empty">
      <h2>{t.empty[view].title}</h2>
      <p>{t.empty[view].text}</p>
      {view === 'mine' && (
        <button type="button" class="button" onClick={() => list.show('waiting')}>
          {t.lookWaiting}
        </button>
      )}
      {view === 'waiting' && desk.person.role === 'owner' && (
        <button type="button" class="button" onClick={() => go({ page: 'settings', section: 'sites' })}>
          {t.toSites}
        </button>
      )}
    </div>
  );
}

function Skeleton() {
  return (
    <div class="skeleton-rows" aria-hidden="true">
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <div key={row} class="skeleton-row">
          <span class="skeleton" />
          <span class="skeleton" />
        </div>
      ))}
    </div>
  );
}

function moveTabs(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (by === 0) return;
  event.preventDefault();
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
  const at = tabs.findIndex((tab) => tab.matches(':focus'));
  const next = tabs[(at + by + tabs.length) % tabs.length];
  next?.focus();
  next?.click();
}
