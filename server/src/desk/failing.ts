/**
 * What went wrong, recorded from its conversation: the relay fills in what the agent need not type: load, and who was on shift.
 */
import type { Failure } from '@fullname/shared/model';
import type { FailureChange, FailureDraft, StageStep } from '@fullname/shared/recovery';
import { logFailure } from '../recovery/failures.ts';
import { RelayError } from '../relay-error.ts';
import type { Floor } from './conversations.ts';
import type { Me } from './desk.ts';
import { recorded } from './records.ts';
import { fact } from './transfers.ts';
import { allyOf } from './views.ts';

export function recordFailure(floor: Floor, me: Me, draft: FailureDraft): Promise<Failure> {
  return recorded(floor, draft.conversation, async (tx, record) => {
    const failure = await logFailure(tx, draft, {
      customer: record.customer,
      by: me.id,
      ally: allyOf(record) ?? me.id,
      load: floor.presence.load(floor.news.open()),
      onShift: floor.presence.here(),
    });
    const entry = { ...fact(me, draft, 'failure-logged', { failure: failure.id }), body: failure.what };
    return { value: failure, entry };
  });
}

export async function changeFailure(_floor: Floor, _me: Me, _change: FailureChange): Promise<Failure> {
  throw new RelayError('UNAVAILABLE');
}

export async function stepFailure(_floor: Floor, _me: Me, _step: StageStep): Promise<Failure> {
  throw new RelayError('UNAVAILABLE');
}

export async function checkFailure(
  _floor: Floor,
  _me: Me,
  _request: {
    readonly conversation: string;
    readonly failure: string;
    readonly check: string;
    readonly done: boolean;
  },
): Promise<void> {
  throw new RelayError('UNAVAILABLE');
}
