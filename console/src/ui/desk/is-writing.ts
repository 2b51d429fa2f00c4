import { useComputed } from '@preact/signals';
import type { Thread } from '../../thread.ts';

/** Whether there is a draft. Whoever writes has read what stands above the thread, and needs the room. */
export function useIsWriting(thread: Thread): boolean {
  return useComputed(() => thread.draft[thread.draft.mode.value].value.trim() !== '').value;
}
