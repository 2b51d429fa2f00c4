import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { openGiving } from '../../view.ts';
import { GiftLine } from './GiftLine.tsx';
import { maySpeak } from './may-speak.ts';
import { openOffer } from './offers.ts';
import { ownAskedIn } from './own-asked.ts';

type GivingProps = { readonly thread: Thread; readonly canRecord: boolean };

/** What this customer was given or offered, and how to give more. */
export function Giving({ thread, canRecord }: GivingProps) {
  const t = words().giving;
  const { goodwill } = thread.pane.value;
  const offer = openOffer(thread);
  const waiting = ownAskedIn(thread.id, useDesk().person.id);
  return (
    <section class="giving">
      <header class="section-head">
        <h3>{t.gift.title}</h3>
      </header>
      {goodwill.length === 0 && waiting.length === 0 && !offer && <p class="field-hint">{t.gift.none}</p>}
      <ul class="records">
        {offer && (
          <li>
            <p dir="auto">{offer.options.join(' · ')}</p>
            <p class="source">{t.extras.waiting}</p>
          </li>
        )}
        {waiting.map((use) => (
          <GiftLine key={use.id} use={use} />
        ))}
        {goodwill.map((use) => (
          <GiftLine key={use.id} use={use} />
        ))}
      </ul>
      {canRecord && <GivingActs thread={thread} failure={null} blocked={null} />}
    </section>
  );
}

type GivingActsProps = {
  readonly thread: Thread;
  /** What it is for; null for nothing in particular. */
  readonly failure: string | null;
  /** Why nothing can be offered yet. */
  readonly blocked: string | null;
};

/** The two ways to add something. Extras are said in the chat, so only who has the conversation offers them. */
export function GivingActs({ thread, failure, blocked }: GivingActsProps) {
  const t = words();
  const unspoken = maySpeak(useDesk(), thread);
  const why = blocked ?? (unspoken && t.errors[unspoken]);
  return (
    <div class="giving-acts">
      <button
        type="button"
        class="button button-small"
        aria-haspopup="dialog"
        disabled={blocked !== null}
        onClick={() => openGiving('give', failure)}
      >
        {t.giving.gift.open}
      </button>
      <button
        type="button"
        class="button button-small"
        aria-haspopup="dialog"
        disabled={blocked !== null || unspoken !== null}
        onClick={() => openGiving('extras', failure)}
      >
        {t.giving.extras.open}
      </button>
      {why && <p class="field-hint">{why}</p>}
    </div>
  );
}
