/** A desk around the pages of what is to be done, and tasks and requests for tests. */
import { ok } from '@fullname/shared/errors';
import type { Colleague } from '@fullname/shared/events';
import type { Role } from '@fullname/shared/model';
import type { InternalRequest, Task } from '@fullname/shared/recovery';
import { type Signal, signal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import { type Desk, DeskContext } from '../context.ts';
import type { Inbox } from '../inbox.ts';
import type { WorkModel } from '../work.ts';
import { CONVERSATION, lin, megan } from './scripted-relay.ts';

export type WorkDesk = {
  readonly told: Signal<number>;
  readonly asked: { readonly what: string; readonly request: object }[];
  /** What `promise:keep` and `promise:move` are answered with. */
  refusal: Awaited<ReturnType<WorkModel['keepPromise']>>;
};

export function workDesk(): WorkDesk {
  return { told: signal(0), asked: [], refusal: null };
}

/** Drawn for Megan Kajitani. */
export function inWork(part: ComponentChild, desk: WorkDesk, role: Role = 'agent') {
  const answer = (what: string, request: object) => {
    desk.asked.push({ what, request });
    desk.told.value += 1;
    return Promise.resolve(desk.refusal);
  };
  const work: WorkModel = {
    counts: signal({ open: 0, due: 0, requests: 0, notes: 0, praise: 0 }),
    told: desk.told,
    changed: () => {
      desk.told.value += 1;
    },
    keepPromise: (conversation, promise) => answer('keep', { conversation, promise }),
    movePromise: (move) => answer('move', move),
    peek: () => Promise.resolve(ok({ entries: [], seq: 0, more: false })) as ReturnType<WorkModel['peek']>,
    stop: () => undefined,
  };
  const tomas: Colleague = {
    ...megan,
    id: TOMAS.id,
    fullName: TOMAS.fullName,
    role: 'back-office',
    here: false,
  };
  const inbox: Partial<Inbox> = {
    colleagues: signal([megan, tomas]),
    open: signal({ state: 'none' as const }),
  };
  const person = { id: megan.id, fullName: megan.fullName, role };
  return (
    // Only what these pages reach for is there.
    <DeskContext.Provider value={{ inbox, work, person, demo: false } as unknown as Desk}>
      {part}
    </DeskContext.Provider>
  );
}

export const TOMAS = { id: '00000000-0000-4000-8000-000000000003', fullName: 'Tomás Echeverría' };

export function task(change: Partial<Task> = {}): Task {
  return {
    id: '00000000-0000-4000-8000-00000000d001',
    kind: 'immediate',
    owner: { id: megan.id, fullName: megan.fullName },
    due: new Date(Date.now() + 60_000).toISOString(),
    state: 'open',
    what: 'The parcel came six days late.',
    failure: '00000000-0000-4000-8000-00000000e001',
    promise: null,
    request: null,
    goodwill: null,
    conversation: CONVERSATION,
    customer: { id: '00000000-0000-4000-8000-00000000f001', name: 'Anna Lindqvist' },
    wrapUp: null,
    remindedAt: null,
    seen: false,
    endedAt: null,
    endedBy: null,
    why: null,
    mail: null,
    ...change,
  };
}

export function request(change: Partial<InternalRequest> = {}): InternalRequest {
  return {
    id: '00000000-0000-4000-8000-00000000a101',
    at: '2026-11-20T10:00:00.000Z',
    conversation: CONVERSATION,
    customer: { id: '00000000-0000-4000-8000-00000000f001', name: 'Anna Lindqvist' },
    failure: null,
    what: 'Where is parcel 4417?',
    asker: lin,
    provider: { id: megan.id, fullName: megan.fullName },
    state: 'asked',
    wishedBy: null,
    due: null,
    answer: null,
    instead: null,
    reason: null,
    endedAt: null,
    outcome: null,
    rating: null,
    ...change,
  };
}
