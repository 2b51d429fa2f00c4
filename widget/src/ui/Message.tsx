/** One bubble: the words, whose they are, and what became of them. */
import { splitLinks } from '@fullname/shared/text';
import type { ComponentChildren } from 'preact';
import { say } from '../strings.ts';
import { errorText, tooLong } from '../words.ts';
import { Face, Icon, langOf, Name, type Spoken } from './parts.tsx';
import type { Row } from './rows.ts';

export type MessageProps = {
  readonly row: Extract<Row, { kind: 'words' }>;
  readonly shared: Spoken;
  onEdit(id: string): void;
  onRetry(id: string): void;
  onDiscard(id: string): void;
  onFile(file: string): void;
};

const TICK = 'M4 10.5l4 4 8-9';

export function Message(props: MessageProps) {
  const { row, shared, onFile } = props;
  const { file } = row;
  const { words, locale } = shared;
  const { person, first, farewell } = row;
  return (
    <div class={`row ${person ? 'theirs' : 'mine'}${first ? ' first' : ''}${farewell ? ' farewell' : ''}`}>
      {person && first && (
        <p class="author" aria-hidden="true">
          {farewell ? <Face person={person} /> : null}
          <Name person={person} locale={locale} /> {row.at && shared.clock?.time(row.at)}
        </p>
      )}
      <p class="bubble" dir="auto" lang={langOf(row.text, locale)}>
        <bdi class="unseen" lang={locale}>
          {person ? say(words.says, person.fullName) : `${words.you}: `}
        </bdi>
        {file ? (
          <button type="button" class="link" onClick={() => onFile(file.id)}>
            {row.text} ({sizeOf(file.bytes, locale)})
          </button>
        ) : (
          <Text text={row.text} />
        )}
      </p>
      {!person && <Fate {...props} />}
    </div>
  );
}

/** 1.2 MB, in the page's language; kilobytes below one. */
function sizeOf(bytes: number, locale: string): string {
  const isLarge = bytes >= 1_000_000;
  return new Intl.NumberFormat(locale, {
    ...{ style: 'unit', unit: isLarge ? 'megabyte' : 'kilobyte', unitDisplay: 'short' },
    maximumFractionDigits: isLarge ? 1 : 0,
  }).format(isLarge ? bytes / 1_000_000 : Math.max(1, bytes / 1_000));
}

/** A word for screen readers, a tick for eyes; where it failed, words for everybody and a way on. */
function Fate({ row, shared, onEdit, onRetry, onDiscard }: MessageProps) {
  const { words, clock } = shared;
  const { state, item } = row;
  const reason =
    item?.failed &&
    ((item.failed === 'TOO_LONG' && tooLong(row.text, shared)) || errorText(words, item.failed));
  if (state === 'failed' && item?.failed) {
    return (
      <div class="fate failed">
        <p>
          {words.failed} · {reason}
        </p>
        {item.kind === 'message' && (
          <button type="button" onClick={() => onEdit(item.id)}>
            {words.edit}
          </button>
        )}
        <button type="button" onClick={() => onRetry(item.id)}>
          {words.retry}
        </button>
        <button type="button" onClick={() => onDiscard(item.id)}>
          {words.discard}
        </button>
      </div>
    );
  }
  if (!row.last && state !== 'sending') return null;
  return (
    <p class="fate">
      {words[state]} {row.at && clock?.time(row.at)}
      {state !== 'sending' && <Icon path={TICK} />}
    </p>
  );
}

/** Words as text nodes, with http and https addresses made clickable. Never HTML. */
function Text({ text }: { text: string }): ComponentChildren {
  return splitLinks(text).map((part) =>
    part.href ? (
      <a href={part.href} target="_blank" rel="noopener noreferrer">
        {part.text}
      </a>
    ) : (
      part.text
    ),
  );
}
