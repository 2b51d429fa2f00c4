import type { ErrorCode } from '@fullname/shared/errors';
import type { Entry, TimelineItem } from '@fullname/shared/model';
import { useEffect, useState } from 'preact/hooks';
import { dayOf, momentOf, percentOf } from '../../format.ts';
import { hashOf } from '../../route.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { recordForm } from '../../view.ts';
import { Icon } from '../common/Icon.tsx';
import { nameOf } from '../desk/ConversationRow.tsx';
import { isWords } from '../desk/EntryLine.tsx';
import { Fact } from './Fact.tsx';
import { FailureForm } from './FailureForm.tsx';

type Failure = Extract<TimelineItem, { kind: 'failure' }>;
type ChatItem = Extract<TimelineItem, { kind: 'conversation' }>;

/** Conversations and failures, the latest first, opened in place. */
export function Timeline({ thread, canRecord }: { readonly thread: Thread; readonly canRecord: boolean }) {
  const t = words();
  const { timeline } = thread.pane.value;
  return (
    <section>
      <header class="section-head">
        <h3>{t.customer.timeline}</h3>
        {canRecord && (
          <button
            type="button"
            class="link-button"
            aria-expanded={recordForm.value === 'failure'}
            onClick={() => {
              recordForm.value = recordForm.value === 'failure' ? null : 'failure';
            }}
          >
            {t.forms.failure}
          </button>
        )}
      </header>
      {recordForm.value === 'failure' && <FailureForm thread={thread} />}
      {timeline.length === 0 ? (
        <p class="field-hint">{t.customer.noTimeline}</p>
      ) : (
        <ol class="timeline">
          {timeline.map((item) => (
            <TimelineEntry key={`${item.kind}-${item.id}`} thread={thread} item={item} />
          ))}
        </ol>
      )}
    </section>
  );
}

function TimelineEntry({ thread, item }: { readonly thread: Thread; readonly item: TimelineItem }) {
  const t = words().customer;
  const [open, setOpen] = useState(false);
  const title = item.kind === 'failure' ? item.what : item.preview || t.conversation;
  return (
    <li class="timeline-item" data-kind={item.kind}>
      <button type="button" class="timeline-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={item.kind === 'failure' ? 'failure' : 'desk'} />
        <span class="timeline-title" dir="auto">
          <span class="visually-hidden">
            {words().common.label(item.kind === 'failure' ? t.failure : t.conversation)}
          </span>
          {title}
        </span>
        <span class="timeline-when">
          <time dateTime={item.at} title={momentOf(item.at)}>
            {dayOf(item.at)}
          </time>
          {item.kind === 'failure' && ` · ${t.stages[item.stage]}`}
          {item.id === thread.id && ` · ${t.thisOne}`}
        </span>
      </button>
      {open &&
        (item.kind === 'failure' ? <FailureFacts failure={item} /> : <Chat thread={thread} chat={item} />)}
    </li>
  );
}

function FailureFacts({ failure }: { readonly failure: Failure }) {
  const t = words();
  const owed =
    failure.owed && [failure.owed, failure.owedBy && t.pleaseKnow.by(dayOf(failure.owedBy))].filter(Boolean);
  return (
    <dl class="facts timeline-facts">
      {failure.product && <Fact name={t.customer.product} value={failure.product} />}
      {failure.element && <Fact name={t.customer.element} value={t.customer.elements[failure.element]} />}
      <Fact name={t.customer.putRight} value={failure.putRight ?? t.pleaseKnow.notPutRight} />
      {failure.extra && <Fact name={t.customer.extra} value={failure.extra} />}
      {owed && <Fact name={t.customer.owed} value={owed.join(' · ')} />}
      {failure.ally && <Fact name={t.customer.ally} value={failure.ally.fullName} />}
      {failure.load !== null && <Fact name={t.customer.load} value={percentOf(failure.load)} />}
      {failure.onShift.length > 0 && (
        <Fact name={t.customer.onShift} value={failure.onShift.map((person) => person.fullName).join(', ')} />
      )}
      <Fact name={t.customer.loggedBy} value={failure.by.fullName} />
    </dl>
  );
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
