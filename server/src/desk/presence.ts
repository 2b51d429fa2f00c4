/**
 * Who is here. An agent is here while the person's own switch says so *and* a socket of theirs is open:
 * a browser that died is not "available". Visitors are here while a socket of theirs is.
 */
import type { Colleague } from '@fullname/shared/events';
import type { PersonCard } from '@fullname/shared/model';
import type { Directory } from '../people/directory.ts';

export type Presence = {
  agentCame(person: string, socket: string): void;
  agentLeft(person: string, socket: string): void;
  visitorCame(visitor: string, socket: string): void;
  visitorLeft(visitor: string, socket: string): void;
  isHere(person: string): boolean;
  visitorHere(visitor: string): boolean;
  /** Agents and owners who are here now: those who can take a conversation. */
  here(): string[];
  card(person: string): PersonCard;
  /** What colleagues see of a person; `open` is how many conversations they hold. */
  colleague(person: string, open: number): Colleague | null;
  /** Open conversations ÷ capacity of those who are here; null when nobody is. */
  load(open: number): number | null;
};

export function createPresence(directory: Directory, changed: () => void): Presence {
  const agents = new Map<string, Set<string>>();
  const visitors = new Map<string, Set<string>>();

  function isHere(person: string): boolean {
    const row = directory.get(person);
    return row?.active === true && row.here && agents.has(person);
  }

  function here(): string[] {
    return [...agents.keys()].filter(
      (person) => isHere(person) && directory.get(person)?.role !== 'back-office',
    );
  }

  function card(person: string): PersonCard {
    const row = directory.get(person);
    const present = isHere(person);
    const backAt =
      !present && row?.backAt && Date.parse(row.backAt) > Date.now()
        ? new Date(row.backAt).toISOString()
        : null;
    return { ...directory.ref(person), title: row?.title ?? null, here: present, backAt };
  }

  return {
    agentCame(person, socket) {
      if (add(agents, person, socket)) changed();
    },
    agentLeft(person, socket) {
      if (remove(agents, person, socket)) changed();
    },
    visitorCame(visitor, socket) {
      add(visitors, visitor, socket);
    },
    visitorLeft(visitor, socket) {
      remove(visitors, visitor, socket);
    },
    isHere,
    visitorHere: (visitor) => visitors.has(visitor),
    here,
    card,
    colleague(person, open) {
      const row = directory.get(person);
      return row ? { ...card(person), role: row.role, open } : null;
    },
    load(open) {
      const capacity = here().reduce((sum, person) => sum + (directory.get(person)?.capacity ?? 0), 0);
      return capacity === 0 ? null : open / capacity;
    },
  };
}

/** True when this was the first socket. */
function add(sockets: Map<string, Set<string>>, who: string, socket: string): boolean {
  const known = sockets.get(who);
  if (known) {
    known.add(socket);
    return false;
  }
  sockets.set(who, new Set([socket]));
  return true;
}

/** True when this was the last socket. */
function remove(sockets: Map<string, Set<string>>, who: string, socket: string): boolean {
  const known = sockets.get(who);
  known?.delete(socket);
  return known?.size === 0 && sockets.delete(who);
}
