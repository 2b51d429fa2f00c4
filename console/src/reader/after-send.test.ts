import { failed, ok } from '@fullname/shared/errors';
import type { Promised } from '@fullname/shared/model';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CONVERSATION, megan, scriptedRelay } from '../testing/scripted-relay.ts';
import { type Following, openAfterSend } from './after-send.ts';

const MESSAGE = '00000000-0000-4000-9000-000000000001';
const promise = {
  id: '00000000-0000-4000-9000-00000000000a',
  conversation: CONVERSATION,
  text: 'I will call you',
  due: '2026-11-27T16:00:00.000Z',
};
const following: Following = {
  message: MESSAGE,
  promises: [promise],
  report: {
    conversation: CONVERSATION,
    message: MESSAGE,
    situation: 'promise',
    phrases: [],
    findings: [],
    request: null,
  },
};
const made: Promised = {
  id: promise.id,
  conversation: null,
  text: promise.text,
  due: promise.due,
  firstDue: promise.due,
  madeAt: '2026-11-20T10:00:00.000Z',
  by: megan,
  keeper: megan,
  keptAt: null,
  outcome: 'open',
  toldAt: null,
};

function open() {
  const relay = scriptedRelay();
  const onRefused = vi.fn();
  relay.handlers['promise:make'] = () => ok(made);
  return { relay, onRefused, after: openAfterSend({ connection: relay, person: megan.id, onRefused }) };
}

beforeEach(() => localStorage.clear());

describe('what follows a message', () => {
  it('waits until the message is in the log, and goes once', async () => {
    const { relay, after } = open();
    after.add(following);
    expect(relay.asked).toEqual([]);
    after.sent(MESSAGE);
    await vi.waitFor(() => expect(relay.requests('writing:report')).toEqual([following.report]));
    expect(relay.requests('promise:make')).toEqual([promise]);
    after.sent(MESSAGE);
    after.drain();
    expect(relay.asked).toHaveLength(2);
    expect(localStorage.length).toBe(0);
  });

  it('does not go for a message that never arrived', async () => {
    const { relay, after } = open();
    after.add(following);
    after.sent('00000000-0000-4000-9000-000000000002');
    after.drain();
    expect(relay.asked).toEqual([]);
  });

  it('survives a lost connection and a reload, and makes no promise twice', async () => {
    const { relay, after } = open();
    relay.handlers['writing:report'] = () => failed('UNAVAILABLE');
    after.add(following);
    after.sent(MESSAGE);
    await vi.waitFor(() => expect(relay.requests('writing:report')).toHaveLength(1));
    after.stop();

    const later = open();
    later.after.drain();
    await vi.waitFor(() => expect(later.relay.requests('writing:report')).toHaveLength(1));
    expect(later.relay.requests('promise:make')).toEqual([]);
    await vi.waitFor(() => expect(localStorage.length).toBe(0));
  });

  it('ends at a refusal for good; only a promise that was refused is told', async () => {
    const { relay, after, onRefused } = open();
    relay.handlers['promise:make'] = () => failed('FORBIDDEN');
    relay.handlers['writing:report'] = () => failed('INVALID_PAYLOAD');
    after.add(following);
    after.sent(MESSAGE);
    await vi.waitFor(() => expect(onRefused).toHaveBeenCalledWith('FORBIDDEN'));
    await vi.waitFor(() => expect(localStorage.length).toBe(0));
    expect(onRefused).toHaveBeenCalledTimes(1);
  });
});
