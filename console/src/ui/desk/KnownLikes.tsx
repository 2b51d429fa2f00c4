import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { useIsWriting } from './is-writing.ts';

const SHOWN = 5;

/** What they like in one quiet line above the thread, before the first keystroke; all of it is in the pane beside it. */
export function KnownLikes({ thread }: { readonly thread: Thread }) {
  const t = words();
  const { preferences } = thread.pane.value;
  const isWriting = useIsWriting(thread);
  const [first] = preferences;
  if (!first) return null;
  return (
    <p class="known-likes" data-folded={isWriting}>
      {first.reach && (
        <span>
          {t.common.label(t.customer.reach)}
          <strong>{t.customer.reaches[first.reach]}</strong>
          {' · '}
        </span>
      )}
      {t.common.label(t.pleaseKnow.likes)}
      {preferences.slice(0, SHOWN).map(({ id, text }, index) => (
        <span key={id}>
          {index > 0 && ' · '}
          <bdi>{text}</bdi>
        </span>
      ))}
      {preferences.length > SHOWN && ' …'}
    </p>
  );
}
