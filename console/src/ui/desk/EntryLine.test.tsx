import { LOCALES } from '@fullname/shared/locale';
import type { Entry, InternalBody, PublicBody } from '@fullname/shared/model';
import { cleanup, render } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import { changeSettings } from '../../preferences.ts';
import { words } from '../../strings/index.ts';
import { lin, megan, message } from '../../testing/scripted-relay.ts';
import type { Thread } from '../../thread.ts';
import { EntryLine } from './EntryLine.tsx';

const promise = { person: megan, promise: 'p', text: 'a call', due: '2026-11-27T17:00:00.000Z' };
const amount = { amount: 12.5, currency: 'USD' };

/** What service recovery writes into the log, and the words that its line must keep. */
const FACTS: readonly (readonly [PublicBody | InternalBody, readonly string[]])[] = [
  [{ kind: 'promise-made', ...promise }, ['Megan Kajitani', 'a call']],
  [{ kind: 'promise-moved', ...promise }, ['Megan Kajitani', 'a call']],
  [{ kind: 'promise-kept', ...promise }, ['Megan Kajitani', 'a call']],
  [{ kind: 'promise-slipping', ...promise }, ['Megan Kajitani', 'a call']],
  [
    { kind: 'extras-offered', person: megan, offer: 'o', text: 'Choose', options: ['soil', 'a vase'] },
    ['Megan Kajitani', 'soil', 'a vase'],
  ],
  [{ kind: 'extra-chosen', offer: 'o', choice: 'a vase' }, ['a vase']],
  [{ kind: 'farewell-answered', question: 'how', text: 'Calm and quick' }, ['Calm and quick']],
  [{ kind: 'farewell-answered', question: 'hope', text: 'Peonies' }, ['Peonies']],
  [{ kind: 'ally-changed', from: megan, to: lin }, ['Megan Kajitani', '林怡君']],
  [{ kind: 'failure-stepped', by: megan, failure: 'f', stage: 'fixed', again: false }, ['Megan Kajitani']],
  [{ kind: 'failure-stepped', by: megan, failure: 'f', stage: 'gone-over', again: true }, ['Megan Kajitani']],
  [{ kind: 'goodwill-given', by: megan, amount, what: 'delivery' }, ['Megan Kajitani', '12.5', 'delivery']],
  [
    { kind: 'help-asked', by: megan, provider: lin, what: 'the van' },
    ['Megan Kajitani', '林怡君', 'the van'],
  ],
  [{ kind: 'help-answered', by: lin, state: 'promised', what: 'at four' }, ['林怡君', 'at four']],
  [{ kind: 'help-answered', by: lin, state: 'answered', what: 'it comes' }, ['林怡君', 'it comes']],
  [{ kind: 'help-answered', by: lin, state: 'declined', what: 'no van' }, ['林怡君', 'no van']],
  [{ kind: 'followed-up', by: megan, task: 'immediate', what: 'works' }, ['Megan Kajitani', 'works']],
  [{ kind: 'followed-up', by: megan, task: 'wrap-up', what: 'a card' }, ['Megan Kajitani', 'a card']],
  [{ kind: 'followed-up', by: megan, task: 'wrap-up', what: '' }, ['Megan Kajitani']],
  [
    { kind: 'followed-up', by: megan, task: 'wrap-up', wrapUp: 'handwritten', what: 'Dear Anna' },
    ['Megan Kajitani', 'Dear Anna'],
  ],
  [{ kind: 'followed-up', by: megan, task: 'effort', what: 'found it' }, ['Megan Kajitani', 'found it']],
];

function lineOf(body: PublicBody | InternalBody): string {
  const {
    kind: _kind,
    author: _author,
    text: _text,
    ...head
  } = message(7, '') as Extract<Entry, { kind: 'message' }>;
  // A fact's line reads nothing of the conversation around it.
  const { container } = render(
    <EntryLine thread={{} as Thread} entry={{ ...head, ...body } as Entry} first last={false} />,
  );
  const text = container.querySelector('.fact')?.textContent ?? '';
  cleanup();
  return text;
}

afterEach(cleanup);

describe.each(LOCALES)('what service recovery leaves in the log, in %s', (locale) => {
  it.each(FACTS)('says %o with its people and its words', (body, kept) => {
    changeSettings({ locale });
    const line = lineOf(body);
    for (const part of kept) expect(line).toContain(part);
  });

  it('ends with no colon where a message or a note left no words', () => {
    changeSettings({ locale });
    const followedUp = { kind: 'followed-up', by: megan, task: 'wrap-up', what: '' } as const;
    const bare = lineOf(followedUp).replace(/\s*\d\d:\d\d\s*$/, '');
    expect(bare).not.toMatch(/[:：]\s*$/);
    const kind = words().work.wrapUp.kinds['personal-message'].name;
    expect(lineOf({ ...followedUp, wrapUp: 'personal-message' })).toMatch(new RegExp(`[:：]\\s*${kind}`));
  });

  it('tells every kind apart', () => {
    changeSettings({ locale });
    const lines = FACTS.map(([body]) => lineOf(body));
    expect(new Set(lines).size).toBe(FACTS.length);
  });
});
