import { useEffect, useState } from 'preact/hooks';
import { words } from '../strings/index.ts';

type Page = typeof import('./book/BookPage.tsx').BookPage;

/** Kept once it is there: the next time it is drawn at once. */
let loaded: Page | null = null;

/**
 * The book's page, loaded when somebody first goes there: it brings the whole reader with its Chinese tables, which nobody who
 * answers customers needs in the page.
 */
export function LaterBook() {
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>(loaded ? 'ready' : 'loading');
  useEffect(() => {
    if (state !== 'loading') return;
    let isGone = false;
    load().then(
      () => !isGone && setState('ready'),
      () => !isGone && setState('failed'),
    );
    return () => {
      isGone = true;
    };
  }, [state]);
  if (loaded && state === 'ready') {
    const BookPage = loaded;
    return <BookPage />;
  }
  return state === 'failed' ? <Trouble /> : <Skeleton />;
}

async function load(): Promise<void> {
  loaded = (await import('./book/BookPage.tsx')).BookPage;
}

function Skeleton() {
  const t = words();
  return (
    <main class="page book" aria-busy="true">
      <header class="page-head">
        <h1>{t.book.title}</h1>
        <p class="book-lead">{t.book.lead}</p>
      </header>
      <div class="page-body">
        <p class="visually-hidden" role="status">
          {t.common.loading}
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
function Trouble() {
  const t = words();
  return (
    <main class="page book">
      <header class="page-head">
        <h1>{t.book.title}</h1>
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
