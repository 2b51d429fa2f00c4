import type { Locale } from '@fullname/shared/locale';
import { demoCustomers } from './content/customers.ts';

/** A customer whom anybody at the demo shop may play. `key` is the shop's own id of the customer. */
export type Persona = {
  readonly key: string;
  readonly name: string;
  readonly says: string;
  readonly locale: Locale;
};

const CHOSEN: readonly { readonly key: string; readonly says: string }[] = [
  { key: 'anna-lindqvist', says: 'whose parcel was late twice' },
  { key: 'ngozi-adeyemi', says: 'whose vase came cracked' },
  { key: 'omar-haddad', says: 'who was promised a date' },
  { key: 'helen-papadakis', says: 'who uses a screen reader' },
  { key: 'chen-siyuan', says: 'who writes 简体中文' },
  { key: 'lin-shufen', says: 'who writes 繁體中文' },
];

export const personas: readonly Persona[] = CHOSEN.flatMap(({ key, says }) => {
  const customer = demoCustomers.find((one) => one.key === key);
  return customer ? [{ key, says, name: customer.name, locale: customer.locale }] : [];
});
