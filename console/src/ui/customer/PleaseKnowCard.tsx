import type { PleaseKnow } from '@fullname/shared/model';
import { dayOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { Say } from '../desk/PleaseKnowStrip.tsx';
import { Fact } from './Fact.tsx';

/** Everything an agent should know before the first word, failure by failure. */
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
      {cards.map((card) => (
        <Card key={card.failure} thread={thread} card={card} />
      ))}
    </div>
  );
}

function Card({ thread, card }: { readonly thread: Thread; readonly card: PleaseKnow }) {
  const t = words();
  const owed =
    card.owed && [card.owed, card.owedBy && t.pleaseKnow.by(dayOf(card.owedBy))].filter(Boolean).join(' · ');
  return (
    <article>
      <p class="please-know-what" dir="auto">
        {card.what}
      </p>
      <p class="please-know-when">
        <time dateTime={card.at}>{dayOf(card.at)}</time> · {t.customer.stages[card.stage]}
      </p>
      <dl class="facts">
        <Fact name={t.pleaseKnow.putRight} value={card.putRight ?? t.pleaseKnow.notYet} />
        {owed && <Fact name={t.pleaseKnow.owed} value={owed} />}
        {card.ally && <Fact name={t.pleaseKnow.ally} value={card.ally.fullName} />}
      </dl>
      <Say thread={thread} card={card} />
    </article>
  );
}
