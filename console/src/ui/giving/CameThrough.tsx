import type { Customer } from '@fullname/shared/model';
import { useRef, useState } from 'preact/hooks';
import { monthOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say, sayProblem } from '../../toast.ts';
import { TextField } from '../common/Field.tsx';
import { useFoundCustomers } from '../customer/found-customers.ts';

type CameThroughProps = {
  readonly thread: Thread;
  readonly customer: Customer;
  readonly canRecord: boolean;
};

/** Through whom this customer came, as somebody said; counted in the value of the one who brought them. */
export function CameThrough({ thread, customer, canRecord }: CameThroughProps) {
  const t = words().giving.value.came;
  const [searching, setSearching] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const referrer = customer.referrer ?? null;
  if (!referrer && !canRecord) return null;

  /** The focus goes back to where the search was opened. */
  function leave(): void {
    opener.current?.focus();
    setSearching(false);
  }

  async function set(next: Customer) {
    const refused = await thread.setReferrer(customer.id, next.id);
    if (refused === 'CONFLICT') return t.self;
    if (refused) return words().errors[refused];
    leave();
    say(t.set(next.name), () => {
      void thread.setReferrer(customer.id, referrer?.id ?? null).then(sayProblem);
    });
    return null;
  }

  async function takeBack() {
    const refused = await thread.setReferrer(customer.id, null);
    if (refused) return sayProblem(refused);
    opener.current?.focus();
    say(t.removed, () => void thread.setReferrer(customer.id, referrer?.id ?? null).then(sayProblem));
  }

  return (
    <div class="came-through">
      {referrer && (
        <p>
          {words().common.label(t.label)}
          <b dir="auto">{referrer.name}</b>
        </p>
      )}
      {canRecord && (
        <p class="source">
          <button
            ref={opener}
            type="button"
            class="link-button"
            aria-expanded={searching}
            onClick={() => setSearching(!searching)}
          >
            {referrer ? t.change : t.ask}
          </button>
          {referrer && (
            <button type="button" class="link-button" onClick={() => void takeBack()}>
              {t.remove}
            </button>
          )}
        </p>
      )}
      {searching && <Search thread={thread} self={customer.id} onChoose={set} onLeave={leave} />}
    </div>
  );
}

type SearchProps = {
  readonly thread: Thread;
  readonly self: string;
  readonly onChoose: (customer: Customer) => Promise<string | null>;
  readonly onLeave: () => void;
};

function Search({ thread, self, onChoose, onLeave }: SearchProps) {
  const t = words();
  const [query, setQuery] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const found = useFoundCustomers(thread, query)?.filter((one) => one.id !== self);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc leaves from whatever in it has the focus.
    <div
      class="record-form stack"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onLeave();
      }}
    >
      <TextField
        label={t.giving.value.came.search}
        type="search"
        value={query}
        onChange={(value) => {
          setQuery(value);
          setProblem(null);
        }}
        problem={problem}
        focus
      />
      {found?.length === 0 && <p class="field-hint">{t.giving.value.came.nobody}</p>}
      {found && found.length > 0 && (
        <ul class="found-customers">
          {found.map((customer) => (
            <li key={customer.id}>
              <button
                type="button"
                class="found-customer"
                onClick={() => void onChoose(customer).then(setProblem)}
              >
                <b dir="auto">{customer.name}</b>
                <small>
                  {[customer.email, t.customer.since(monthOf(customer.since))].filter(Boolean).join(' · ')}
                </small>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
