import type { Purse } from '@fullname/shared/recovery';
import { api } from '../../api.ts';
import { moneyOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { useLoaded } from '../common/load.ts';

/** What a colleague asks one's word on: who, and how much; what it is stands above it. */
export function AskedGoodwill({ goodwill }: { readonly goodwill: string }) {
  const t = words().giving.purse;
  const purse = useLoaded<Purse>(() => api.purse(), [goodwill]);
  const use = purse.value?.asked.find((one) => one.id === goodwill);
  if (!use) return null;
  return (
    <p>
      <b>{t.askedBy(use.by.fullName, moneyOf(use.amount.amount, use.amount.currency))}</b>
    </p>
  );
}
