import type { NameParts } from '@fullname/shared/full-name';
import type { Role } from '@fullname/shared/model';
import type { PersonKey } from '../script.ts';

type DemoPerson = NameParts & {
  readonly key: PersonKey;
  readonly role: Role;
  readonly title: string;
  readonly email: string;
  readonly capacity: number;
  /** What they may give in a month without asking, where it is not the company's usual. */
  readonly goodwillBudget?: number;
};

/** Who works at the demo shop. A title says what the person does, never where in an organisation they sit. */
export const demoStaff: readonly DemoPerson[] = [
  {
    key: 'ingrid',
    given: 'Ingrid',
    family: 'Solheim',
    role: 'owner',
    title: 'Shopkeeper',
    email: 'ingrid.solheim@larkspur-reed.example',
    capacity: 3,
  },
  {
    key: 'megan',
    given: 'Megan',
    family: 'Kajitani',
    role: 'agent',
    title: 'Florist adviser',
    email: 'megan.kajitani@larkspur-reed.example',
    capacity: 6,
    goodwillBudget: 120,
  },
  {
    key: 'yijun',
    given: '怡君',
    family: '林',
    role: 'agent',
    title: '園藝顧問',
    email: 'yijun.lin@larkspur-reed.example',
    capacity: 6,
  },
  {
    key: 'tomas',
    given: 'Tomás',
    family: 'Echeverría',
    role: 'back-office',
    title: 'Packs and drives the deliveries',
    email: 'tomas.echeverria@larkspur-reed.example',
    capacity: 2,
  },
];
