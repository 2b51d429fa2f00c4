import type { Entry } from '@fullname/shared/model';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { dayKey, dayOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { Icon } from '../common/Icon.tsx';
import { QuoteBar } from '../recovery/Quotes.tsx';
import { nameOf } from './ConversationRow.tsx';
import { EntryLine, isWords } from './EntryLine.tsx';
import { PendingLine } from './PendingLine.tsx';

/** How near the end a reader must be for new words to pull the page along, in pixels. */
const NEAR_END = 80;
/** Words of one person within this time stand under one name. */
const GROUP_MS = 5 * 60_000;

/** The conversation's log: older entries on scroll, new ones announced, days apart. */
export function EntryLog({ thread }: { readonly thread: Thread }) {
  const t = words().thread;
  const { entries, more } = thread.log.value;
  const box = useRef<HTMLDivElement>(null);
  const { atEnd, toEnd } = useStickToEnd(box, thread);
  const top = useOlder(box, thread, more);
  const lastSent = lastOwnSeq(entries, useDesk().person.id);

  return (
    <div class="log-frame">
      <div
        ref={box}
        class="log"
        role="log"
        aria-label={t.allSaid(nameOf(thread.detail.value))}
        aria-busy={thread.loadingOlder.value}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling log without a focus stop cannot be read by keyboard.
        tabIndex={0}
      >
        <div class="log-column">
          <div ref={top} class="log-top">
            {more ? (
              <button type="button" class="link-button" onClick={() => void thread.older()}>
                {thread.loadingOlder.value ? t.loadingOlder : t.older}
              </button>
            ) : (
              <span>{t.beginning}</span>
            )}
          </div>
          {entries.map((entry, index) => (
            <EntryWithDay
              key={entry.seq}
              thread={thread}
              entry={entry}
              before={entries[index - 1] ?? null}
              last={entry.seq === lastSent}
            />
          ))}
          {thread.pending.value.map((item) => (
            <PendingLine key={item.id} thread={thread} item={item} />
          ))}
        </div>
      </div>
      <QuoteBar thread={thread} />
      <TypingLine thread={thread} />
      {!atEnd && (
        <button type="button" class="new-below" onClick={toEnd}>
          <Icon name="down" />
          {t.newBelow}
        </button>
      )}
    </div>
  );
}

type EntryWithDayProps = {
  readonly thread: Thread;
  readonly entry: Entry;
  readonly before: Entry | null;
  readonly last: boolean;
};

function EntryWithDay({ thread, entry, before, last }: EntryWithDayProps) {
  const newDay = !before || dayKey(before.at) !== dayKey(entry.at);
  return (
    <>
      {newDay && (
        <p class="day">
          <time dateTime={entry.at}>{dayName(entry.at)}</time>
        </p>
      )}
      <EntryLine thread={thread} entry={entry} first={newDay || !sameVoice(before, entry)} last={last} />
    </>
  );
}

function TypingLine({ thread }: { readonly thread: Thread }) {
  const t = words().thread;
  const typing = thread.typing.value;
  const name = nameOf(thread.detail.value);
  return (
    <p class="typing-line" aria-live="polite">
      {typing?.by === 'visitor' && t.visitorTyping(name)}
      {typing?.by === 'agent' && typing.person && t.agentTyping(typing.person.fullName)}
    </p>
  );
}

/** Follows new entries only where the reader was near the end, and tells the relay what was read. */
function useStickToEnd(box: RefObject<HTMLDivElement | null>, thread: Thread) {
  const [atEnd, setAtEnd] = useState(true);
  const stick = useRef(true);
  const before = useRef({ height: 0, first: 0 });
  /** The log's own height, as far as it was followed. */
  const room = useRef(0);
  const log = thread.log.value;
  const first = log.entries[0]?.seq ?? 0;
  const pending = thread.pending.value.length;

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const grewAbove = first < before.current.first ? element.scrollHeight - before.current.height : 0;
    if (stick.current) element.scrollTop = element.scrollHeight;
    else element.scrollTop += grewAbove;
    before.current = { height: element.scrollHeight, first };
  }, [log.last, first, pending]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => {
      const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
      // What opens below takes room, and a scroll may be told before that is followed: nobody has left the end by it.
      stick.current = isNear || (stick.current && element.clientHeight < room.current);
      setAtEnd(stick.current);
      if (stick.current && document.hasFocus()) thread.read();
    };
    const resized = new ResizeObserver(() => {
      room.current = element.clientHeight;
      if (stick.current) element.scrollTop = element.scrollHeight;
    });
    resized.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    window.addEventListener('focus', look);
    look();
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', look);
      window.removeEventListener('focus', look);
    };
  }, [log.last]);

  const toEnd = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  return { atEnd, toEnd };
}

/** Older entries come when the top is reached. */
function useOlder(box: RefObject<HTMLDivElement | null>, thread: Thread, more: boolean) {
  const top = useRef<HTMLDivElement>(null);
  const first = thread.log.value.entries[0]?.seq;
  useEffect(() => {
    if (!top.current || !more) return;
    const watcher = new IntersectionObserver(
      (seen) => {
        if (seen.some((one) => one.isIntersecting)) void thread.older();
      },
      { root: box.current, rootMargin: '200px 0px 0px 0px' },
    );
    watcher.observe(top.current);
    return () => watcher.disconnect();
  }, [more, first]);
  return top;
}

type Spoken = Extract<Entry, { kind: 'message' | 'file' }>;

/** What is sent with words belongs to them. */
function sameVoice(before: Entry | null, entry: Entry): boolean {
  if (!before || !isSpoken(before) || !isSpoken(entry)) return false;
  return voiceOf(before) === voiceOf(entry) && Date.parse(entry.at) - Date.parse(before.at) < GROUP_MS;
}

function isSpoken(entry: Entry): entry is Spoken {
  return entry.kind === 'message' || entry.kind === 'file';
}

function voiceOf(entry: Spoken): string {
  return entry.author.kind === 'agent' ? entry.author.person.id : entry.author.kind;
}

/** The last words of this person that the visitor may have read. */
function lastOwnSeq(entries: readonly Entry[], me: string): number {
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (entry && isWords(entry) && entry.author.kind === 'agent' && entry.author.person.id === me)
      return entry.seq;
  }
  return 0;
}

function dayName(iso: string): string {
  const t = words().thread;
  const today = Date.now();
  if (dayKey(iso) === dayKey(new Date(today).toISOString())) return t.today;
  if (dayKey(iso) === dayKey(new Date(today - 86_400_000).toISOString())) return t.yesterday;
  return dayOf(iso);
}
