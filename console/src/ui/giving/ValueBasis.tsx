import type { Lifetime, Network, Value } from '@fullname/shared/model';
import type { ComponentChildren } from 'preact';
import { countOf, dateOf, moneyOf, percentOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { Fact } from '../customer/Fact.tsx';

type BasisProps = {
  readonly value: Value;
  readonly lifetime: Lifetime;
  readonly children?: ComponentChildren;
};

/** Behind one click: what the figure rests on, and what others bring. */
export function ValueBasis({ value, lifetime, children }: BasisProps) {
  const t = words().giving.value;
  const f = t.facts;
  return (
    <details class="value-basis">
      <summary>{t.basis}</summary>
      <p>{f.methods[lifetime.method]}</p>
      <dl class="facts">
        <Fact name={f.orders} value={f.ordersIn(countOf(value.orders), countOf(lifetime.years))} />
        <Fact name={f.mean} value={moneyOf(lifetime.meanPurchase, value.currency)} />
        <Fact name={f.toCome} value={countOf(lifetime.purchasesToCome)} />
        <Fact name={f.still} value={f.stillIs(percentOf(lifetime.stillCustomer))} />
        <Fact name={f.level} value={f.levelIs(percentOf(lifetime.level))} />
        {lifetime.discount > 0 && (
          <Fact name={f.discount} value={f.discountIs(percentOf(lifetime.discount))} />
        )}
        {lifetime.customers !== null && lifetime.repeatCustomers !== null && (
          <Fact
            name={f.customers}
            value={f.customersAre(countOf(lifetime.customers), countOf(lifetime.repeatCustomers))}
          />
        )}
        {lifetime.fittedAt && <Fact name={f.fitted} value={dateOf(lifetime.fittedAt)} />}
      </dl>
      {value.network && <Others network={value.network} currency={value.currency} />}
      {children}
    </details>
  );
}

/** Worth through others; the scenario is named as one, and never taken off anything. */
export function Others({ network, currency }: { readonly network: Network; readonly currency: string }) {
  const t = words().giving.value;
  const n = t.network;
  const money = (amount: number) => moneyOf(amount, currency);
  const [low, high] = network.range;
  return (
    <>
      <h4>{t.others}</h4>
      <ul class="others">
        {network.came > 0 && (
          <li>
            {n.came(countOf(network.came))}
            <span class="amount">{n.worth(money(network.fromReferrals))}</span>
          </li>
        )}
        {network.fromReach !== null && (
          <li>
            {n.reach}
            <span class="amount">{n.worth(money(network.fromReach))}</span>
          </li>
        )}
        <li class="together">
          <span>
            {n.together}
            {network.times !== null && <small>{n.times(countOf(network.times))}</small>}
          </span>
          <span class="amount">{t.about(money(network.about), countOf(low), countOf(high))}</span>
        </li>
      </ul>
      {network.scenario && (
        <p class="scenario">
          <b>{n.scenario}</b>
          {n.warned(money(network.scenario.lost), money(network.scenario.left))}
        </p>
      )}
    </>
  );
}
