/** Help between colleagues, from its conversation: asked, promised, answered. In the log for colleagues; visitors see none of it. */
import { randomUUID } from 'node:crypto';
import type { InternalRequest, RequestAct, RequestDraft, Requests } from '@fullname/shared/recovery';
import { actOnRequest, askForHelp, toRequest } from '../recovery/requests.ts';
import { toTask } from '../recovery/tasks.ts';
import { RelayError } from '../relay-error.ts';
import {
  countServed,
  lockRequest,
  type RequestRow,
  readRequest,
  readRequestsOf,
  remindTaskOf,
} from '../store/requests-internal.ts';
import { readTask } from '../store/tasks.ts';
import type { Floor } from './conversations.ts';
import type { Me } from './desk.ts';
import { recorded } from './records.ts';
import { fact } from './transfers.ts';
import { tellWork } from './work.ts';

/** Errors as in recovery/requests.ts; UNKNOWN without the conversation. */
export async function askColleague(floor: Floor, me: Me, draft: RequestDraft): Promise<InternalRequest> {
  const row = await recorded(floor, draft.conversation, async (tx, record) => {
    const asking = { asker: me.id, customer: record.customer, now: floor.now() };
    const value = await askForHelp(tx, draft, asking);
    return {
      value,
      entry: { ...fact(me, draft, 'help-asked', { provider: draft.provider }), body: draft.what },
    };
  });
  return told(floor, me, row);
}

/** Errors as in recovery/requests.ts. */
export async function actOnHelp(
  floor: Floor,
  me: Me,
  { id, act }: { readonly id: string; readonly act: RequestAct },
): Promise<InternalRequest> {
  const found = await readRequest(floor.db, id);
  if (!found) throw new RelayError('UNKNOWN');
  const row = await recorded(floor, found.conversation, async (tx) => {
    const { request, said } = await actOnRequest(tx, id, { act, me: me.id, now: floor.now() });
    if (!said) return { value: request, entry: null };
    // A retry says nothing, so this id need not find itself.
    const change = { conversation: request.conversation, id: randomUUID() };
    const data = { state: said.state, request: id, ...(request.due !== null && { due: request.due }) };
    return { value: request, entry: { ...fact(me, change, 'help-answered', data), body: said.words } };
  });
  return told(floor, me, row);
}

async function told(floor: Floor, me: Me, row: RequestRow): Promise<InternalRequest> {
  await tellWork(floor, [row.asker, row.provider]);
  return toRequest(row, floor.directory.ref, { viewer: me.id, now: floor.now() });
}

/** Ended requests are shown for this long. */
const SHOWN_MS = 90 * 24 * 60 * 60_000;
const SHOWN_MAX = 100;

/** What one person was asked, has asked, and how they served. */
export async function requestsOf(floor: Floor, person: string): Promise<Requests> {
  const now = floor.now();
  const page = { since: new Date(now - SHOWN_MS).toISOString(), limit: SHOWN_MAX };
  const view = (rows: readonly RequestRow[]) =>
    rows.map((row) => toRequest(row, floor.directory.ref, { viewer: person, now }));
  return {
    toMe: view(await readRequestsOf(floor.db, person, { ...page, side: 'provider' })),
    byMe: view(await readRequestsOf(floor.db, person, { ...page, side: 'asker' })),
    served: await countServed(floor.db, person, new Date(now).toISOString()),
  };
}

/** Reminds the provider that their promise comes due; once, and not of a time that was promised anew. */
export async function warnOfHelp(
  floor: Floor,
  { request, due }: { readonly request: string; readonly due: string },
): Promise<void> {
  const id = await floor.db.transaction(async (tx) => {
    const row = await lockRequest(tx, request);
    const holds = row?.state === 'promised' && row.due !== null && Date.parse(row.due) === Date.parse(due);
    return holds ? remindTaskOf(tx, request, new Date(floor.now()).toISOString()) : null;
  });
  const task = id === null ? undefined : await readTask(floor.db, id);
  if (!task) return;
  floor.announce.taskDue(task.owner, toTask(task, floor.directory.ref));
  await tellWork(floor, [task.owner]);
}
