/** The dialogs of merging, of a customer's person, of stories and notes: loaded when somebody first opens one. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Thread } from '../../thread.ts';
import { sayProblem } from '../../toast.ts';
import { type Overlay, overlay } from '../../view.ts';

type DialogProps = { readonly thread: Thread; readonly onClose: () => void };

/** The open dialog, where it is one of these; it is about the open conversation. */
export function CompanyOverlays({ thread, onClose }: DialogProps) {
  const Open = overlay.value === null ? undefined : DIALOGS[overlay.value];
  return Open ? <Open key={thread.id} thread={thread} onClose={onClose} /> : null;
}

const DIALOGS: Partial<Record<Overlay, ComponentType<DialogProps>>> = {
  merge: laterDialog(async () => (await import('./MergeDialog.tsx')).MergeDialog),
  merges: laterDialog(async () => (await import('./MergedRecords.tsx')).MergedRecords),
  'give-ally': laterDialog(async () => (await import('./GiveAlly.tsx')).GiveAlly),
  story: laterDialog(async () => (await import('../stories/StoryDialog.tsx')).StoryHere),
  build: laterDialog(async () => (await import('../stories/BuildDialogs.tsx')).BuildHere),
  praise: laterDialog(async () => (await import('../stories/PraiseDialog.tsx')).PraiseHere),
  note: laterDialog(async () => (await import('../stories/NoteDialog.tsx')).NoteDialog),
};

function laterDialog(load: () => Promise<ComponentType<DialogProps>>): ComponentType<DialogProps> {
  let loaded: ComponentType<DialogProps> | null = null;
  return function Later(props: DialogProps) {
    const [, setReady] = useState(loaded !== null);
    useEffect(() => {
      if (loaded) return;
      load().then(
        (dialog) => {
          loaded = dialog;
          setReady(true);
        },
        () => {
          sayProblem('UNAVAILABLE');
          props.onClose();
        },
      );
    }, []);
    const Dialog = loaded;
    return Dialog ? <Dialog {...props} /> : null;
  };
}
