import type { GoodwillUse } from '@fullname/shared/recovery';
import type { ComponentChildren } from 'preact';
import { dateOf, momentOf, moneyOf } from '../../format.ts';
import { words } from '../../strings/index.ts';

type GiftLineProps = { readonly use: GoodwillUse; readonly children?: ComponentChildren };

/** One use of goodwill: what, how much, by whom or whose word it waits for. */
export function GiftLine({ use, children }: GiftLineProps) {
  const t = words().giving.gift;
  return (
    <li class="gift" data-state={use.state}>
      <p>
        <span dir="auto">{use.what}</span>
        <span class="amount">{moneyOf(use.amount.amount, use.amount.currency)}</span>
      </p>
      <p class="source">
        {stateWords(use)} ·{' '}
        <time dateTime={use.at} title={momentOf(use.at)}>
          {dateOf(use.at)}
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

function stateWords({ state, by, colleague }: GoodwillUse): string {
  const t = words().giving.gift;
  if (state === 'given')
    return [t.by(by.fullName), colleague && t.grantedBy(colleague.fullName)].filter(Boolean).join(' · ');
  const name = colleague?.fullName ?? '';
  return state === 'asked' ? t.waits(name) : t.noFrom(name);
}
