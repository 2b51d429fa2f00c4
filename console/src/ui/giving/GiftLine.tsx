import type { GoodwillUse } from '@fullname/shared/recovery';
import type { ComponentChildren } from 'preact';
import { dayOf, momentOf, moneyOf } from '../../format.ts';
import { words } from '../../strings/index.ts';

type GiftLineProps = {
  readonly use: GoodwillUse;
  /** Among one's own: who gave it goes without saying. */
  readonly own?: boolean;
  readonly children?: ComponentChildren;
};

/** One use of goodwill: what, how much, by whom or whose word it waits for. */
export function GiftLine({ use, own = false, children }: GiftLineProps) {
  const t = words().giving.gift;
  const state = stateWords(use, own);
  return (
    <li class="gift" data-state={use.state}>
      <p>
        <span dir="auto">{use.what}</span>
        <span class="amount">{moneyOf(use.amount.amount, use.amount.currency)}</span>
      </p>
      <p class="source">
        {state && `${state} · `}
        <time dateTime={use.at} title={momentOf(use.at)}>
          {dayOf(use.at)}
        </time>
        {children}
      </p>
      {use.instead && (
        <p class="gift-instead">
          {words().common.label(t.instead)}
          <span dir="auto">{use.instead}</span>
        </p>
      )}
    </li>
  );
}

function stateWords({ state, by, colleague }: GoodwillUse, own: boolean): string {
  const t = words().giving.gift;
  if (state === 'given')
    return [!own && t.by(by.fullName), colleague && t.grantedBy(colleague.fullName)]
      .filter(Boolean)
      .join(' · ');
  const name = colleague?.fullName ?? '';
  return state === 'asked' ? t.waits(name) : t.noFrom(name);
}
