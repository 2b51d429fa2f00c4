import type { Phrase } from '@fullname/shared/model';
import { fillPhrase } from '@fullname/shared/phrases';
import { useRef } from 'preact/hooks';
import { valuesFor } from '../../book.ts';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { useClickOutside } from '../common/choosing.ts';
import { hasEveryWord } from '../common/finding.ts';
import { SearchChoices } from '../common/SearchChoices.tsx';
import { WithSlots } from './PhraseBar.tsx';

type PhraseSearchProps = {
  readonly thread: Thread;
  readonly onUse: (phrase: Phrase) => void;
  readonly onClose: () => void;
};

/** All phrases in the conversation's language, found by their words, their reason or their situation. */
export function PhraseSearch({ thread, onUse, onClose }: PhraseSearchProps) {
  const desk = useDesk();
  const t = words();
  const root = useRef<HTMLDivElement>(null);
  const locale = thread.detail.value.locale;
  const values = valuesFor(thread, desk.person.fullName);
  useClickOutside(root, onClose);

  return (
    <div class="phrase-search" ref={root} role="dialog" aria-label={t.phrases.searchTitle}>
      <SearchChoices
        name="phrase"
        label={t.phrases.searchLabel}
        listLabel={t.phrases.all}
        nothing={<p class="phrase-nothing">{t.phrases.nothing}</p>}
        find={(query) => findPhrases(desk.book.published(locale), query, thread.situation.value)}
        onPick={onUse}
        onEscape={onClose}
      >
        {(phrase) => (
          <>
            <span class="phrase-choice-head">{t.situations[phrase.situation]}</span>
            <span lang={phrase.locale} dir="auto">
              <WithSlots text={fillPhrase(phrase.text, values)} />
            </span>
            <small>
              {phrase.reason}
              {phrase.notWhen && ` · ${t.phrases.notWhen}: ${phrase.notWhen}`}
            </small>
          </>
        )}
      </SearchChoices>
    </div>
  );
}

/** Phrases that have every word of the query; those for this moment come first. */
function findPhrases(
  phrases: readonly Phrase[],
  query: string,
  situation: Phrase['situation'],
): readonly Phrase[] {
  const names = words().situations;
  const matches = phrases.filter(({ text, reason, situation: moment, tags }) =>
    hasEveryWord([text, reason, names[moment], ...tags], query),
  );
  return [
    ...matches.filter((phrase) => phrase.situation === situation),
    ...matches.filter((phrase) => phrase.situation !== situation),
  ];
}
