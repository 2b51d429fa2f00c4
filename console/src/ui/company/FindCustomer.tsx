import type { Customer } from '@fullname/shared/model';
import { useState } from 'preact/hooks';
import { monthOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { TextField } from '../common/Field.tsx';
import { useFoundCustomers } from '../customer/found-customers.ts';

type FindCustomerProps = {
  readonly thread: Thread;
  /** The record that is looked from. */
  readonly except: string;
  readonly nobody: string;
  readonly onFound: (found: Customer) => void;
};

/** A customer's record, by name or address. */
export function FindCustomer({ thread, except, nobody, onFound }: FindCustomerProps) {
  const t = words().customer;
  const [query, setQuery] = useState('');
  const found = useFoundCustomers(thread, query)?.filter((one) => one.id !== except);

  return (
    <div class="find-customer">
      <TextField label={t.searchCustomers} type="search" value={query} onChange={setQuery} focus />
      {found?.length === 0 && <p class="field-hint">{nobody}</p>}
      <ul class="found-customers">
        {found?.map((customer) => (
          <li key={customer.id}>
            <button type="button" class="found-customer" onClick={() => onFound(customer)}>
              <b dir="auto">{customer.name}</b>
              <small>
                {[customer.email, t.since(monthOf(customer.since)), customer.ally?.fullName]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
