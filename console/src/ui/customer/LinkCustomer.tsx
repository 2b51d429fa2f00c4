import { useState } from 'preact/hooks';
import { dateOf, monthOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say, sayProblem } from '../../toast.ts';
import { TextField } from '../common/Field.tsx';
import { useFoundCustomers } from './found-customers.ts';

/** Says who a visitor is: somebody known, or a new record. It can be taken back, and it is kept in the log. */
export function LinkCustomer({ thread }: { readonly thread: Thread }) {
  const t = words().customer;
  const [query, setQuery] = useState('');
  const found = useFoundCustomers(thread, query);
  const wanted = query.trim();

  async function link(customer: string | { readonly name: string }, name: string) {
    const refused = await thread.link(customer);
    if (refused) return sayProblem(refused);
    say(t.linkedTo(name), () => void thread.link(null).then(sayProblem));
  }

  return (
    <section class="link-customer">
      <h3>{t.link}</h3>
      <p class="field-hint">{t.linkHint}</p>
      <TextField label={t.searchCustomers} type="search" value={query} onChange={setQuery} />
      {found?.length === 0 && <p class="field-hint">{t.noCustomer}</p>}
      <ul class="found-customers">
        {found?.map((customer) => (
          <li key={customer.id}>
            <button
              type="button"
              class="found-customer"
              onClick={() => void link(customer.id, customer.name)}
            >
              <b dir="auto">{customer.name}</b>
              <small>{[customer.email, t.since(monthOf(customer.since))].filter(Boolean).join(' · ')}</small>
            </button>
          </li>
        ))}
      </ul>
      {found && (
        <button type="button" class="link-button" onClick={() => void link({ name: wanted }, wanted)}>
          {t.newRecord(wanted)}
        </button>
      )}
    </section>
  );
}

/** How it is known that this browser is this customer. */
export function Linked({ thread, canTakeBack }: { readonly thread: Thread; readonly canTakeBack: boolean }) {
  const t = words().customer;
  const { link, customer } = thread.pane.value;
  if (!link || !customer) return null;
  if (link.by === 'identity') return <p class="source linked">{t.linkedByIdentity}</p>;

  const takeBack = async () => {
    const refused = await thread.link(null);
    if (refused) sayProblem(refused);
    else say(t.unlinkedDone, () => void thread.link(customer.id).then(sayProblem));
  };
  return (
    <p class="source linked">
      {t.linkedBy(link.person.fullName, dateOf(link.at))}
      {canTakeBack && (
        <button type="button" class="link-button" onClick={() => void takeBack()}>
          {t.unlink}
        </button>
      )}
    </p>
  );
}
