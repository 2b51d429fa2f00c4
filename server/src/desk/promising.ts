/** Promises, made and kept in their conversation, for both sides to see. */
import type { PromiseDraft } from '@fullname/shared/events';
import type { Promised } from '@fullname/shared/model';
import { keepPromise, makePromise } from '../recovery/promises.ts';
import { RelayError } from '../relay-error.ts';
import type { Floor } from './conversations.ts';
import type { Me } from './desk.ts';
import { recorded } from './records.ts';
import { fact } from './transfers.ts';

export function recordPromise(floor: Floor, me: Me, draft: PromiseDraft): Promise<Promised> {
  return recorded(floor, draft.conversation, async (tx, record) => {
    const promised = await makePromise(tx, draft, { customer: record.customer, by: me.id });
    const entry = { ...fact(me, draft, 'promise-made', { due: promised.due }), body: promised.text };
    return { value: promised, entry };
  });
}

export function keep(
  floor: Floor,
  _me: Me,
  request: { readonly conversation: string; readonly promise: string },
): Promise<Promised> {
  return recorded(floor, request.conversation, async (tx, record) => {
    const value = await keepPromise(tx, {
      id: request.promise,
      customer: record.customer,
      conversation: record.id,
    });
    return { value, entry: null };
  });
}

export async function movePromise(
  _floor: Floor,
  _me: Me,
  _request: {
    readonly conversation: string;
    readonly id: string;
    readonly promise: string;
    readonly due: string;
  },
): Promise<Promised> {
  throw new RelayError('UNAVAILABLE');
}
