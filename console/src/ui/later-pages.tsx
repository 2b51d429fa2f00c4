/** Pages that are loaded when somebody first goes there: the desk does not wait for them. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { words } from '../strings/index.ts';

type LaterPage = {
  /** Beside `page`. */
  readonly kind: string;
  readonly head: () => { readonly title: string; readonly lead: string | null };
  readonly load: () => Promise<ComponentType>;
};

/** It brings the whole reader with its Chinese tables, which nobody who answers customers needs in the page. */
export const LaterBook = later({
  kind: 'book',
  head: () => words().book,
  load: async () => (await import('./book/BookPage.tsx')).BookPage,
});

export const LaterTodo = later({
  kind: 'todo',
  head: () => words().work,
  load: async () => (await import('./todo/TodoPage.tsx')).TodoPage,
});

export const LaterHelp = later({
  kind: 'help',
  head: () => words().work.help,
  load: async () => (await import('./help/HelpPage.tsx')).HelpPage,
});

export const LaterStories = later({
  kind: 'stories',
  head: () => words().company,
  load: async () => (await import('./stories/StoriesPage.tsx')).StoriesPage,
});

export const LaterMoments = later({
  kind: 'moments',
  head: () => ({ title: words().rail.momentsTitle, lead: null }),
  load: async () => (await import('./moments/MomentsPage.tsx')).MomentsPage,
});

export const LaterSettings = later({
  kind: 'settings',
  head: () => ({ title: words().settings.title, lead: null }),
  load: async () => (await import('./settings/SettingsPage.tsx')).SettingsPage,
});

/** A page with its head at once, and its body when it has come. It is kept: the next time it is drawn at once. */
function later({ kind, head, load }: LaterPage): ComponentType {
  let loaded: ComponentType | null = null;
  return function Later() {
    const [state, setState] = useState<'loading' | 'ready' | 'failed'>(loaded ? 'ready' : 'loading');
    useEffect(() => {
      if (state !== 'loading') return;
      let isGone = false;
      const settle = (next: 'ready' | 'failed') => {
        if (!isGone) setState(next);
      };
      load().then(
        (page) => {
          loaded = page;
          settle('ready');
        },
        () => settle('failed'),
      );
      return () => {
        isGone = true;
      };
    }, [state]);
    if (loaded && state === 'ready') {
      const Page = loaded;
      return <Page />;
    }
    const { title, lead } = head();
    return state === 'failed' ? (
      <Trouble kind={kind} title={title} />
    ) : (
      <Skeleton kind={kind} title={title} lead={lead} />
    );
  };
}

type HeadProps = { readonly kind: string; readonly title: string };

function Skeleton({ kind, title, lead }: HeadProps & { readonly lead: string | null }) {
  return (
    <main class={`page ${kind}`} aria-busy="true">
      <header class="page-head">
        <h1>{title}</h1>
        {lead && <p class="book-lead">{lead}</p>}
      </header>
      <div class="page-body">
        <p class="visually-hidden" role="status">
          {words().common.loading}
        </p>
        <div class="skeleton-rows" aria-hidden="true">
          <span class="skeleton" />
          <span class="skeleton" />
          <span class="skeleton" />
        </div>
      </div>
    </main>
  );
}

/** A part that a newer relay no longer has, or that was asked for once in vain, comes with a fresh page; drafts are kept. */
function Trouble({ kind, title }: HeadProps) {
  const t = words();
  return (
    <main class={`page ${kind}`}>
      <header class="page-head">
        <h1>{title}</h1>
      </header>
      <div class="empty" role="alert">
        <p>{t.errors.UNAVAILABLE}</p>
        <button type="button" class="button" onClick={() => location.reload()}>
          {t.common.tryAgain}
        </button>
      </div>
    </main>
  );
}
