/** Files by button, by drag and by paste, where the writer may answer. Words that are dragged or pasted are left to the field. */
import { useEffect, useState } from 'preact/hooks';
import type { Thread } from '../../thread.ts';
import { sayProblem } from '../../toast.ts';
import type { Composing } from './composing.ts';

export function useFiles({ mode, maySpeak, needsTaking, focus }: Composing, thread: Thread) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    document.addEventListener('dragover', keepPage);
    document.addEventListener('drop', keepPage);
    return () => {
      document.removeEventListener('dragover', keepPage);
      document.removeEventListener('drop', keepPage);
    };
  }, []);
  if (mode !== 'reply' || !maySpeak) return null;

  async function take(files: readonly File[]): Promise<void> {
    setOver(false);
    if (files.length === 0) return;
    const refused = needsTaking ? await thread.take() : null;
    if (refused) return sayProblem(refused);
    thread.files.add(files);
    focus();
  }

  return {
    over,
    take,
    listens: {
      onDragOver(event: DragEvent) {
        if (!bringsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop(event: DragEvent) {
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length > 0) event.preventDefault();
        void take(files);
      },
      onPaste(event: ClipboardEvent) {
        const files = [...(event.clipboardData?.files ?? [])];
        if (files.length > 0) event.preventDefault();
        void take(files);
      },
    },
  };
}

const bringsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;

/** A file that is let go beside the composer would open in the console's place. */
function keepPage(event: DragEvent): void {
  if (event.defaultPrevented || !bringsFiles(event)) return;
  event.preventDefault();
  if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
}
