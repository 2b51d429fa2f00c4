import type { Entry } from '@fullname/shared/model';
import { useEffect, useRef } from 'preact/hooks';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { type Quoting, quoting, showThread } from '../../view.ts';
import { Icon } from '../common/Icon.tsx';

/** As many as one record takes. */
const MOST_QUOTES = 20;

type VisitorWords = Extract<Entry, { kind: 'message' }>;

export function isQuotable(entry: Entry): entry is VisitorWords {
  return entry.kind === 'message' && entry.author.kind === 'visitor';
}

/** Turns the visitor's messages in the thread into a list to choose from. */
export function beginQuoting(thread: Thread, chosen: readonly number[], done: Quoting['done']): void {
  showThread();
  quoting.value = { conversation: thread.id, chosen, done };
}

function endQuoting(): void {
  const now = quoting.value;
  quoting.value = null;
  now?.done(now.chosen);
}

function toggleQuote(seq: number): void {
  const now = quoting.value;
  if (!now) return;
  const has = now.chosen.includes(seq);
  if (!has && now.chosen.length >= MOST_QUOTES) return;
  const chosen = has ? now.chosen.filter((one) => one !== seq) : [...now.chosen, seq].sort((a, b) => a - b);
  quoting.value = { ...now, chosen };
}

type PickProps = { readonly entry: VisitorWords; readonly lang: string };

/** One message while words are being chosen: ↑ ↓ move, Space chooses, Enter ends. */
export function QuotePick({ entry, lang }: PickProps) {
  const on = quoting.value?.chosen.includes(entry.seq) ?? false;
  return (
    <label class="bubble quote-pick" lang={lang} dir="auto">
      <input type="checkbox" checked={on} onChange={() => toggleQuote(entry.seq)} onKeyDown={pickKeys} />
      <span>{entry.text}</span>
    </label>
  );
}

function pickKeys(event: KeyboardEvent & { currentTarget: HTMLInputElement }): void {
  const picks = allPicks();
  const at = picks.indexOf(event.currentTarget);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: picks.length - 1 }[event.key];
  if (to !== undefined) picks[Math.min(picks.length - 1, Math.max(0, to))]?.focus();
  else if (event.key === 'Enter' || event.key === 'Escape') endQuoting();
  else return;
  event.preventDefault();
}

function allPicks(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>('.quote-pick > input')];
}

/** Below the log while words are being chosen: how many, by which keys, and the way out. */
export function QuoteBar({ thread }: { readonly thread: Thread }) {
  const t = words().recovery.quoting;
  const bar = useRef<HTMLDivElement>(null);
  const now = quoting.value;
  const isHere = now?.conversation === thread.id;
  useEffect(() => {
    if (!isHere) return;
    const picks = allPicks();
    const start = picks.find((pick) => pick.checked) ?? picks.at(-1);
    (start ?? bar.current?.querySelector('button'))?.focus();
  }, [isHere]);
  if (!now || !isHere) return null;
  const some = thread.log.value.entries.some(isQuotable);
  return (
    <div ref={bar} class="quote-bar">
      <p role="status">
        <b>{some ? t.title : t.none}</b> {some && t.count(now.chosen.length)}
      </p>
      <span class="quote-keys">{t.keys}</span>
      <button type="button" class="button button-primary" onClick={endQuoting}>
        {t.done}
      </button>
    </div>
  );
}

type QuoteListProps = {
  readonly quotes: readonly { readonly seq: number; readonly text: string }[];
  readonly onDrop?: (seq: number) => void;
};

/** The customer's own words, as they stand in the record. */
export function QuoteList({ quotes, onDrop }: QuoteListProps) {
  const t = words().recovery.form;
  if (quotes.length === 0) return null;
  return (
    <ul class="quotes">
      {quotes.map((quote) => (
        <li key={quote.seq}>
          <q class="quote" dir="auto">
            {quote.text}
          </q>
          {onDrop && (
            <button
              type="button"
              class="icon-button"
              aria-label={t.dropQuote(quote.text.slice(0, 60))}
              onClick={() => onDrop(quote.seq)}
            >
              <Icon name="close" />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The chosen messages of the log, by number. */
export function quotesOf(thread: Thread, chosen: readonly number[]): { seq: number; text: string }[] {
  return thread.log.value.entries
    .filter(isQuotable)
    .filter((entry) => chosen.includes(entry.seq))
    .map(({ seq, text }) => ({ seq, text }));
}
