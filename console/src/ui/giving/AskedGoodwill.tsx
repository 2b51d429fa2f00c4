import type { Purse } from '@fullname/shared/recovery';
import { api } from '../../api.ts';
import { moneyOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { useLoaded } from '../common/load.ts';

/** What a colleague asks one's word on: who, how much, what, to whom. */
export function AskedGoodwill({ goodwill }: { readonly goodwill: string }) {
  const t = words().giving.purse;
  const purse = useLoaded<Purse>(() => api.purse(), [goodwill]);
  const use = purse.value?.asked.find((one) => one.id === goodwill);
  if (!use) return null;
  return (
    <div class="asked-card">
      <p>
        <b>{t.askedBy(use.by.fullName, moneyOf(use.amount.amount, use.amount.currency))}</b>
        {use.customer && (
          <>
            {' '}
            <span dir="auto">{t.forCustomer(use.customer.name)}</span>
          </>
        )}
      </p>
      <p dir="auto">{use.what}</p>
    </div>
  );
}
