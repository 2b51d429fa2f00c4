/** Rules and a book for tests of the composer: small, and of one mind. */
import { ok } from '@fullname/shared/errors';
import type { Phrase } from '@fullname/shared/model';
import type { Rule } from '@fullname/shared/reader/rule';
import type { Book, Shelf } from '../book.ts';

/** A rule that finds one pattern. */
export function rule(finds: string, change: Partial<Rule> = {}): Rule {
  return {
    id: `rule-${finds}`,
    key: null,
    quietSince: null,
    by: null,
    locale: 'en',
    topic: 'as-i-said',
    title: `About “${finds}”`,
    finds: [finds],
    sayInstead: [],
    replaces: 'words',
    reason: 'It blames the reader.',
    where: 'anywhere',
    situations: [],
    when: [],
    unless: [],
    except: [],
    level: 'warning',
    mustFire: [],
    mustNotFire: [],
    ...change,
  };
}

export function phrase(text: string, change: Partial<Phrase> = {}): Phrase {
  return {
    id: `phrase-${text.slice(0, 8)}`,
    locale: 'en',
    situation: 'hello',
    text,
    reason: 'People trust a full name.',
    notWhen: null,
    tags: [],
    by: null,
    ...change,
  };
}

export function shelfOf(change: Partial<Shelf> = {}): Shelf {
  return {
    version: 1,
    revision: 1,
    phrases: [],
    rules: [],
    changes: [],
    settings: { refusal: 'ask', contacts: [] },
    acknowledged: 1,
    problem: null,
    ...change,
  };
}

/** A book that is read already; what is proposed is kept in `proposed`. */
export function bookOf(shelf: Shelf): Book & { readonly proposed: Parameters<Book['propose']>[0][] } {
  const proposed: Parameters<Book['propose']>[0][] = [];
  return {
    proposed,
    read: () => shelf,
    published: () => shelf.phrases,
    forMoment: (_locale, { situation }) => shelf.phrases.filter((one) => one.situation === situation),
    propose: async (draft) => {
      proposed.push(draft);
      return null;
    },
    reload: async () => undefined,
    stop: () => undefined,
  };
}

/** An answer that has nothing in it. */
export const DONE = ok({} as never);
