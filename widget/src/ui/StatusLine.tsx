/** One calm line above the composer when something is not as it should be; writing stays possible. */
import type { ChatState } from '../state.ts';
import type { VisitorError } from '../words.ts';
import type { Shared } from './parts.tsx';

export function StatusLine({ chat, shared, lost }: { chat: ChatState; shared: Shared; lost: boolean }) {
  return (
    <div class="status" role="status">
      {lineOf(chat, shared, lost)}
    </div>
  );
}

/** Whether the line needs words that come with the lazy chunk. */
export function hasNews(chat: ChatState): boolean | undefined {
  return !!chat.problem || chat.step === 'memory' || chat.visitor?.identityRefused;
}

function lineOf(chat: ChatState, { strings, words }: Shared, lost: boolean): string | null | undefined {
  if (chat.problem) return words?.[chat.problem as VisitorError] ?? words?.INVALID_PAYLOAD;
  if (chat.masked) return words?.masked;
  if (lost) return strings.lost;
  if (chat.step === 'memory') return words?.memory;
  return chat.visitor?.identityRefused ? words?.BAD_IDENTITY : null;
}
