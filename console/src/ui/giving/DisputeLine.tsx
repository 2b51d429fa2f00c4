import type { Dispute } from '@fullname/shared/model';
import { countOf, moneyOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { useFigures } from './guess.ts';

/** What is argued about beside what the customer may be worth; nothing where there is no dispute, or no figure to be shown. */
export function DisputeOf({ thread, failure }: { readonly thread: Thread; readonly failure: string }) {
  const figures = useFigures();
  const dispute = thread.pane.value.value?.disputes.find((one) => one.failure === failure);
  if (!dispute || figures.state !== 'shown') return null;
  return <DisputeLine dispute={dispute} />;
}

/** “$12 against about $1,900 (1,200–2,800)”, and whether giving in is suggested. */
export function DisputeLine({ dispute }: { readonly dispute: Dispute }) {
  const t = words().giving.value.dispute;
  const { disputed, about, range, currency, giveIn, limit } = dispute;
  const money = (amount: number) => moneyOf(amount, currency);
  return (
    <div class="dispute">
      <p class="dispute-words">
        {t.against(money(disputed), money(about), countOf(range[0]), countOf(range[1]))}
      </p>
      {giveIn && (
        <p class="source">
          <span class="give-in">{t.giveIn}</span>
          {` · ${t.reason(money(limit))}`}
        </p>
      )}
    </div>
  );
}
