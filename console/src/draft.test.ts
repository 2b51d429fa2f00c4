import { ok } from '@fullname/shared/errors';
import { signal } from '@preact/signals';
import { afterEach, expect, it } from 'vitest';
import { openDraft } from './draft.ts';
import { startLog } from './entry-log.ts';
import { CONVERSATION, megan, opened, scriptedRelay } from './testing/scripted-relay.ts';
import { threadActs } from './thread-acts.ts';

afterEach(() => localStorage.clear());

it('keeps a card number on this machine and on the relay by its last four digits alone', () => {
  const relay = scriptedRelay();
  relay.handlers['draft:save'] = () => ok({});
  const draft = openDraft({ connection: relay, person: megan.id, conversation: CONVERSATION, stored: '' });
  draft.write('reply', 'Your card 4111 1111 1111 1111 was declined');
  draft.write('note', 'paid with 5500000000000004');
  draft.flush();
  expect(relay.requests('draft:save')).toMatchObject([
    { text: 'Your card •••• •••• •••• 1111 was declined' },
  ]);
  const kept = JSON.stringify({ ...localStorage });
  expect(kept).toContain('•••• •••• •••• 1111');
  expect(kept).toContain('••••••••••••0004');
  expect(kept).not.toMatch(/4111|5500/);
  // What is on the screen stays as it was typed: the reader over the shoulder has to see it.
  expect(draft.reply.value).toContain('4111 1111 1111 1111');
  draft.leave();
});

it('sends a farewell, a hand-over’s note and a record without card numbers, and their ids as they are', async () => {
  const relay = scriptedRelay();
  const { conversation, pane } = opened();
  const acts = threadActs({
    connection: relay,
    id: CONVERSATION,
    detail: signal(conversation),
    pane: signal(pane),
    log: signal(startLog([], false)),
    catchUp: async () => undefined,
    onTaken: () => undefined,
  });
  // A number in place of an id is nobody's words.
  await acts.handOver('4111111111111111', 'Card 4111111111111111');
  await acts.close('Thank you. 4111111111111111');
  await acts.logFailure({ id: '4111111111111111', what: 'charged 4111111111111111 twice' });
  const masked = '••••••••••••1111';
  expect(relay.requests('conversation:hand-over')).toMatchObject([
    { to: '4111111111111111', note: `Card ${masked}` },
  ]);
  expect(relay.requests('conversation:close')).toMatchObject([{ farewell: `Thank you. ${masked}` }]);
  expect(relay.requests('failure:log')).toMatchObject([
    { id: '4111111111111111', conversation: CONVERSATION, what: `charged ${masked} twice` },
  ]);
});
