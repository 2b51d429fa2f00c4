/** One calm line above the composer when something is not as it should be; writing stays possible. */
import type { ChatState } from '../chat.ts';
import { errorText, type Strings } from '../strings.ts';

export function StatusLine({ chat, strings, lost }: { chat: ChatState; strings: Strings; lost: boolean }) {
  return (
    <div class="status" role="status">
      {lineOf(chat, strings, lost)}
    </div>
  );
}

function lineOf(chat: ChatState, strings: Strings, lost: boolean): string | null {
  if (chat.problem) return errorText(strings, chat.problem);
  if (lost) return strings.lost;
  if (chat.step === 'memory') return strings.memory;
  return chat.identityRefused ? strings.BAD_IDENTITY : null;
}
