/** What the owner of the site asks before the first words, as this browser keeps it: sent with these, and nothing of it is lost. */
import type { Introduction } from '@fullname/shared/events';
import { EMAIL_MAX_LENGTH, NAME_MAX_LENGTH, ORDER_MAX_LENGTH } from '@fullname/shared/limits';
import { maskCards } from '@fullname/shared/reader/cards';
import { repairText } from '@fullname/shared/text';
import { said } from './said.ts';
import type { ChatState } from './state.ts';
import type { Records } from './storage/kept.ts';
import type { Chosen } from './talk.ts';

export type Field = keyof Introduction;

export type BeforeOptions = {
  readonly kept: Pick<Records, 'get' | 'write'>;
  readonly state: () => ChatState;
  readonly set: (patch: Partial<ChatState>) => void;
  /** There are words already, sent or on their way: then nothing waits any more. */
  readonly isBegun: () => boolean;
};

export type Before = {
  /** What this visitor is asked. */
  asked(): readonly Field[];
  /** Takes and keeps what stands in the fields. */
  introduce(about: Introduction): void;
  /** What is still to be said, or cannot be meant. */
  lacks(): readonly Field[];
  /** Whether what is to be sent waits for it; then the state says so. */
  holds(): boolean;
  /** The files that may go now, with those that waited; none while they wait. */
  take(files: readonly Chosen[]): readonly Chosen[];
  /** What goes with the first words; undefined where nothing was said. */
  said(): Promise<Introduction | undefined>;
  /** The relay has it. */
  told(): Promise<void>;
  /** What is kept, also by another window. */
  load(): Promise<void>;
  /** Somebody leaves: nothing of theirs is left here. The store is cleared by whoever asks for it. */
  clear(): void;
};

const ABOUT = 'about';
const LONGEST = { name: NAME_MAX_LENGTH, email: EMAIL_MAX_LENGTH, order: ORDER_MAX_LENGTH };
const FIELDS = ['name', 'email', 'order'] as const;
/** As the relay has it: an address that it refuses would leave the first words unsent. */
const EMAIL = /^(?!\.)(?!.*\.\.)[\w'+.-]*[\w+-]@([a-z\d][a-z\d-]*\.)+[a-z]{2,}$/i;

export function createBefore({ kept, state, set, isBegun }: BeforeOptions): Before {
  /** As it stands in the fields; null where nothing was said, or somebody has left. */
  let about: Introduction | null = null;
  let keeping: Promise<unknown> = Promise.resolve();
  let waits = false;
  /** In this page alone. */
  let held: readonly Chosen[] = [];

  const read = async (): Promise<Introduction> => aboutOf(await kept.get(ABOUT).catch(() => null));
  const before: Before = {
    asked() {
      const { visitor } = state();
      const known = { name: visitor?.name, email: visitor?.emailKnown, order: false };
      return FIELDS.filter((name) => (said.preChat?.[name] ?? 'off') !== 'off' && !known[name]);
    },
    introduce(next) {
      about = next;
      set({ about });
      // However fast somebody types, one write is on its way and one waits: of a queue of them a reload would lose the last.
      if (waits) return;
      waits = true;
      keeping = keeping
        .then(() => {
          waits = false;
          return about && kept.write([{ put: ABOUT, value: safe(about) }]);
        })
        .catch(() => undefined);
    },
    lacks() {
      if (isBegun()) return [];
      return before.asked().filter((name) => {
        const text = about?.[name]?.trim();
        return text ? name === 'email' && !EMAIL.test(text) : said.preChat?.[name] === 'required';
      });
    },
    holds() {
      const lacks = before.lacks();
      set({ lacks, held: held.map(({ name }) => name) });
      return lacks.length > 0;
    },
    take(files) {
      held = [...held, ...files];
      if (before.holds()) return [];
      const going = held;
      held = [];
      return going;
    },
    async said() {
      await keeping;
      const all = await read();
      // Of what is not asked any more, since it is known by now, nothing is said.
      const told = before.asked().flatMap((name) => {
        const text = all[name]?.trim();
        return text ? [[name, text]] : [];
      });
      return told.length ? (Object.fromEntries(told) as Introduction) : undefined;
    },
    async told() {
      about = null;
      set({ about: {} });
      await kept.write([{ delete: ABOUT }]);
    },
    async load() {
      await keeping;
      const now = keeping;
      const all = await read();
      // What was written meanwhile is newer.
      if (now !== keeping) return;
      about = all;
      set({ about });
    },
    clear() {
      about = null;
      held = [];
      // A reading that began before is of somebody who left.
      keeping = keeping.then();
      set({ about: {}, lacks: [], held: [] });
    },
  };
  return before;
}

function safe(about: Introduction): Introduction {
  return Object.fromEntries(FIELDS.map((name) => [name, maskCards(repairText(about[name] ?? ''))]));
}

/** The host page can write to what is kept: only what has the right form is shown and sent. */
function aboutOf(value: unknown): Introduction {
  const all = (value ?? {}) as Record<string, unknown>;
  const known = FIELDS.flatMap((name) => {
    const text = all[name];
    return typeof text === 'string' ? [[name, text.slice(0, LONGEST[name])]] : [];
  });
  return Object.fromEntries(known) as Introduction;
}
