import { useDesk } from '../../context.ts';
import type { Pending } from '../../outbox.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { askToWrite } from '../../view.ts';
import { MessageText } from './MessageText.tsx';

/** What is on its way: drawn at once, and never lost without a word. */
export function PendingLine({ thread, item }: { readonly thread: Thread; readonly item: Pending }) {
  const { person } = useDesk();
  const t = words();
  const state = {
    sending: t.thread.sending,
    waiting: t.thread.waiting,
    held: t.composer.heldHint,
    failed: t.thread.failed,
  };
  const isNote = item.kind === 'note';
  return (
    <article
      class={isNote ? 'note note-pending' : 'message message-agent message-pending'}
      data-state={item.state}
    >
      <header class="visually-hidden">{person.fullName}</header>
      <div class={isNote ? 'note-text' : 'bubble'} dir="auto">
        <MessageText text={item.text} />
      </div>
      <p class="message-state" role={item.state === 'failed' ? 'alert' : undefined}>
        {state[item.state]}
        {item.refused && ` – ${t.errors[item.refused]}`}
      </p>
      {item.state === 'failed' && <WayOn thread={thread} item={item} />}
    </article>
  );
}

function WayOn({ thread, item }: { readonly thread: Thread; readonly item: Pending }) {
  const { outbox } = useDesk().inbox;
  const t = words().thread;
  const asNote = item.kind === 'reply' && (item.refused === 'NOT_YOURS' || item.refused === 'CLOSED');
  const moveTo = async (mode: 'reply' | 'note') => {
    const text = await outbox.takeBack(item.id);
    if (text === null) return;
    const before = thread.draft[mode].value.trim();
    thread.draft.write(mode, before ? `${text}\n${before}` : text);
    askToWrite(mode);
  };
  return (
    <p class="way-on">
      <button type="button" class="link-button" onClick={() => void moveTo(item.kind)}>
        {t.change}
      </button>
      {asNote && (
        <button type="button" class="link-button" onClick={() => void moveTo('note')}>
          {t.asNote}
        </button>
      )}
      <button type="button" class="link-button" onClick={() => void outbox.takeBack(item.id)}>
        {t.drop}
      </button>
    </p>
  );
}
