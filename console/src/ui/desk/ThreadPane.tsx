import { useDesk } from '../../context.ts';
import { go } from '../../route.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { VisitIdea } from '../giving/VisitIdea.tsx';
import { FailureReminder } from '../recovery/FailureReminder.tsx';
import { Composer } from './Composer.tsx';
import { nameOf } from './ConversationRow.tsx';
import { EntryLog } from './EntryLog.tsx';
import { KnownLikes } from './KnownLikes.tsx';
import { PleaseKnowStrip } from './PleaseKnowStrip.tsx';
import { ThreadHead } from './ThreadHead.tsx';

/** The middle pane: nothing, a skeleton, a trouble, or the conversation. */
export function ThreadPane() {
  const { open, retry } = useDesk().inbox;
  const t = words();
  const now = open.value;
  return (
    <section class="thread" id="thread" tabIndex={-1} aria-label={t.thread.label}>
      {now.state === 'none' && <NothingOpen />}
      {now.state === 'loading' && <Loading id={now.id} />}
      {now.state === 'failed' && (
        <div class="empty">
          <p>{t.errors[now.code]}</p>
          <p class="empty-acts">
            <button type="button" class="button" onClick={() => go({ page: 'desk', conversation: null })}>
              {t.common.back}
            </button>
            <button type="button" class="button" onClick={retry}>
              {t.common.tryAgain}
            </button>
          </p>
        </div>
      )}
      {now.state === 'ready' && <OpenThread key={now.id} thread={now.thread} />}
    </section>
  );
}

/** What is owed is drawn before the field in which one answers. */
function OpenThread({ thread }: { readonly thread: Thread }) {
  return (
    <>
      <ThreadHead thread={thread} />
      <PleaseKnowStrip thread={thread} />
      <KnownLikes thread={thread} />
      <VisitIdea thread={thread} />
      <EntryLog thread={thread} />
      <FailureReminder thread={thread} />
      <Composer thread={thread} />
    </>
  );
}

function NothingOpen() {
  const t = words().thread;
  return (
    <div class="empty empty-thread">
      <h2>{t.none}</h2>
      <p>{t.noneHint}</p>
      <p class="empty-keys">
        <kbd>J</kbd> <kbd>K</kbd> · <kbd>?</kbd> {t.shortcutsHint}
      </p>
    </div>
  );
}

function Loading({ id }: { readonly id: string }) {
  const row = useDesk().inbox.list.find(id);
  return (
    <>
      <header class="thread-head" aria-busy="true">
        <div class="thread-who">
          <h2>{row ? nameOf(row) : words().common.loading}</h2>
        </div>
      </header>
      <div class="skeleton-thread" aria-hidden="true">
        <span class="skeleton" />
        <span class="skeleton" />
        <span class="skeleton" />
      </div>
    </>
  );
}
