import type { Failure, PleaseKnow } from '@fullname/shared/model';
import { useLayoutEffect, useState } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { dayOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { sayProblem } from '../../toast.ts';
import { intoReply } from '../recovery/reply.ts';
import { isOfThisVisit } from '../recovery/since-farewell.ts';
import { capabilities } from './capabilities.ts';
import { useIsWriting } from './is-writing.ts';

/**
 * Above the thread, before the first keystroke: what went wrong, what is owed, and a sentence to say. A courtesy, not an
 * alarm: it is short, and the rest opens in place.
 */
export function PleaseKnowStrip({ thread }: { readonly thread: Thread }) {
  const t = words().pleaseKnow;
  const [all, setAll] = useState(false);
  const isWriting = useIsWriting(thread);
  // Whoever begins to write has read it; what is being answered needs the room.
  useLayoutEffect(() => setAll(false), [isWriting]);
  const [first, ...others] = thread.pane.value.pleaseKnow;
  if (!first) return null;
  if (isWriting && !all) return <Folded card={first} onOpen={() => setAll(true)} />;
  return (
    <section class="please-know please-know-strip" aria-label={t.title} data-all={all}>
      <p class="please-know-top">
        <strong>{t.title}</strong>
        <button type="button" class="link-button" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t.less : t.more(others.length)}
        </button>
      </p>
      <Lines thread={thread} card={first} all={all} />
      <Checks thread={thread} card={first} all={all} />
      <Say thread={thread} card={first} />
      {all &&
        others.map((card) => (
          <div key={card.failure} class="please-know-other">
            <Lines thread={thread} card={card} all />
            <Checks thread={thread} card={card} all />
          </div>
        ))}
    </section>
  );
}

type FoldedProps = { readonly card: PleaseKnow; readonly onOpen: () => void };

/** One line: what is owed, which one may be writing about just now, or else what happened. */
function Folded({ card, onOpen }: FoldedProps) {
  const t = words().pleaseKnow;
  return (
    <section class="please-know please-know-strip please-know-folded" aria-label={t.title} data-all={false}>
      <p class="please-know-top">
        <strong>{t.title}</strong>
        <span class="please-know-gist">
          {card.owed ? <OwedWords card={card} ally={null} /> : <Happened card={card} />}
        </span>
        <button type="button" class="link-button" aria-expanded={false} onClick={onOpen}>
          {t.more(0)}
        </button>
      </p>
    </section>
  );
}

type LinesProps = { readonly thread: Thread; readonly card: PleaseKnow; readonly all: boolean };

/**
 * Three lines at most: those that colleagues wrote for the time of the flag, with what is owed next to the first; where
 * nobody did, what the record says, in the reader's own language.
 */
function Lines({ thread, card, all }: LinesProps) {
  const t = words().recovery;
  const written = card.until ? card.lines.slice(0, 3) : [];
  return (
    <>
      {card.irreplaceable && <p class="please-know-line lost-mark">{t.know.irreplaceable}</p>}
      <WhatHappened card={written[0] ? { ...card, what: written[0] } : card} />
      {written.length > 0 && <Owed card={card} />}
      {written.slice(1).map((line) => (
        <p key={line} class="please-know-line" dir="auto">
          {line}
        </p>
      ))}
      {(all || written.length === 0) && <Mended thread={thread} card={card} />}
      {written.length === 0 && <Owed card={card} />}
      {all && card.until && <p class="please-know-line">{t.know.until(dayOf(card.until))}</p>}
    </>
  );
}

/** How it was put right, or what they want. */
function Mended({ thread, card }: Omit<LinesProps, 'all'>) {
  const wants = recordOfCard(thread, card)?.wants ?? null;
  if (card.putRight || !wants) return <PutRight card={card} />;
  return (
    <p class="please-know-line">
      {words().pleaseKnow.notPutRight} · {words().common.label(words().recovery.steps.fix.wants)}
      <q dir="auto">{wants}</q>
    </p>
  );
}

