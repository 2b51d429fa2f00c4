import type { Member } from '@fullname/shared/api';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { type Overlay, overlay } from '../../view.ts';
import type { MenuItem } from '../common/Menu.tsx';
import { noteFor } from './whom.ts';

/** What a conversation's menu offers beside the work: something to build with its customer, a story, praise, and an owner's note to one agent. */
export function storyActs(thread: Thread, person: Member): MenuItem[] {
  const t = words().company;
  const open = (which: Overlay) => () => {
    overlay.value = which;
  };
  const whom = noteFor(thread, person.id);
  return [
    { label: t.builds.open, divided: true, act: open('build') },
    { label: t.stories.tell, act: open('story') },
    { label: t.praise.open, act: open('praise') },
    ...(person.role === 'owner'
      ? [{ label: whom ? t.notes.openTo(whom.fullName) : t.notes.open, act: open('note') }]
      : []),
  ];
}
