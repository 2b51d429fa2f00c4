import type { Dispute } from '@fullname/shared/model';
import { useDesk } from '../../context.ts';
import { countOf, moneyOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { openGiving } from '../../view.ts';
import { capabilities } from '../desk/capabilities.ts';
import { useFigures } from './guess.ts';

/** What is argued about beside what the customer may be worth; nothing where there is no dispute, or no figure to be shown. */
export function DisputeOf({ thread, failure }: { readonly thread: Thread; readonly failure: string }) {
  const figures = useFigures();
  const dispute = thread.pane.value.value?.disputes.find((one) => one.failure === failure);
  if (!dispute || figures.state !== 'shown') return null;
  return <DisputeLine thread={thread} dispute={dispute} />;
}

type DisputeProps = { readonly thread: Thread; readonly dispute: Dispute };

/** “$12 against about $1,900 (1,200–2,800)”, and where giving in is suggested, the way to do it. */
export function DisputeLine({ thread, dispute }: DisputeProps) {
  const t = words().giving.value.dispute;
  const { disputed, about, range, currency, giveIn, limit } = dispute;
  const money = (amount: number) => moneyOf(amount, currency);
  return (
    <div class="dispute">
      <p class="dispute-words">
        {t.against(money(disputed), money(about), countOf(range[0]), countOf(range[1]))}
      </p>
      {giveIn && (
        <>
          <p class="source">
            <span class="give-in">{t.giveIn}</span>
            {` · ${t.reason(money(limit))}`}
          </p>
          <GiveIn thread={thread} dispute={dispute} />
        </>
      )}
    </div>
  );
}

/** The dialog with the amount in it; nothing is given by this alone. Once something was given for it, it is not offered again. */
function GiveIn({ thread, dispute }: DisputeProps) {
  const t = words().giving.gift;
  const able = capabilities(useDesk(), thread);
  const { failure, disputed, currency } = dispute;
  const { timeline, goodwill } = thread.pane.value;
  if (!able.record || goodwill.some((use) => use.failure === failure)) return null;
  const item = timeline.find((one) => one.kind === 'failure' && one.id === failure);
  const isBlocked = item?.kind === 'failure' && item.wants === null;
  return (
    <p class="giving-acts">
      <button
        type="button"
        class="button button-small"
        aria-haspopup="dialog"
        disabled={isBlocked}
        onClick={() => openGiving('give', failure, { amount: disputed, currency })}
      >
        {t.give(moneyOf(disputed, currency))}
      </button>
      {isBlocked && <span class="field-hint">{t.wantsFirst}</span>}
    </p>
  );
}
