/** One bubble: the words, whose they are, and what became of them. */
import { splitLinks } from '@fullname/shared/text';
import type { ComponentChildren } from 'preact';
import { say } from '../strings.ts';
import type { Talk } from '../talk.ts';
import { errorText, tooLong } from '../words.ts';
import { Attached } from './Attached.tsx';
import { Face, Icon, langOf, Name, type Spoken } from './parts.tsx';
import type { Row } from './rows.ts';

export type MessageProps = {
  readonly row: Extract<Row, { kind: 'words' }>;
  readonly shared: Spoken;
  onEdit(id: string): void;
  onRetry(id: string): void;
  onDiscard(id: string): void;
  /** Null until the conversation's own chunk is here. */
  readonly talk: Talk | null;
};

const TICK = 'M4 10.5l4 4 8-9';

export function Message(props: MessageProps) {
  const { row, shared, talk } = props;
  const { file } = row;
  const { words, locale } = shared;
  const { person, first, farewell, byPage } = row;
  return (
    <div class={`row ${person ? 'theirs' : 'mine'}${first ? ' first' : ''}${farewell ? ' farewell' : ''}`}>
      {person && first && (
        <p class="author" aria-hidden="true">
          {farewell ? <Face person={person} /> : null}
          <Name person={person} locale={locale} /> {row.at && shared.clock?.time(row.at)}
          {byPage && ` · ${words.byPage}`}
        </p>
      )}
      <div class="bubble" dir="auto" lang={langOf(row.text, locale)}>
        <bdi class="unseen" lang={locale}>
          {person ? say(words.says, person.fullName) : `${words.you}: `}
          {byPage && `(${words.byPage}) `}
        </bdi>
        {file && talk ? <Attached {...props} file={file} talk={talk} /> : <Text text={row.text} />}
      </div>
      {/* A file says itself why it was not sent. */}
      {!person && !(file && row.item?.failed) && <Fate {...props} />}
    </div>
  );
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
