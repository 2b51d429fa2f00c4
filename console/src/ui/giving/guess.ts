/** Owners guess what a customer is worth before the first figure is shown to them; everybody else sees figures at once. */
import type { ErrorCode } from '@fullname/shared/errors';
import type { Money, ValueGuess } from '@fullname/shared/recovery';
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';

export type Figures =
  | /** `guess` is an owner's own; `fresh` while it was made in this page. */
  { readonly state: 'shown'; readonly guess: ValueGuess | null; readonly fresh: boolean }
  | { readonly state: 'to-guess'; readonly guess: (amount: Money) => Promise<ErrorCode | null> }
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly problem: ErrorCode; readonly again: () => void };

type Known = {
  readonly person: string;
  readonly answer: ValueGuess | ErrorCode | null;
  readonly fresh: boolean;
};

/** Read once for each person: a guess stays as it is. */
const known = signal<Known | null>(null);

/** Whether figures of value may be drawn for this person now. */
export function useFigures(): Figures {
  const { person } = useDesk();
  const isOwner = person.role === 'owner';
  const mine = known.value?.person === person.id ? known.value : null;
  useEffect(() => {
    if (isOwner && !mine) void read(person.id);
  }, [isOwner, mine === null, person.id]);
  if (!isOwner) return { state: 'shown', guess: null, fresh: false };
  const answer = mine?.answer ?? null;
  if (answer === null) return { state: 'loading' };
  if (typeof answer === 'string')
    return { state: 'failed', problem: answer, again: () => void read(person.id) };
  if (answer.guess === null) return { state: 'to-guess', guess: (amount) => guess(person.id, amount) };
  return { state: 'shown', guess: answer, fresh: mine?.fresh ?? false };
}

async function read(person: string): Promise<void> {
  known.value = { person, answer: null, fresh: false };
  const answer = await api.valueGuess();
  known.value = { person, answer: answer.ok ? answer.value : answer.code, fresh: false };
}

async function guess(person: string, amount: Money): Promise<ErrorCode | null> {
  const answer = await api.guessValue(amount);
  if (!answer.ok) return answer.code;
  known.value = { person, answer: answer.value, fresh: true };
  return null;
}

/** For tests: nobody's guess is known. */
export function forgetGuess(): void {
  known.value = null;
}
