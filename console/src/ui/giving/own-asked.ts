/** What oneself asked colleagues about this month, and what they said: told as soon as it is known. */
import type { GoodwillUse } from '@fullname/shared/recovery';
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { moneyOf } from '../../format.ts';
import { go } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { sayWithWay } from '../../toast.ts';

type Asked = { readonly person: string; readonly uses: readonly GoodwillUse[] };
const asked = signal<Asked | null>(null);

/** What was asked in one conversation and not granted (yet): shown to nobody but who asked. */
export function ownAskedIn(conversation: string, person: string): readonly GoodwillUse[] {
  if (asked.value?.person !== person) return [];
  return asked.value.uses.filter((use) => use.conversation === conversation && use.state !== 'given');
}

/** Reads once, then whenever work has changed while a colleague's word is waited for. */
export function useGoodwillNews(): void {
  const { person, work } = useDesk();
  const told = work.told.value;
  useEffect(() => {
    if (person.role === 'back-office') return;
    const mine = asked.peek();
    const waits = mine?.person === person.id ? mine.uses.some(({ state }) => state === 'asked') : true;
    if (waits) void readOwnAsked(person.id);
  }, [told, person.id, person.role]);
}

export async function readOwnAsked(person: string): Promise<void> {
  const answer = await api.purse();
  if (!answer.ok) return;
  const before = asked.peek();
  const uses = answer.value.uses.filter((use) => use.colleague !== null);
  asked.value = { person, uses };
  if (before?.person !== person) return;
  for (const use of uses) {
    const was = before.uses.find(({ id }) => id === use.id);
    if (was?.state === 'asked' && use.state !== 'asked') tell(use);
  }
}

function tell(use: GoodwillUse): void {
  const t = words().giving.gift;
  const name = use.colleague?.fullName ?? '';
  const text =
    use.state === 'given'
      ? t.saidYes(name, moneyOf(use.amount.amount, use.amount.currency))
      : t.saidNo(name, use.instead ?? '');
  const { conversation } = use;
  sayWithWay(text, {
    label: words().work.open,
    act: () =>
      conversation ? go({ page: 'desk', conversation }) : go({ page: 'todo', section: 'goodwill' }),
  });
}

/** For tests: nothing was asked. */
export function forgetOwnAsked(): void {
  asked.value = null;
}
