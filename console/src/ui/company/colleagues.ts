import type { Colleague } from '@fullname/shared/events';
import type { Desk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import type { Choosable } from '../common/ChoosePerson.tsx';

type Wanted = {
  /** Only those who answer customers. */
  readonly answering?: boolean;
  /** Oneself as well. */
  readonly withMe?: boolean;
};

/** Colleagues by full name, with what they do. */
export function colleaguesOf({ inbox, person }: Pick<Desk, 'inbox' | 'person'>, wanted: Wanted): Choosable[] {
  const t = words().settings;
  return inbox.colleagues.value
    .filter((one) => wanted.withMe || one.id !== person.id)
    .filter((one) => !wanted.answering || one.role !== 'back-office')
    .sort((a, b) => a.fullName.localeCompare(b.fullName))
    .map((one) => ({ id: one.id, fullName: one.fullName, beside: besideOf(one, person.id, t.you) }));
}

function besideOf(one: Colleague, me: string, you: string): string {
  return [one.id === me ? you : null, one.title ?? words().settings.roles[one.role]]
    .filter(Boolean)
    .join(' · ');
}
