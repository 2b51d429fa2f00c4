import type { Purse } from '@fullname/shared/recovery';
import { api } from '../../api.ts';
import { now } from '../../clock.ts';
import { useDesk } from '../../context.ts';
import { moneyOf, monthOf } from '../../format.ts';
import { go, hashOf } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { useLoaded } from '../common/load.ts';
import { Troubled } from '../settings/Troubled.tsx';
import { GiftLine } from './GiftLine.tsx';
import { leftOf } from './money.ts';

/** One's own goodwill of this month: what is left, what was given, and what colleagues ask of oneself. */
export function PurseSection() {
  const t = words().giving.purse;
  const { work } = useDesk();
  const purse = useLoaded<Purse>(() => api.purse(), [work.told.value]);
  if (!purse.value)
    return (
      <div class="page-body">
        <Troubled loaded={purse} />
      </div>
    );
  const { uses, asked } = purse.value;
  return (
    <div class="page-body purse">
      <p class="book-lead">{t.lead}</p>
      <Balance purse={purse.value} />
      {asked.length > 0 && (
        <section class="task-group">
          <h2>{t.asked}</h2>
          <ul class="records">
            {asked.map((use) => (
              <li key={use.id}>
                <p>{t.askedBy(use.by.fullName, moneyOf(use.amount.amount, use.amount.currency))}</p>
                <p class="source">
                  <span dir="auto">{use.what}</span>
                  {use.customer && <> · {t.forCustomer(use.customer.name)}</>}
                </p>
                <button
                  type="button"
                  class="link-button"
                  onClick={() => go({ page: 'todo', section: 'tasks' })}
                >
                  {t.toTasks}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {uses.length === 0 ? (
        <div class="empty">
          <h2>{t.empty.title}</h2>
          <p>{t.empty.text}</p>
        </div>
      ) : (
        <section class="task-group">
          <h2>{t.uses}</h2>
          <ul class="records">
            {uses.map((use) => (
              <GiftLine key={use.id} use={use} own>
                {use.customer && (
                  <>
                    {' · '}
                    {use.conversation ? (
                      <a href={hashOf({ page: 'desk', conversation: use.conversation })} dir="auto">
                        {use.customer.name}
                      </a>
                    ) : (
                      <span dir="auto">{use.customer.name}</span>
                    )}
                  </>
                )}
              </GiftLine>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Balance({ purse }: { readonly purse: Purse }) {
  const t = words().giving.purse;
  const { amount, currency } = purse.budget;
  const money = (of: number) => moneyOf(of, currency);
  const share = amount > 0 ? Math.min(1, purse.used / amount) : 0;
  return (
    <div class="purse-balance">
      <p class="value-range">{t.left(money(leftOf(purse)), money(amount))}</p>
      <p class="source">{t.month(monthOf(new Date(now.value).toISOString()))}</p>
      <svg class="plot-row" role="img" aria-label={t.bar(money(purse.used), money(amount))}>
        <title>{t.bar(money(purse.used), money(amount))}</title>
        <rect class="plot-track" y="4" height="8" rx="4" width="100%" />
        <rect
          class="plot-left"
          x={`${100 * share}%`}
          y="4"
          height="8"
          rx="4"
          width={`${100 * (1 - share)}%`}
        />
      </svg>
    </div>
  );
}
