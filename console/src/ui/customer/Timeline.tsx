import type { ErrorCode } from '@fullname/shared/errors';
import type { Entry, TimelineItem } from '@fullname/shared/model';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { dayOf, momentOf } from '../../format.ts';
import { hashOf } from '../../route.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { openFailure, recordForm } from '../../view.ts';
import { Icon } from '../common/Icon.tsx';
import { nameOf } from '../desk/ConversationRow.tsx';
import { isWords } from '../desk/EntryLine.tsx';
import { FailurePanel } from '../recovery/FailurePanel.tsx';
import { FailureForm } from './FailureForm.tsx';

type ChatItem = Extract<TimelineItem, { kind: 'conversation' }>;

/** Conversations and failures, the latest first, opened in place. */
export function Timeline({ thread, canRecord }: { readonly thread: Thread; readonly canRecord: boolean }) {
  const t = words();
  const { timeline, customer } = thread.pane.value;
  return (
    <section>
      <header class="section-head">
        <h3>{t.customer.timeline}</h3>
        {canRecord && <LogButton />}
      </header>
      {recordForm.value === 'failure' && <FailureForm thread={thread} />}
      {timeline.length === 0 ? (
        <p class="field-hint">{customer ? t.customer.noTimeline : t.recovery.nothing}</p>
      ) : (
        <ol class="timeline">
          {timeline.map((item) => (
            <TimelineEntry
              key={`${item.kind}-${item.id}`}
              thread={thread}
              item={item}
              canRecord={canRecord}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

function LogButton() {
  const isOpen = recordForm.value === 'failure';
  return (
    <button
      type="button"
      class="link-button"
      aria-expanded={isOpen}
      aria-keyshortcuts="F"
      onClick={() => {
        recordForm.value = isOpen ? null : 'failure';
      }}
    >
      {words().forms.failure}
    </button>
  );
}

type EntryProps = { readonly thread: Thread; readonly item: TimelineItem; readonly canRecord: boolean };

function TimelineEntry({ thread, item, canRecord }: EntryProps) {
  const t = words().customer;
  const [chatOpen, setChatOpen] = useState(false);
  const isFailure = item.kind === 'failure';
  const open = isFailure ? openFailure.value === item.id : chatOpen;
  const toggle = () => {
    if (isFailure) openFailure.value = open ? null : item.id;
    else setChatOpen(!open);
  };
  const title = isFailure ? item.what : item.preview || t.conversation;
  return (
    <li class="timeline-item" data-kind={item.kind}>
      <button type="button" class="timeline-head" aria-expanded={open} onClick={toggle}>
        <Icon name={isFailure ? 'failure' : 'desk'} />
        <span class="timeline-title" dir="auto">
          <span class="visually-hidden">{words().common.label(isFailure ? t.failure : t.conversation)}</span>
          {title}
        </span>
        <span class="timeline-when">
          <time dateTime={item.at} title={momentOf(item.at)}>
            {dayOf(item.at)}
          </time>
          {isFailure && ` · ${t.stages[item.stage]}`}
          {item.kind === 'conversation' &&
            item.site !== thread.detail.value.site.name &&
            ` · ${words().company.otherSite(item.site)}`}
          {item.id === thread.id && ` · ${t.thisOne}`}
        </span>
      </button>
      {open &&
        (isFailure ? (
          <OpenedFailure>
            <FailurePanel thread={thread} failure={item} canRecord={canRecord} />
          </OpenedFailure>
        ) : (
          <Chat thread={thread} chat={item} />
        ))}
    </li>
  );
}

/** Whoever opens a record, or has just made it, is at its next step. */
function OpenedFailure({ children }: { readonly children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const head = box.current?.parentElement?.querySelector<HTMLElement>('.timeline-head');
    head?.scrollIntoView({ block: 'start' });
    if (document.activeElement !== head) head?.focus({ preventScroll: true });
  }, []);
  return <div ref={box}>{children}</div>;
}

/** What was said then, read in place; the whole of it is one click away. */
function Chat({ thread, chat }: { readonly thread: Thread; readonly chat: ChatItem }) {
  const t = words();
  const [entries, setEntries] = useState<readonly Entry[] | ErrorCode | null>(null);
  useEffect(() => {
    let stale = false;
    void thread.peek(chat.id).then((answer) => {
      if (!stale) setEntries(answer.ok ? answer.value.entries : answer.code);
    });
    return () => {
      stale = true;
    };
  }, [chat.id]);

  return (
    <div class="timeline-facts">
      {entries === null && <span class="skeleton" aria-hidden="true" />}
      {typeof entries === 'string' && <p class="form-problem">{t.errors[entries]}</p>}
      {entries !== null && typeof entries !== 'string' && (
        <ol class="transcript">
          {entries.filter(isWords).map((entry) => (
            <li key={entry.seq}>
              <b>
                {entry.author.kind === 'agent' ? entry.author.person.fullName : nameOf(thread.detail.value)}
              </b>{' '}
              <span dir="auto">{entry.text}</span>
            </li>
          ))}
        </ol>
      )}
      {chat.id !== thread.id && (
        <a href={hashOf({ page: 'desk', conversation: chat.id })}>{t.customer.openIt}</a>
      )}
    </div>
  );
}
