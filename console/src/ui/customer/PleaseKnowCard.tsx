import type { PleaseKnow } from '@fullname/shared/model';
import { dayOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { showFailure } from '../../view.ts';
import { Checks, isSettled, Say } from '../desk/PleaseKnowStrip.tsx';
import { Fact } from './Fact.tsx';

type CardProps = { readonly thread: Thread; readonly card: PleaseKnow };

/** What is open or owed, in full; what is closed, as a quiet line that opens in place. */
export function PleaseKnowCard({
  thread,
  cards,
}: {
  readonly thread: Thread;
  readonly cards: readonly PleaseKnow[];
}) {
  return (
    <div class="please-know please-know-card">
      <h3>{words().pleaseKnow.title}</h3>
      {cards.map((card, index) =>
        card.stage === 'closed' && !card.owed && !card.until ? (
          <Closed key={card.failure} card={card} />
        ) : (
          <Open key={card.failure} thread={thread} card={card} saidAbove={index === 0} />
        ),
      )}
    </div>
  );
}

/** The first one's lines, checks and sentence stand above the thread already: once is enough. */
function Open({ thread, card, saidAbove }: CardProps & { readonly saidAbove: boolean }) {
  const t = words();
  return (
    <article>
      <p class="please-know-what" dir="auto">
        {card.what}
      </p>
      <p class="please-know-when">
        <time dateTime={card.at}>{dayOf(card.at)}</time> · {t.customer.stages[card.stage]}
        {card.until && ` · ${t.recovery.know.until(dayOf(card.until))}`}
      </p>
      {card.irreplaceable && <p class="lost-mark">{t.recovery.know.irreplaceable}</p>}
      {!saidAbove && <Notes card={card} />}
      <Facts card={card} />
      {!saidAbove && <Checks thread={thread} card={card} all />}
      {!saidAbove && <Say thread={thread} card={card} />}
      <button type="button" class="link-button" onClick={() => showFailure(card.failure)}>
        {t.recovery.record.show}
      </button>
    </article>
  );
}

/** What colleagues wrote of it. */
function Notes({ card }: { readonly card: PleaseKnow }) {
  // Without a flag nobody wrote any: they are made of the record, which stands here itself.
  const notes = card.until ? card.lines : [];
  return (
    <>
      {notes.map((line) => (
        <p key={line} dir="auto">
          {line}
        </p>
      ))}
    </>
  );
}

function Closed({ card }: { readonly card: PleaseKnow }) {
  return (
    <details class="please-know-closed">
      <summary>
        <time dateTime={card.at}>{dayOf(card.at)}</time> <span dir="auto">{card.what}</span> ·{' '}
        {words().customer.stages.closed}
      </summary>
      <Facts card={card} />
    </details>
  );
}

function Facts({ card }: { readonly card: PleaseKnow }) {
  const t = words().pleaseKnow;
  const owed = card.owed && [card.owed, card.owedBy && t.by(dayOf(card.owedBy))].filter(Boolean).join(' · ');
  return (
    <dl class="facts">
      <Fact
        name={card.putRight && !isSettled(card) ? words().recovery.know.soFar : t.putRight}
        value={card.putRight ?? t.notYet}
      />
      {owed && <Fact name={t.owed} value={owed} />}
      {card.ally && <Fact name={t.ally} value={card.ally.fullName} />}
    </dl>
  );
}
