import type { Customer } from '@fullname/shared/model';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import { type Overlay, overlay } from '../../view.ts';
import { Icon } from '../common/Icon.tsx';
import { Menu, type MenuItem } from '../common/Menu.tsx';

/** What can be done with a customer's whole record, beside the name. */
export function CustomerMenu({ customer }: { readonly customer: Customer }) {
  const t = words().company;
  const { role } = useDesk().person;
  const open = (which: Overlay) => () => {
    overlay.value = which;
  };
  if (role === 'back-office') return null;
  const items: MenuItem[] = [
    { label: t.merge.open, act: open('merge') },
    { label: t.merges.open, act: open('merges') },
    ...(role === 'owner' ? [{ label: t.give.open, divided: true, act: open('give-ally') }] : []),
  ];
  return <Menu label={t.customerMenu(customer.name)} button={<Icon name="more" />} items={items} />;
}
