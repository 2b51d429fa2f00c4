import type { PleaseKnow } from '@fullname/shared/model';
import { dayOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { Owed, PutRight, Say } from '../desk/PleaseKnowStrip.tsx';

/** Everything an agent should know before the first word, failure by failure. */
export function PleaseKnowCard({
  thread,
  cards,
}: {
  readonly thread: Thread;
  readonly cards: readonly PleaseKnow[];
}) {
  const t = words();
  return (
    <section class="please-know please-know-card" aria-labelledby="please-know-title">
      <h3 id="please-know-title">{t.pleaseKnow.title}</h3>
      {cards.map((card) => (
        <article key={card.failure}>
          <p class="please-know-what">
            <b dir="auto">{card.what}</b>
            <span>
              <time dateTime={card.at}>{dayOf(card.at)}</time> · {t.customer.stages[card.stage]}
            </span>
          </p>
          <p>
            <PutRight card={card} />
          </p>
          {card.owed && (
            <p>
              <Owed card={card} />
            </p>
          )}
          {card.ally && (
            <p>
              {t.pleaseKnow.ally}: {card.ally.fullName}
            </p>
          )}
          <Say thread={thread} card={card} />
        </article>
      ))}
    </section>
  );
}
