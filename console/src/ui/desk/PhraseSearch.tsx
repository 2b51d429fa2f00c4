import type { Phrase } from '@fullname/shared/model';
import { fillPhrase } from '@fullname/shared/phrases';
import { useEffect, useRef, useState } from 'preact/hooks';
import { valuesFor } from '../../book.ts';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { moveChoice, useClickOutside } from '../common/choosing.ts';
import { Icon } from '../common/Icon.tsx';
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
  const input = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const locale = thread.detail.value.locale;
  const found = findPhrases(desk.book.published(locale), query, thread.situation.value);
  const values = valuesFor(thread, desk.person.fullName);
  useClickOutside(root, onClose);
  useEffect(() => input.current?.focus(), []);

  function keyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter') {
      const phrase = found[chosen];
      if (phrase) onUse(phrase);
    } else if (!moveChoice(event, { chosen, count: found.length, choose: setChosen })) return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div class="phrase-search" ref={root} role="dialog" aria-label={t.phrases.searchTitle}>
      <div class="search">
        <Icon name="search" />
        <input
          ref={input}
          type="text"
          role="combobox"
          value={query}
          aria-label={t.phrases.searchLabel}
          placeholder={t.phrases.searchLabel}
          aria-expanded="true"
          aria-controls="phrase-results"
          aria-autocomplete="list"
          {...(found[chosen] ? { 'aria-activedescendant': `phrase-${found[chosen].id}` } : {})}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={keyDown}
        />
      </div>
      <div id="phrase-results" class="phrase-results" role="listbox" aria-label={t.phrases.all}>
        {found.map((phrase, index) => (
          <button
            type="button"
            key={phrase.id}
            id={`phrase-${phrase.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            class="phrase-result"
            ref={(element) => {
              if (index === chosen) element?.scrollIntoView({ block: 'nearest' });
            }}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onUse(phrase)}
          >
            <span class="phrase-result-head">{t.situations[phrase.situation]}</span>
            <span lang={phrase.locale} dir="auto">
              <WithSlots text={fillPhrase(phrase.text, values)} />
            </span>
            <small>
              {phrase.reason}
              {phrase.notWhen && ` · ${t.phrases.notWhen}: ${phrase.notWhen}`}
            </small>
          </button>
        ))}
      </div>
      {found.length === 0 && <p class="phrase-nothing">{t.phrases.nothing}</p>}
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
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = phrases.filter((phrase) => {
    const text = [phrase.text, phrase.reason, names[phrase.situation], ...phrase.tags]
      .join(' ')
      .toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  return [
    ...matches.filter((phrase) => phrase.situation === situation),
    ...matches.filter((phrase) => phrase.situation !== situation),
  ];
}
