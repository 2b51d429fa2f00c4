import type { Purchase, Value } from '@fullname/shared/model';
import { dateOf, moneyOf } from '../../format.ts';
import { words } from '../../strings/index.ts';

const SHOWN = 4;

/** What this customer may be worth: a range, and what it rests on. */
export function ValueRange({ value }: { readonly value: Value | null }) {
  const t = words().customer;
  return (
    <section>
      <h3>{t.value}</h3>
      {value?.lifetime ? (
        <p class="value-range">
          {t.valueRange(
            moneyOf(value.lifetime.range[0], value.currency),
            moneyOf(value.lifetime.range[1], value.currency),
          )}
        </p>
      ) : (
        <p class="field-hint">{t.valueUnknown}</p>
      )}
      {value && <p class="source">{t.valueBasis(moneyOf(value.spent, value.currency), value.orders)}</p>}
    </section>
  );
}

export function Purchases({ purchases }: { readonly purchases: readonly Purchase[] }) {
  const t = words().customer;
  if (purchases.length === 0) return null;
  return (
    <section>
      <h3>{t.purchases}</h3>
      <ul class="purchases">
        {purchases.slice(0, SHOWN).map((purchase) => (
          <li key={purchase.id}>
            <span dir="auto">{purchase.what}</span>
            <span class="amount">{moneyOf(purchase.amount, purchase.currency)}</span>
            <time dateTime={purchase.at}>{dateOf(purchase.at)}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}
