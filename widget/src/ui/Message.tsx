/** One bubble: the words, whose they are, and what became of them. */
import { type Strings, say, errorText } from '../strings.ts';
import { Face, Icon, langOf, Name, type Shared, Words } from './parts.tsx';
import type { Row } from './rows.ts';

export type MessageProps = {
  readonly row: Extract<Row, { kind: 'words' }>;
  readonly shared: Shared;
  onEdit(id: string): void;
  onRetry(id: string): void;
  onDiscard(id: string): void;
};

const TICK = 'M4 10.5l4 4 8-9';

export function Message(props: MessageProps) {
  const { row, shared } = props;
  const { strings, locale } = shared;
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
        <span class="unseen">{person ? say(strings.says, person.fullName) : `${strings.you}: `}</span>
        <Words text={row.text} />
      </p>
      {!person && <Fate {...props} />}
    </div>
  );
}

/** A word for screen readers, a tick for eyes; where it failed, words for everybody and a way on. */
function Fate({ row, shared, onEdit, onRetry, onDiscard }: MessageProps) {
  const { strings, clock } = shared;
  const { state, item } = row;
  if (state === 'failed' && item?.failed) {
    return (
      <div class="fate failed">
        <p>
          {strings.failed}. {errorText(strings, item.failed)}
        </p>
        <button type="button" onClick={() => onEdit(item.id)}>
          {strings.edit}
        </button>
        <button type="button" onClick={() => onRetry(item.id)}>
          {strings.retry}
        </button>
        <button type="button" onClick={() => onDiscard(item.id)}>
          {strings.discard}
        </button>
      </div>
    );
  }
  if (!row.last && state !== 'sending') return null;
  return (
    <p class="fate">
      {wordOf(state, strings)} {row.at && clock?.time(row.at)}
      {state !== 'sending' && <Icon path={TICK} />}
    </p>
  );
}

function wordOf(state: MessageProps['row']['state'], strings: Strings): string {
  return strings[state];
}
