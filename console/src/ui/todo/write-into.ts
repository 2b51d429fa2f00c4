import { effect } from '@preact/signals';
import type { Inbox } from '../../inbox.ts';
import { go } from '../../route.ts';
import type { Thread } from '../../thread.ts';
import { askToWrite } from '../../view.ts';

let forget: (() => void) | null = null;

/** Opens a conversation and puts words into its draft, behind what is there already. Nothing is sent. */
export function writeInto(inbox: Pick<Inbox, 'open'>, conversation: string, text: string): void {
  forget?.();
  forget = effect(() => {
    const open = inbox.open.value;
    if (open.state !== 'ready' || open.id !== conversation) return;
    const { thread } = open;
    // Outside the effect: what is written must not make it run again.
    queueMicrotask(() => {
      forget?.();
      forget = null;
      put(thread, text);
    });
  });
  go({ page: 'desk', conversation });
}

function put(thread: Thread, text: string): void {
  const before = thread.draft.reply.value;
  if (!before.includes(text))
    thread.draft.write('reply', before.trim() ? `${before.trimEnd()}\n${text}` : text);
  askToWrite('reply');
}
