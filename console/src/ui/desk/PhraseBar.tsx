import type { Phrase } from '@fullname/shared/model';
import { fillPhrase, openSlots } from '@fullname/shared/phrases';
import { SITUATIONS } from '@fullname/shared/situation';
import { useId, useLayoutEffect, useState } from 'preact/hooks';
import { valuesFor } from '../../book.ts';
import { useDesk } from '../../context.ts';
import { optionKey } from '../../keys.ts';
import { changeSettings, settings } from '../../preferences.ts';
import type { Shoulder } from '../../reader/shoulder.ts';
import { go } from '../../route.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { sayProblem } from '../../toast.ts';
import { Icon } from '../common/Icon.tsx';
import { Menu, type MenuItem } from '../common/Menu.tsx';

type PhraseBarProps = {
  readonly shoulder: Shoulder;
  readonly onUse: (phrase: Phrase) => void;
  readonly onSearch: () => void;
};

/** What to say now: the company's own words for this moment, each with its reason. Nothing sends itself. */
export function PhraseBar({ shoulder, onUse, onSearch }: PhraseBarProps) {
  const desk = useDesk();
  const { thread } = shoulder;
  const t = words().phrases;
  const detail = thread.detail.value;
  const values = valuesFor(thread, desk.person.fullName);
  const phrases = desk.book.forMoment(detail.locale, {
    situation: thread.situation.value,
    values,
    conditions: shoulder.conditions.value,
  });
  const [open, toggle] = useFolding(shoulder);
  return (
    <section class="phrases" aria-label={t.forThisMoment}>
      <div class="phrases-head">
        <SituationMenu thread={thread} />
        {shoulder.hurried.value && <span class="hurry">{words().reader.hurry}</span>}
        {phrases.length > 0 ? (
          <button type="button" class="link-button" aria-expanded={open} onClick={toggle}>
            {open ? t.hide : t.show(phrases.length)}
          </button>
        ) : (
          // While the book is being read, nothing is said about it.
          desk.book.read(detail.locale) && (
            <span class="phrases-none">
              {t.none}{' '}
              <button type="button" class="link-button" onClick={() => go({ page: 'book' })}>
                {t.addOne}
              </button>
            </span>
          )
        )}
        <button type="button" class="link-button phrases-all" onClick={onSearch}>
          {t.all} <kbd>/</kbd>
        </button>
      </div>
      {open && phrases.length > 0 && (
        <ol class="phrase-list">
          {phrases.map((phrase, index) => (
            <li key={phrase.id}>
              <PhraseButton
                text={fillPhrase(phrase.text, values)}
                phrase={phrase}
                number={index + 1}
                locale={detail.locale}
                onUse={() => onUse(phrase)}
              />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** With words in the draft the list folds, for what is being answered needs the room; its button opens it all the same. */
function useFolding({ hasWords }: Shoulder): readonly [open: boolean, toggle: () => void] {
  const writing = hasWords.value;
  const [openBeside, setOpenBeside] = useState(false);
  useLayoutEffect(() => setOpenBeside(false), [writing]);
  const { phrasesOpen } = settings.value;
  if (writing) return [openBeside, () => setOpenBeside(!openBeside)];
  return [phrasesOpen, () => changeSettings({ phrasesOpen: !phrasesOpen })];
}

type PhraseButtonProps = {
  /** With the names filled in. */
  readonly text: string;
  readonly phrase: Phrase;
  readonly number: number;
  readonly locale: string;
  readonly onUse: () => void;
};

function PhraseButton({ text, phrase, number, locale, onUse }: PhraseButtonProps) {
  const id = useId();
  const t = words();
  return (
    <>
      <button
        type="button"
        class="phrase"
        aria-describedby={id}
        aria-keyshortcuts={`Alt+${number}`}
        onClick={onUse}
      >
        <span class="kbd" aria-hidden="true">
          {optionKey} {number}
        </span>
        <span class="phrase-text" lang={locale} dir="auto">
          <WithSlots text={text} />
        </span>
      </button>
      <span class="phrase-reason" id={id} role="tooltip">
        <b>{t.common.label(t.phrases.why)}</b>
        {phrase.reason}
        {phrase.notWhen && (
          <>
            <br />
            <b>{t.common.label(t.phrases.notWhen)}</b>
            {phrase.notWhen}
          </>
        )}
      </span>
    </>
  );
}

/** A phrase with its open placeholders marked. */
export function WithSlots({ text }: { readonly text: string }) {
  const slots = openSlots(text);
  if (slots.length === 0) return <>{text}</>;
  let end = 0;
  const parts = slots.map((slot) => {
    const before = text.slice(end, slot.from);
    end = slot.to;
    return (
      <span key={slot.from}>
        {before}
        <mark>{text.slice(slot.from, slot.to)}</mark>
      </span>
    );
  });
  return (
    <>
      {parts}
      {text.slice(end)}
    </>
  );
}

function SituationMenu({ thread }: { readonly thread: Thread }) {
  const t = words();
  const now = thread.situation.value;
  const byHand = thread.detail.value.situation;
  const items: MenuItem[] = [
    {
      label: t.phrases.byTheLog,
      checked: byHand === null,
      act: () => void thread.setSituation(null).then(sayProblem),
    },
    ...SITUATIONS.map((situation) => ({
      label: t.situations[situation],
      checked: byHand === situation,
      act: () => void thread.setSituation(situation).then(sayProblem),
    })),
  ];
  return (
    <Menu
      title={t.phrases.situationMenu}
      buttonClass="situation"
      placement="above-start"
      items={items}
      button={
        <>
          <span class="visually-hidden">{t.common.label(t.phrases.situationMenu)}</span>
          {t.situations[now]}
          <Icon name="down" />
        </>
      }
    />
  );
}
