/** A desk where something went wrong and was put right, step by step, as agents do it. */
import type { Failure } from '@fullname/shared/model';
import type { FailureDraft, Task, TaskEnd, TaskKind, TaskPage } from '@fullname/shared/recovery';
import { customers, identities } from '../../server/src/store/schema.ts';
import { call, request } from '../support/console-api.ts';
import { type Agent, anAgent, aVisitor, newId, type Visitor } from '../support/people.ts';
import type { Relay } from '../support/relay.ts';

export const HOUR_MS = 60 * 60 * 1000;

export type Desk = {
  readonly megan: Agent;
  readonly tomas: Agent;
  readonly visitor: Visitor;
  readonly conversation: string;
  readonly customer: string;
};

/** Megan has spoken with a customer first, so that she is the ally. Their address is proven where it is given. */
export async function aDesk(
  relay: Relay,
  options: { readonly email?: string; readonly locale?: 'en' | 'zh-Hans' | 'zh-Hant' } = {},
): Promise<Desk> {
  const megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  const tomas = await anAgent(relay, { given: 'Tomás', family: 'Ferreira' });
  const visitor = await aVisitor(relay, { locale: options.locale ?? 'en' });
  await visitor.say('The lamp came broken.');
  const conversation = await megan.take(visitor);
  const customer = await aCustomer(relay, options.email);
  await megan.do('customer:link', { conversation, id: newId(), customer });
  return { megan, tomas, visitor, conversation, customer };
}

async function aCustomer({ database, site }: Relay, email?: string): Promise<string> {
  const [row] = await database.db
    .insert(customers)
    .values({ name: 'Anna Lindqvist', email: email ?? null })
    .returning();
  if (!row) throw new Error('nobody was stored');
  if (email !== undefined)
    await database.db.insert(identities).values({ site: site.id, subject: row.id, customer: row.id });
  return row.id;
}

/** Recorded and taken through its stages up to `fixed` by this agent. */
export async function mended(
  { conversation }: Pick<Desk, 'conversation'>,
  by: Agent,
  fields: Partial<FailureDraft> = {},
): Promise<Failure> {
  const id = newId();
  await by.do('failure:log', { id, conversation, what: 'the lamp came broken', ...fields });
  await by.do('failure:step', { id: newId(), conversation, failure: id, stage: 'apologised' });
  await change(by, { conversation, failure: id }, { wants: 'a lamp that works by Friday' });
  await by.do('failure:step', { id: newId(), conversation, failure: id, stage: 'gone-over' });
  return mendedAgain({ conversation }, by, id);
}

/** From `gone-over`, where it is again after it did not hold. */
export async function mendedAgain(
  { conversation }: Pick<Desk, 'conversation'>,
  by: Agent,
  failure: string,
): Promise<Failure> {
  await change(by, { conversation, failure }, { putRight: 'a new lamp was brought', restored: true });
  return by.do('failure:step', { id: newId(), conversation, failure, stage: 'fixed' });
}

export async function change(
  by: Agent,
  { conversation, failure }: { readonly conversation: string; readonly failure: string },
  fields: Parameters<typeof by.do<'failure:change'>>[1]['fields'],
): Promise<Failure> {
  const { revision } = await failureNow(by, conversation, failure);
  return by.do('failure:change', { id: newId(), conversation, failure, revision, fields });
}

export async function failureNow(by: Agent, conversation: string, failure: string): Promise<Failure> {
  const { timeline } = await by.do('customer:read', { conversation });
  const item = timeline.find((one) => one.kind === 'failure' && one.id === failure);
  if (item?.kind !== 'failure') throw new Error('the failure is not in the pane');
  return item;
}

export async function tasksOf(
  relay: Pick<Relay, 'origin'>,
  { cookie }: Pick<Agent, 'cookie'>,
  query = 'whose=mine&state=open',
): Promise<readonly Task[]> {
  const page = await call<TaskPage>({ origin: relay.origin, cookie }, `GET /api/tasks?${query}`);
  return page.tasks;
}

/** This person's open task of a kind. */
export async function taskOf(relay: Pick<Relay, 'origin'>, who: Agent, kind: TaskKind): Promise<Task> {
  const found = (await tasksOf(relay, who)).filter((task) => task.kind === kind);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} open tasks are ${kind}`);
  return found[0];
}

export function end(relay: Pick<Relay, 'origin'>, who: Pick<Agent, 'cookie'>, task: string, how: TaskEnd) {
  return request<Task>({ origin: relay.origin, cookie: who.cookie }, `POST /api/tasks/${task}/end`, how);
}

export async function mustEnd(
  relay: Pick<Relay, 'origin'>,
  who: Pick<Agent, 'cookie'>,
  task: string,
  how: TaskEnd,
): Promise<Task> {
  const result = await end(relay, who, task, how);
  if (!result.ok) throw new Error(`The end was refused: ${result.code}`);
  return result.value;
}

export function flagUntil(until: number): TaskEnd {
  return {
    end: 'done',
    flag: {
      lines: ['A lamp came broken', 'A new one was brought', 'Call before the next parcel'],
      checks: ['Look at the lamp before it leaves'],
      until: new Date(until).toISOString(),
    },
  };
}
