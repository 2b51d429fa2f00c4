import type { CustomerPane, Entry, Failure, PleaseKnow } from '@fullname/shared/model';
import { inHurry } from '@fullname/shared/reader/hurry';
import { useComputed } from '@preact/signals';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say, sayProblem } from '../../toast.ts';
import { capabilities } from '../desk/capabilities.ts';
import { useIsWriting } from '../desk/is-writing.ts';
import { isQuotable } from '../recovery/Quotes.tsx';
import { hasSigns } from '../recovery/signs.ts';
import { visitOf } from '../recovery/since-farewell.ts';

/** One quiet line under what one must know: something that would please them now. Delight waits while they do. */
export function VisitIdea({ thread }: { readonly thread: Thread }) {
  const t = words();
  const able = capabilities(useDesk(), thread);
  const isWriting = useIsWriting(thread);
  const isHurried = useComputed(() => hurries(thread.log.value.entries)).value;
  const isTrouble = useComputed(() => hasSigns(visitOf(thread).entries)).value;
  const liked = ideaOf(thread.pane.value);
  const isWrong = hasUnfixed(thread.pane.value, [...thread.recorded.value.values()]);
  if (!liked || !able.record || thread.detail.value.status === 'closed') return null;
  if (isWriting || isHurried || isTrouble || isWrong) return null;
  const done = async () => {
    const change = { preference: liked.id, idea: liked.idea };
    const refused = await thread.changeIdea({ ...change, done: true });
    if (refused) return sayProblem(refused);
    // The line goes, and its button with it.
    document.getElementById('thread')?.focus();
    say(t.giving.preference.ideaDone, () => {
      void thread.changeIdea({ ...change, done: false }).then(sayProblem);
    });
  };
  return (
    <p class="visit-idea">
      <span>
        {t.common.label(t.giving.preference.thisVisit)}
        <b dir="auto">{liked.idea}</b>
      </span>
      <button type="button" class="link-button" onClick={() => void done()}>
        {t.giving.preference.done}
      </button>
    </p>
  );
}

function ideaOf({ preferences }: CustomerPane) {
  return (
    preferences.flatMap(({ id, idea, ideaDone }) => (idea && !ideaDone ? [{ id, idea }] : []))[0] ?? null
  );
}

function hurries(entries: readonly Entry[]): boolean {
  return inHurry(entries.filter(isQuotable).map(({ text }) => text));
}

/** Something went wrong and is not put right: nobody is pleased by a sprig of rosemary then. */
function hasUnfixed({ pleaseKnow, timeline }: CustomerPane, recorded: readonly Failure[]): boolean {
  const records: readonly Pick<PleaseKnow, 'stage'>[] = [
    ...pleaseKnow,
    ...timeline.filter((item) => item.kind === 'failure'),
    ...recorded,
  ];
  return records.some(({ stage }) => stage === 'noticed' || stage === 'apologised' || stage === 'gone-over');
}
