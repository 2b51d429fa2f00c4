import type { Lifetime, Purchase, Value } from '@fullname/shared/model';
import { countOf, dateOf, moneyOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { showFailure } from '../../view.ts';
import { CameThrough } from '../giving/CameThrough.tsx';
import { DisputeLine } from '../giving/DisputeLine.tsx';
import { GuessBeside, GuessFirst } from '../giving/GuessFirst.tsx';
import { type Figures, useFigures } from '../giving/guess.ts';
import { RangePlot } from '../giving/RangePlot.tsx';
import { Others, ValueBasis } from '../giving/ValueBasis.tsx';

const SHOWN = 4;

type ValueSectionProps = { readonly thread: Thread; readonly canRecord: boolean };

/** What this customer may be worth: a range, what it rests on, and what is argued about beside it. */
export function ValueSection({ thread, canRecord }: ValueSectionProps) {
  const t = words();
  const figures = useFigures();
  const { value, customer } = thread.pane.value;
  return (
    <section class="value">
      <h3>{t.customer.value}</h3>
      {value?.lifetime ? (
        <Known thread={thread} value={value} lifetime={value.lifetime} figures={figures} />
      ) : (
        <Unknown value={value} figures={figures} />
      )}
      {customer && <CameThrough thread={thread} customer={customer} canRecord={canRecord} />}
    </section>
  );
}

/** Too little is known of them for a range; what is known is said. */
function Unknown({ value, figures }: { readonly value: Value | null; readonly figures: Figures }) {
  const t = words().giving.value;
  return (
    <>
      <p class="field-hint">{t.why[value?.why ?? 'nothing']}</p>
      {value && <Spent value={value} />}
      {value?.network && figures.state === 'shown' && (
        <Others network={value.network} currency={value.currency} />
      )}
    </>
  );
}

type KnownProps = {
  readonly thread: Thread;
  readonly value: Value;
  readonly lifetime: Lifetime;
  readonly figures: Figures;
};

function Known({ thread, value, lifetime, figures }: KnownProps) {
  const t = words();
  switch (figures.state) {
    case 'loading':
      return <span class="skeleton" aria-hidden="true" />;
    case 'failed':
      return (
        <p class="form-problem" role="alert">
          {t.errors[figures.problem]}{' '}
          <button type="button" class="link-button" onClick={figures.again}>
            {t.common.tryAgain}
          </button>
        </p>
      );
    case 'to-guess':
      return <GuessFirst years={lifetime.horizonYears} currency={value.currency} guess={figures.guess} />;
    case 'shown':
      return (
        <>
          <Range value={value} lifetime={lifetime} />
          <Disputes thread={thread} value={value} />
          {figures.guess && figures.fresh && <GuessBeside guess={figures.guess} />}
          <ValueBasis value={value} lifetime={lifetime}>
            {figures.guess && !figures.fresh && <GuessBeside guess={figures.guess} />}
          </ValueBasis>
        </>
      );
  }
}

function Range({ value, lifetime }: { readonly value: Value; readonly lifetime: Lifetime }) {
  const t = words().giving.value;
  const [low, high] = lifetime.range;
  return (
    <>
      <p class="value-range">
        {t.about(moneyOf(lifetime.about, value.currency), countOf(low), countOf(high))}
      </p>
      <p class="source">{t.years(lifetime.horizonYears)}</p>
      <RangePlot spent={value.spent} lifetime={lifetime} currency={value.currency} />
      <Spent value={value} />
    </>
  );
}

function Spent({ value }: { readonly value: Value }) {
  return (
    <p class="source">
      {words().giving.value.spent(moneyOf(value.spent, value.currency), countOf(value.orders))}
    </p>
  );
}

function Disputes({ thread, value }: { readonly thread: Thread; readonly value: Value }) {
  const t = words().giving.value.dispute;
  if (value.disputes.length === 0) return null;
  const whatOf = (failure: string) => {
    const item = thread.pane.value.timeline.find((one) => one.kind === 'failure' && one.id === failure);
    return item?.kind === 'failure' ? item.what : null;
  };
  return (
    <>
      <h4>{t.title}</h4>
      <ul class="disputes">
        {value.disputes.map((dispute) => (
          <li key={dispute.failure}>
            <DisputeLine thread={thread} dispute={dispute} />
            {whatOf(dispute.failure) && (
              <button
                type="button"
                class="link-button dispute-of"
                dir="auto"
                onClick={() => showFailure(dispute.failure)}
              >
                {whatOf(dispute.failure)}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
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
