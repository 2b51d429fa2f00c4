/** A desk around one part of the book's pages, with a relay that answers as a test tells it to. */
import type { Change } from '@fullname/shared/book';
import { ok, type Result } from '@fullname/shared/errors';
import type { Phrase, Role } from '@fullname/shared/model';
import type { Rule } from '@fullname/shared/reader/rule';
import { signal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import type { Book, Shelf } from '../book.ts';
import { DeskContext, type Desk as WholeDesk } from '../context.ts';
import type { Inbox } from '../inbox.ts';
import { shelfOf } from './reading.ts';
import { megan, meganHerself } from './scripted-relay.ts';

export type Asked = { readonly what: string; readonly body: object | undefined };
type FakeRelay = {
  readonly asked: Asked[];
  /** What a test wants answered; ok with nothing where it says nothing. */
  answer: (asked: Asked) => Result<unknown> | undefined;
};

/** Answers the console's HTTP; says what it was asked. */
export function fakeRelay(): FakeRelay {
  const relay: FakeRelay = { asked: [], answer: () => undefined };
  globalThis.fetch = (input, options) => {
    const path = String(input);
    const body: unknown = typeof options?.body === 'string' ? JSON.parse(options.body) : undefined;
    const asked = { what: `${options?.method} ${path}`, body: body as object | undefined };
    relay.asked.push(asked);
    return Promise.resolve(new Response(JSON.stringify(relay.answer(asked) ?? ok({}))));
  };
  return relay;
}

type Desk = { readonly role?: Role; readonly shelf?: Partial<Shelf>; readonly reloaded?: () => void };

/** Drawn for Megan Kajitani, with a book that holds what the test says. */
export function inDesk(part: ComponentChild, { role = 'agent', shelf = {}, reloaded }: Desk = {}) {
  const full = shelfOf(shelf);
  const book = {
    read: () => full,
    reload: async () => reloaded?.(),
    propose: async (draft) => {
      const { api } = await import('../api.ts');
      const answer = await api.proposeChange(draft);
      return answer.ok ? null : answer.code;
    },
  } satisfies Partial<Book>;
  const inbox: Partial<Inbox> = { colleagues: signal([megan]) };
  const person = { ...meganHerself, title: null, role };
  return (
    // Only what the book's pages reach for is there.
    <DeskContext.Provider value={{ inbox, book, person, demo: false } as unknown as WholeDesk}>
      {part}
    </DeskContext.Provider>
  );
}

export const rule: Rule = {
  id: '00000000-0000-4000-8000-00000000a001',
  key: null,
  quietSince: null,
  by: null,
  locale: 'en',
  topic: 'vague-promise',
  title: 'Soon is no time',
  finds: ['(soon|shortly)', 'in a bit'],
  sayInstead: ['by four'],
  replaces: 'words',
  reason: 'Nobody can plan with it.',
  where: 'anywhere',
  situations: ['promise'],
  when: [],
  unless: ['hurry'],
  except: ['as soon as'],
  level: 'warning',
  mustFire: [{ text: 'We will call you soon.' }],
  mustNotFire: [{ text: 'We will call you soon.', given: ['hurry'] }],
};

export const phrase: Phrase = {
  id: '00000000-0000-4000-8000-00000000b001',
  locale: 'en',
  situation: 'hello',
  text: 'Good morning, I am here.',
  reason: 'A person answers.',
  notWhen: null,
  tags: [],
  by: null,
};

export const change: Change = {
  id: '00000000-0000-4000-8000-00000000c001',
  kind: 'phrase',
  target: phrase.id,
  body: { ...phrase, text: 'Good morning, I am here for you.' },
  state: 'open',
  example: 'Are you a robot?',
  by: { id: '00000000-0000-4000-8000-000000000002', fullName: '林怡君' },
  at: '2026-11-20T10:00:00.000Z',
  decidedBy: null,
  why: null,
  comments: [],
  votes: { for: 1, against: 0, mine: 0 },
};
