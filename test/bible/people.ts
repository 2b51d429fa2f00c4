/** Who takes part in the book over HTTP: an owner and colleagues with their own sessions, at a relay with a real PostgreSQL. */
import { randomUUID } from 'node:crypto';
import type { Book, Change, ChangeDraft, PhraseBody } from '@fullname/shared/book';
import type { Role } from '@fullname/shared/model';
import type { RuleBody } from '@fullname/shared/reader/rule';
import { call, join, request } from '../support/console-api.ts';
import type { Relay } from '../support/relay.ts';

export type Member = {
  readonly name: string;
  readonly cookie: string;
  /** Asks, and gives the Result. */
  ask<Value = unknown>(what: string, body?: unknown): ReturnType<typeof request<Value>>;
  /** The same, for what must succeed. */
  do<Value>(what: string, body?: unknown): Promise<Value>;
  book(locale?: string): Promise<Book>;
  propose(draft: ChangeDraft): Promise<Change>;
};

export function ownerOf(relay: Relay): Member {
  return memberAt(relay, { name: 'Ruth Asante', cookie: relay.owner });
}

export async function colleague(
  relay: Relay,
  { given, family, role = 'agent' }: { given: string; family: string; role?: Role },
): Promise<Member> {
  const email = `${randomUUID()}@example.com`;
  const { cookie } = await join(
    { origin: relay.origin, cookie: relay.owner },
    { given, family, email, role },
  );
  return memberAt(relay, { name: `${given} ${family}`, cookie });
}

function memberAt({ origin }: Relay, { name, cookie }: { name: string; cookie: string }): Member {
  const asker = { origin, cookie };
  return {
    name,
    cookie,
    ask: (what, body) => request(asker, what, body),
    do: (what, body) => call(asker, what, body),
    book: (locale) => call<Book>(asker, `GET /api/book${locale === undefined ? '' : `?locale=${locale}`}`),
    propose: (draft) => call<Change>(asker, 'POST /api/book/changes', draft),
  };
}

export function phrase(text: string, values: Partial<PhraseBody> = {}): PhraseBody {
  return { locale: 'en', situation: 'hello', text, reason: 'Warm.', notWhen: null, tags: [], ...values };
}

/** Finds “that is not my department”, or what it is given. */
export function rule(values: Partial<RuleBody> = {}): RuleBody {
  return {
    locale: 'en',
    topic: 'organisation-chart',
    title: 'Somebody else’s department',
    finds: ['not my department'],
    sayInstead: ['I will find out for you'],
    replaces: 'sentence',
    reason: 'The customer wrote to one company.',
    where: 'anywhere',
    situations: [],
    when: [],
    unless: [],
    except: [],
    level: 'suggestion',
    mustFire: [{ text: 'Sorry, that is not my department.' }],
    mustNotFire: [{ text: 'I will ask the department for you.' }],
    ...values,
  };
}

export function adding(
  body: PhraseBody,
  values: Partial<Omit<ChangeDraft, 'kind' | 'body'>> = {},
): ChangeDraft {
  return { id: randomUUID(), kind: 'phrase', target: null, body, ...values };
}

export function addingRule(
  body: RuleBody,
  values: Partial<Omit<ChangeDraft, 'kind' | 'body'>> = {},
): ChangeDraft {
  return { id: randomUUID(), kind: 'rule', target: null, body, ...values };
}