function recordOfCard(thread: Thread, card: PleaseKnow): Failure | null {
  const item = thread.pane.value.timeline.find((one) => one.kind === 'failure' && one.id === card.failure);
  return item?.kind === 'failure' ? item : (thread.recorded.value.get(card.failure) ?? null);
}

/** What was done so far has not settled it, while the way back is not at its fix. */
export function isSettled(card: PleaseKnow): boolean {
  return card.stage !== 'noticed' && card.stage !== 'apologised' && card.stage !== 'gone-over';
}

/** What to look at once more at the next order; whoever has looked ticks it off for everybody. */
export function Checks({
  thread,
  card,
  all,
}: {
  readonly thread: Thread;
  readonly card: PleaseKnow;
  readonly all: boolean;
}) {
  const t = words().recovery.know;
  const mayRecord = capabilities(useDesk(), thread).record;
  const shown = card.checks.filter((check) => all || !check.doneBy);
  if (shown.length === 0) return null;
  const look = async (check: string, box: HTMLInputElement) => {
    const refused = await thread.checkFailure(card.failure, check, box.checked);
    if (refused) box.checked = !box.checked;
    sayProblem(refused);
  };
  return (
    <fieldset class="know-checks">
      <legend>{t.checks}</legend>
      {shown.map((check) => (
        <label key={check.id}>
          <input
            type="checkbox"
            checked={check.doneBy !== null}
            disabled={!mayRecord}
            onChange={(event) => void look(check.id, event.currentTarget)}
          />
          <span dir="auto">{check.text}</span>
          {check.doneBy && <small>{t.checkedBy(check.doneBy.fullName)}</small>}
        </label>
      ))}
    </fieldset>
  );
}

function WhatHappened({ card }: { readonly card: PleaseKnow }) {
  return (
    <p class="please-know-line">
      <Happened card={card} />
    </p>
  );
}

function Happened({ card }: { readonly card: PleaseKnow }) {
  return (
    <>
      <time dateTime={card.at}>{dayOf(card.at)}</time> <span dir="auto">{card.what}</span>
    </>
  );
}

function PutRight({ card }: { readonly card: PleaseKnow }) {
  const t = words().pleaseKnow;
  if (!card.putRight) return <p class="please-know-line">{t.notPutRight}</p>;
  return (
    <p class="please-know-line">
      {words().common.label(isSettled(card) ? t.putRight : words().recovery.know.soFar)}
      <span dir="auto">{card.putRight}</span>
    </p>
  );
}

function Owed({ card }: { readonly card: PleaseKnow }) {
  if (!card.owed) return null;
  return (
    <p class="please-know-line owed">
      <OwedWords card={card} ally={card.ally?.fullName ?? null} />
    </p>
  );
}

/** By when and by whom comes first: where the room ends, a detail is cut, not the day. */
function OwedWords({ card, ally }: { readonly card: PleaseKnow; readonly ally: string | null }) {
  const t = words().pleaseKnow;
  const owed = [t.owed, card.owedBy && t.by(dayOf(card.owedBy)), ally].filter(Boolean);
  return (
    <>
      <b>{words().common.label(owed.join(' · '))}</b>
      <span dir="auto">{card.owed}</span>
    </>
  );
}

/** The sentence with which to acknowledge it; one click puts it into the draft. */
export function Say({ thread, card }: { readonly thread: Thread; readonly card: PleaseKnow }) {
  const t = words().pleaseKnow;
  const desk = useDesk();
  const mayReply = capabilities(desk, thread).reply;
  const record = recordOfCard(thread, card);
  // What went wrong in this visit was not “last time”, whoever reads it.
  if (record && isOfThisVisit(thread, record)) return null;
  return (
    <p class="please-know-say">
      <span lang={thread.detail.value.locale} dir="auto">
        <span class="visually-hidden">{words().common.label(t.say)}</span>
        <q>{card.say}</q>
      </span>
      {mayReply && (
        <button type="button" class="button button-small" onClick={() => intoReply(thread, card.say)}>
          {t.use}
        </button>
      )}
    </p>
  );
}
