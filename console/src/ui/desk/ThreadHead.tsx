import { useDesk } from '../../context.ts';
import { dayOf, languageName } from '../../format.ts';
import { go } from '../../route.ts';
import { locale, words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say, sayProblem } from '../../toast.ts';
import { overlay } from '../../view.ts';
import { Icon } from '../common/Icon.tsx';
import { Menu, type MenuItem } from '../common/Menu.tsx';
import { nameOf, WaitTime } from './ConversationRow.tsx';
import { capabilities } from './capabilities.ts';
import { toggleCustomer } from './DeskPage.tsx';

/** Who it is, how long they wait, and what can be done. */
export function ThreadHead({ thread }: { readonly thread: Thread }) {
  const t = words();
  const detail = thread.detail.value;
  const name = nameOf(detail);
  return (
    <header class="thread-head">
      <button
        type="button"
        class="icon-button thread-back"
        aria-label={t.common.back}
        onClick={() => go({ page: 'desk', conversation: null })}
      >
        <Icon name="back" />
      </button>
      <div class="thread-who">
        <h2 dir="auto">{name}</h2>
        <p class="thread-facts">
          <Facts thread={thread} />
        </p>
      </div>
      <Acts thread={thread} />
    </header>
  );
}

function Facts({ thread }: { readonly thread: Thread }) {
  const t = words();
  const { person } = useDesk();
  const detail = thread.detail.value;
  const live = detail.status === 'waiting' || detail.status === 'open';
  return (
    <>
      {live && detail.waitingSince && (
        <span class="fact-wait">
          {t.list.views.waiting} <WaitTime since={detail.waitingSince} />
        </span>
      )}
      {!live && <span>{detail.status === 'closed' ? t.list.views.closed : t.thread.putAside}</span>}
      {!live && <span>{dayOf(detail.lastAt)}</span>}
      <span>{detail.site.name}</span>
      {detail.locale !== locale() && <span>{languageName(detail.locale)}</span>}
      {detail.holder && detail.holder.id !== person.id && (
        <span>{t.thread.heldBy(detail.holder.fullName)}</span>
      )}
      {detail.status === 'waiting' && detail.offeredTo && (
        <span>
          {detail.offeredTo.id === person.id
            ? t.list.offeredToYou
            : t.thread.offeredTo(detail.offeredTo.fullName)}
        </span>
      )}
      {detail.page && live && (
        <span class="fact-page">
          {detail.visitorHere ? t.thread.lookingAt : t.thread.wasLookingAt} “
          {detail.page.title || detail.page.url}”
        </span>
      )}
    </>
  );
}

function Acts({ thread }: { readonly thread: Thread }) {
  const desk = useDesk();
  const t = words().thread;
  const able = capabilities(desk, thread);
  return (
    <div class="thread-acts">
      {able.take && (
        <button
          type="button"
          class="button button-primary"
          data-tip={`${t.takeHint} · T`}
          aria-keyshortcuts="T"
          onClick={() => void thread.take().then(sayProblem)}
        >
          {t.take}
        </button>
      )}
      {able.handOver && (
        <button
          type="button"
          class="button"
          data-tip="H"
          aria-keyshortcuts="H"
          onClick={() => {
            overlay.value = 'hand-over';
          }}
        >
          {t.handOver}
        </button>
      )}
      {able.close && (
        <button
          type="button"
          class="button"
          data-tip="E"
          aria-keyshortcuts="E"
          onClick={() => {
            overlay.value = 'farewell';
          }}
        >
          {t.close}
        </button>
      )}
      {able.reopen && (
        <button type="button" class="button" onClick={() => void thread.reopen().then(sayProblem)}>
          {t.reopen}
        </button>
      )}
      <button
        type="button"
        class="icon-button customer-toggle"
        data-tip="P"
        aria-keyshortcuts="P"
        aria-label={t.customer}
        onClick={toggleCustomer}
      >
        <Icon name="person" />
      </button>
      {able.putAside && <More thread={thread} />}
    </div>
  );
}

function More({ thread }: { readonly thread: Thread }) {
  const t = words();
  const putAside = async (undo: boolean) => {
    const problem = await thread.putAside(undo);
    if (problem) sayProblem(problem);
    else if (!undo) say(t.thread.setAsideDone, () => void putAside(true));
  };
  const isAside = thread.detail.value.status === 'spam';
  const items: MenuItem[] = [
    isAside
      ? { label: t.thread.takeBackPutAside, act: () => void putAside(true) }
      : { label: t.thread.putAside, act: () => void putAside(false) },
  ];
  return <Menu label={t.common.more} button={<Icon name="more" />} items={items} />;
}
