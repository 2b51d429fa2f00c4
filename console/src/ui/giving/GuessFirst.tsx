import type { ErrorCode } from '@fullname/shared/errors';
import type { Money, ValueGuess } from '@fullname/shared/recovery';
import { useState } from 'preact/hooks';
import { countOf, moneyOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { TextField } from '../common/Field.tsx';
import { moneyFrom } from '../recovery/failure-draft.ts';

type GuessFirstProps = {
  readonly years: number;
  readonly currency: string;
  readonly guess: (amount: Money) => Promise<ErrorCode | null>;
};

/** One field instead of the figures. */
export function GuessFirst({ years, currency, guess }: GuessFirstProps) {
  const t = words().giving.value.guess;
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (busy) return;
    const amount = moneyFrom(text.replace(/[\s$,](?=\d{3}\b)/g, ''), currency);
    if (!amount) return setProblem(t.bad);
    setBusy(true);
    const refused = await guess(amount);
    setBusy(false);
    if (refused) setProblem(words().errors[refused]);
  }

  return (
    <form class="guess stack" aria-label={t.question(years)} onSubmit={(event) => void submit(event)}>
      <p class="guess-question">{t.question(years)}</p>
      <TextField
        label={t.label(currency)}
        value={text}
        onChange={(value) => {
          setText(value);
          setProblem(null);
        }}
        maxLength={14}
        inputMode="decimal"
        problem={problem}
      />
      <button type="submit" class="button button-primary" disabled={text.trim() === '' || busy}>
        {t.submit}
      </button>
      <p class="field-hint">{t.lead}</p>
    </form>
  );
}

/** The guess beside all customers together: the one in the middle, and between which the middle half lies. */
export function GuessBeside({ guess }: { readonly guess: ValueGuess }) {
  const t = words().giving.value.guess;
  const { company } = guess;
  if (!guess.guess) return null;
  const money = (amount: number) => moneyOf(amount, company?.currency ?? '');
  return (
    <>
      <dl class="facts guess-beside">
        <div>
          <dt>{t.yours}</dt>
          <dd>{moneyOf(guess.guess.amount, guess.guess.currency)}</dd>
        </div>
        {company && (
          <>
            <div>
              <dt>{t.median}</dt>
              <dd>
                {money(company.median)} <small>{t.customers(countOf(company.customers))}</small>
              </dd>
            </div>
            <div>
              <dt>{t.middle}</dt>
              <dd>{t.range(money(company.middle[0]), money(company.middle[1]))}</dd>
            </div>
          </>
        )}
      </dl>
      {!company && <p class="field-hint">{t.unknown}</p>}
    </>
  );
}
