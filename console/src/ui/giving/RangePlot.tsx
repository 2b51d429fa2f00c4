import type { Lifetime } from '@fullname/shared/model';
import { moneyOf } from '../../format.ts';
import { words } from '../../strings/index.ts';

type RangePlotProps = {
  readonly spent: number;
  readonly lifetime: Lifetime;
  readonly currency: string;
};

/** What was spent beside what may come, on one scale: a bar, and a range with its middle. */
export function RangePlot({ spent, lifetime, currency }: RangePlotProps) {
  const t = words().giving.value;
  const [low, high] = lifetime.range;
  const money = (amount: number) => moneyOf(amount, currency);
  const most = Math.max(spent, high, lifetime.about, 1);
  const at = (amount: number) => `${(100 * Math.max(0, amount)) / most}%`;
  return (
    <figure
      class="value-plot"
      role="img"
      aria-label={t.plot(money(spent), money(lifetime.about), money(low), money(high))}
    >
      <span>{t.soFar}</span>
      <svg class="plot-row" aria-hidden="true">
        <rect class="plot-spent" y="4" height="8" rx="2" width={at(spent)} />
      </svg>
      <span>{t.toCome}</span>
      <svg class="plot-row" aria-hidden="true">
        <rect class="plot-range" x={at(low)} y="4" height="8" rx="4" width={at(high - low)} />
        <circle class="plot-about" cx={at(lifetime.about)} cy="8" r="4.5" />
      </svg>
    </figure>
  );
}
