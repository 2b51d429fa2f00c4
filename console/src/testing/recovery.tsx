/** A desk with one conversation open, as in the console, for tests of service recovery. */
import { ok } from '@fullname/shared/errors';
import type { Opened } from '@fullname/shared/events';
import type { CustomerPane, Failure, PleaseKnow, Role } from '@fullname/shared/model';
import type { Task } from '@fullname/shared/recovery';
import { render, screen, waitFor } from '@testing-library/preact';
import type { ComponentChildren } from 'preact';
import { DeskContext } from '../context.ts';
import { go } from '../route.ts';
import { DeskPage } from '../ui/desk/DeskPage.tsx';
import { openDesk } from './desk.ts';
import { CONVERSATION, emptyPane, megan, opened, scriptedRelay } from './scripted-relay.ts';
import { task } from './work.tsx';

export const FAILURE = '00000000-0000-4000-8000-0000000000f1';

export function failure(change: Partial<Failure> = {}): Failure {
  return {
    id: FAILURE,
    conversation: CONVERSATION,
    stage: 'noticed',
    what: 'The courier broke the pot on Tuesday',
    at: '2026-11-21T10:00:00.000Z',
    recordedAt: '2026-11-21T10:01:00.000Z',
    product: null,
    place: null,
    channel: 'chat',
    element: null,
    category: null,
    severity: null,
    quotes: [],
    irreplaceable: false,
    wants: null,
    putRight: null,
    restored: null,
    extra: null,
    noExtra: null,
    level: null,
    owed: null,
    owedBy: null,
    cause: null,
    causeNote: null,
    cost: null,
    disputed: null,
    ally: megan,
    load: 0.5,
    onShift: [megan],
    by: megan,
    reopened: 0,
    revision: 1,
    ...change,
  };
}

export function paneWith(failures: readonly Failure[], change: Partial<CustomerPane> = {}): CustomerPane {
  return emptyPane({
    customer: {
      id: 'customer-1',
      name: 'Anna Lindqvist',
      email: null,
      locale: 'en',
      since: '2019-01-01T00:00:00.000Z',
      ally: megan,
      demo: false,
    },
    timeline: failures.map((one) => ({ kind: 'failure' as const, ...one })),
    ...change,
  });
}

export function pleaseKnow(change: Partial<PleaseKnow> = {}): PleaseKnow {
  return {
    failure: FAILURE,
    at: '2026-11-03T09:00:00.000Z',
    what: 'Parcel six days late',
    stage: 'fixed',
    putRight: 'Shipping refunded',
    owed: null,
    owedBy: null,
    ally: megan,
    say: 'I have read about the late parcel, and I am sorry.',
    lines: [],
    checks: [],
    irreplaceable: false,
    until: null,
    ...change,
  };
}

export function immediateTask(change: Partial<Task> = {}): Task {
  return task({
    id: 'task-1',
    due: '2026-11-22T10:00:00.000Z',
    what: 'The courier broke the pot on Tuesday',
    failure: FAILURE,
    customer: null,
    ...change,
  });
}

type DrawnFor = { readonly role?: Role; readonly beside?: ComponentChildren };

/**
 * The desk of Megan Kajitani with this conversation open; the customer's pane answers `customer:read` with `pane.now`. `beside`
 * is drawn with it: dialogs, the line about what was done.
 */
export async function drawDesk(first: Opened = opened(), { role = 'agent', beside }: DrawnFor = {}) {
  const relay = scriptedRelay();
  const pane = { now: first.pane };
  relay.handlers['conversation:open'] = () => ok(first);
  relay.handlers['customer:read'] = () => ok(pane.now);
  const desk = await openDesk(relay, { role });
  go({ page: 'desk', conversation: CONVERSATION });
  render(
    <DeskContext.Provider value={desk}>
      <DeskPage />
      {beside}
    </DeskContext.Provider>,
  );
  await waitFor(() => screen.getByRole('log'));
  await waitFor(() => screen.getByText('Right now'));
  return { relay, pane };
}
