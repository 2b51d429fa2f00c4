import type { PleaseKnow } from '@fullname/shared/model';
import { useDesk } from '../../context.ts';
import { dayOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { askToWrite, showCustomer } from '../../view.ts';
import { capabilities } from './capabilities.ts';

/** Above the thread, before the first keystroke: what went wrong, what is owed, and a sentence to say. A courtesy, not an alarm. */
export function PleaseKnowStrip({ thread }: { readonly thread: Thread }) {
  const t = words().pleaseKnow;
  const cards = thread.pane.value.pleaseKnow;
  const first = cards[0];
  if (!first) return null;
  return (
    <section class="please-know please-know-strip" aria-label={t.title}>
      <p class="please-know-line">
        <strong>{t.title}</strong>
        <span>
          <time dateTime={first.at}>{dayOf(first.at)}</time> <span dir="auto">{first.what}</span>
        </span>
        {cards.length > 1 && (
          <button type="button" class="link-button more-owed" onClick={showCustomer}>
            {t.moreHere(cards.length - 1)}
          </button>
        )}
      </p>
      <p class="please-know-line please-know-rest">
        <PutRight card={first} />
        <Owed card={first} />
      </p>
      <Say thread={thread} card={first} />
    </section>
  );
}

function PutRight({ card }: { readonly card: PleaseKnow }) {
  const t = words().pleaseKnow;
  const { label } = words().common;
  if (!card.putRight) return <span>{t.notPutRight}</span>;
  return (
    <span>
      {label(t.putRight)}
      <span dir="auto">{card.putRight}</span>
    </span>
  );
}

function Owed({ card }: { readonly card: PleaseKnow }) {
  const t = words().pleaseKnow;
  const { label } = words().common;
  if (!card.owed) return null;
  return (
    <span class="owed">
      <b>{label(t.owed)}</b>
      <span dir="auto">{card.owed}</span>
      {card.owedBy && ` · ${t.by(dayOf(card.owedBy))}`}
      {card.ally && ` · ${card.ally.fullName}`}
    </span>
  );
}

/** The sentence with which to acknowledge it; one click puts it into the draft. */
export function Say({ thread, card }: { readonly thread: Thread; readonly card: PleaseKnow }) {
  const t = words().pleaseKnow;
  const mayReply = capabilities(useDesk(), thread).reply;
  const use = () => {
    const before = thread.draft.reply.value;
    thread.draft.write('reply', before.trim() ? `${before.trimEnd()}\n${card.say}` : card.say);
    askToWrite('reply');
  };
  return (
    <p class="please-know-say">
      <span lang={thread.detail.value.locale} dir="auto">
        <span class="visually-hidden">{words().common.label(t.say)}</span>
        <q>{card.say}</q>
      </span>
      {mayReply && (
        <button type="button" class="button button-small" onClick={use}>
          {t.use}
        </button>
      )}
    </p>
  );
}
