/** The reader itself, wherever it runs: it holds the compiled rules and what is known at each seat. */
import { cardsIn } from '@fullname/shared/reader/cards';
import { type Conversation, conditionsOf, requestIn } from '@fullname/shared/reader/conditions';
import { type CompiledRules, compileRules, read } from '@fullname/shared/reader/read';
import { isConcrete } from '@fullname/shared/reader/refusal';
import type { About, Facts, FromReader, ToReader } from './protocol.ts';
import { isBy, isWords } from './words-said.ts';

type Seat = { readonly about: About; readonly facts: Facts };

/** Takes messages in order; a draft is answered at once, everything else changes what the next answer says. */
export function createEngine(): (message: ToReader) => FromReader | null {
  let compiled: CompiledRules = compileRules([]);
  const seats = new Map<number, Seat>();
  return (message) => {
    if (message.kind === 'rules') compiled = compileRules(message.rules);
    else if (message.kind === 'about') seats.set(message.seat, settle(message.about));
    else if (message.kind === 'leave') seats.delete(message.seat);
    else {
      const seat = seats.get(message.seat);
      if (seat) return answer(message, seat, compiled);
    }
    return null;
  };
}

function settle(about: About): Seat {
  return { about, facts: { conditions: conditionsOf(about.conversation), ...wishOf(about.conversation) } };
}

function wishOf({ entries, me }: Conversation): Omit<Facts, 'conditions'> {
  const spoken = entries.filter(isWords);
  const wishes = spoken.map(({ author, text }) => (author.kind === 'visitor' ? requestIn(text) : null));
  const at = wishes.map(Boolean).lastIndexOf(true);
  const since = at < 0 ? [] : spoken.slice(at + 1).filter(({ author }) => author.kind === 'agent');
  return {
    wish: wishes[at] ?? null,
    isOpen: at >= 0 && since.length === 0,
    isOffered: since.some((one) => isBy(one, me) && isConcrete(one.text)),
  };
}

function answer(
  { seat, number, draft }: Extract<ToReader, { kind: 'read' }>,
  { about, facts }: Seat,
  compiled: CompiledRules,
): FromReader {
  const reading = read(compiled, draft, { ...about.state, conditions: facts.conditions });
  return {
    seat,
    number,
    answer: { draft, reading, cards: cardsIn(draft), concrete: concreteIn(draft), facts },
  };
}

const SENTENCES = /[^.!?。！？\n]+(?:[.!?。！？]+|$)/gu;

/** What could be granted stands in one of them: an action with a time or a place. */
function concreteIn(draft: string): readonly string[] {
  return (draft.match(SENTENCES) ?? []).map((sentence) => sentence.trim()).filter(isConcrete);
}
