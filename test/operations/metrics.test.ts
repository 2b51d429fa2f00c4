import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { ERROR_TEXTS } from '@fullname/shared/errors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchKind } from '../../server/src/metrics/metrics.ts';
import { serveMetrics } from '../../server/src/metrics/serve.ts';
import { agentSchemas, visitorSchemas } from '../../server/src/sockets/schemas.ts';
import { QUEUES } from '../../server/src/store/queue.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { root } from '../support/root.ts';
import { figure, samplesIn, scrapeText } from './scrape.ts';

let relay: Relay;
let megan: Agent;

beforeAll(async () => {
  relay = await openRelay({ env: { METRICS_PORT: '0' } });
  megan = await anAgent(relay);
});
afterAll(() => relay.close());

/** How much a figure grows while something is done. */
async function grown(
  name: string,
  labels: Record<string, string>,
  act: () => Promise<unknown>,
): Promise<number> {
  const before = await figure(relay, name, labels);
  await act();
  return (await figure(relay, name, labels)) - before;
}

describe('after real traffic', () => {
  test('open sockets are counted by kind, and gone when they are gone', async () => {
    const agents = await figure(relay, 'fullname_sockets', { end: 'agent' });
    const visitors = await figure(relay, 'fullname_sockets', { end: 'visitor' });
    const [one, other] = [await aVisitor(relay), await aVisitor(relay)];
    expect(agents).toBe(1);
    expect(await figure(relay, 'fullname_sockets', { end: 'visitor' })).toBe(visitors + 2);
    one.close();
    other.close();
    await eventually('they are gone', async () => {
      return (await figure(relay, 'fullname_sockets', { end: 'visitor' })) === visitors;
    });
  });

  test('each message is counted once as stored and once as answered; its retry as found', async () => {
    const visitor = await aVisitor(relay);
    const by = { by: 'visitor', kind: 'message' };
    expect(await grown('fullname_messages_stored_total', by, () => visitor.say('Hello?'))).toBe(1);
    const message = { conversation: visitor.conversation, id: newId(), text: 'Again' };
    const sends = { end: 'visitor', event: 'message:send' };
    const thrice = async () => {
      for (let time = 0; time < 3; time++) await visitor.do('message:send', message);
    };
    const found = await figure(relay, 'fullname_retries_found_total');
    const stored = await figure(relay, 'fullname_messages_stored_total', by);
    expect(await grown('fullname_ack_seconds_count', sends, thrice)).toBe(3);
    expect(await figure(relay, 'fullname_retries_found_total')).toBe(found + 2);
    expect(await figure(relay, 'fullname_messages_stored_total', by)).toBe(stored + 1);
  });

  test('a hello, a note and a farewell are messages of their own kinds', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const id = await megan.take(visitor);
    const kinds = async () => {
      await megan.say(id, 'I am here.');
      await megan.note(id, 'Sounds tired.');
      await megan.do('conversation:close', { conversation: id, id: newId(), farewell: 'Goodbye.' });
    };
    expect(await grown('fullname_messages_stored_total', { by: 'agent' }, kinds)).toBe(3);
    for (const kind of ['hello', 'note', 'farewell'])
      expect(await figure(relay, 'fullname_messages_stored_total', { by: 'agent', kind })).toBeGreaterThan(0);
  });

  test('messages sent at once share commits, and every row is in a batch', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const rows = await figure(relay, 'fullname_batch_rows_sum');
    const commits = await figure(relay, 'fullname_commit_seconds_count');
    await Promise.all(Array.from({ length: 20 }, (_, n) => visitor.say(`message ${n}`)));
    expect((await figure(relay, 'fullname_batch_rows_sum')) - rows).toBe(20);
    const more = (await figure(relay, 'fullname_commit_seconds_count')) - commits;
    expect(more).toBeGreaterThan(0);
    expect(more).toBeLessThan(20);
  });

  test('refusals are counted by code', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const ask = () => visitor.ask('message:send', { conversation: newId(), id: newId(), text: 'x' });
    const labels = { end: 'visitor', code: 'UNKNOWN_CONVERSATION' };
    expect(await grown('fullname_refusals_total', labels, ask)).toBe(1);
  });

  test('a fetch is a catch-up, a gap, or nothing, by what it brings', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('One');
    await visitor.say('Two');
    const fetch = (after: number) =>
      visitor.do('entries:fetch', { conversation: visitor.conversation, after });
    const kind = (name: string) => ({ end: 'visitor', kind: name });
    expect(await grown('fullname_fetches_total', kind('gap'), () => fetch(1))).toBe(1);
    expect(await grown('fullname_fetches_total', kind('nothing'), () => fetch(2))).toBe(1);
    const back = await aVisitor(relay, { token: visitor.token, conversation: visitor.conversation });
    const catchUp = () => back.do('entries:fetch', { conversation: back.conversation, after: 0 });
    expect(await grown('fullname_fetches_total', kind('catch-up'), catchUp)).toBe(1);
  });

  test('how long a message waited to be sent is believed within bounds, and only of what is sent', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const message = () => ({ conversation: visitor.conversation, id: newId(), text: 'later' });
    const send = (waited: unknown) => visitor.socket.emitWithAck('message:send', message(), waited);
    const seconds = await figure(relay, 'fullname_outbox_wait_seconds_sum');
    expect(await send(90_000)).toMatchObject({ ok: true });
    expect((await figure(relay, 'fullname_outbox_wait_seconds_sum')) - seconds).toBeCloseTo(90, 3);
    for (const odd of [-5, 'long', { a: 1 }, Number.MAX_VALUE])
      expect(await send(odd)).toMatchObject({ ok: true });
    const most = 30 * 86_400;
    expect((await figure(relay, 'fullname_outbox_wait_seconds_sum')) - seconds).toBeCloseTo(90 + most, 0);
    const count = await figure(relay, 'fullname_outbox_wait_seconds_count');
    await visitor.socket.emitWithAck('heads:ask', {}, 5_000);
    expect(await figure(relay, 'fullname_outbox_wait_seconds_count')).toBe(count);
  });

  test('the process, its pools and its jobs are there', async () => {
    expect(await figure(relay, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
    expect(await figure(relay, 'process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
    expect(await figure(relay, 'fullname_pool_connections', { pool: 'main' })).toBeGreaterThan(0);
    expect(await figure(relay, 'fullname_draining')).toBe(0);
    const text = await scrapeText(relay);
    for (const name of ['fullname_pool_waiting', 'fullname_commit_queue_rows', 'fullname_socket_queue_bytes'])
      expect(text).toContain(`# TYPE ${name} gauge`);
  });

  test('a job that waits is counted in its queue', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Where is it?');
    const conversation = await megan.take(visitor);
    const due = new Date(Date.now() + 6 * 3_600_000).toISOString();
    await megan.do('customer:link', { conversation, id: newId(), customer: { name: 'Ines Duarte' } });
    const promise = () => megan.do('promise:make', { conversation, id: newId(), text: 'call', due });
    expect(await grown('fullname_jobs', { queue: 'promise-warn', when: 'later' }, promise)).toBe(1);
  });
});

test('a relay that runs serves every metric that docs/operations.md names', async () => {
  const text = await scrapeText(relay);
  const document = readFileSync(join(root, 'docs/operations.md'), 'utf8');
  const named = [...document.matchAll(/`((?:fullname|nodejs|process)_[a-z0-9_]+)`/g)].map(
    ([, name = '']) => name,
  );
  // Sockets, answers, repairs by kind, retries found, what waits to be read and how long it waited to be sent.
  for (const name of [
    'fullname_sockets',
    'fullname_ack_seconds',
    'fullname_fetches_total',
    'fullname_retries_found_total',
    'fullname_socket_queue_bytes',
    'fullname_outbox_wait_seconds',
  ])
    expect(named).toContain(name);
  expect(named.filter((name) => !text.includes(`# TYPE ${name} `))).toEqual([
    'fullname_redis_up',
    'fullname_redis_poll_rounds_total',
  ]);
});

describe('who may read', () => {
  test('the public port has no /metrics, and the private one nothing else', async () => {
    const onPublic = await fetch(`${relay.origin}/metrics`);
    expect(onPublic.status).toBe(404);
    expect(await onPublic.text()).not.toContain('fullname_');
    for (const path of ['/', '/readyz', '/metrics/', '/metrics?x=1', '/console/'])
      expect((await fetch(`http://127.0.0.1:${relay.metricsPort}${path}`)).status).toBe(404);
    const post = await fetch(`http://127.0.0.1:${relay.metricsPort}/metrics`, { method: 'POST' });
    expect(post.status).toBe(404);
  });

  test('a port that is taken stops the start with one sentence', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const metrics = { text: () => Promise.resolve(''), contentType: 'text/plain' };
    const answer = serveMetrics(metrics, { port, host: '127.0.0.1' });
    await expect(answer).rejects.toThrow(/^The metrics cannot be served on port .*: set METRICS_PORT/);
    other.close();
  });
});

test('labels come from closed sets: no id, no address, no word of anybody', async () => {
  const visitor = await aVisitor(relay, {
    page: { url: 'https://shop.example/heliotrope', title: 'Heliotrope' },
  });
  await visitor.say('heliotrope');
  visitor.socket.emit('heliotrope:event', {});
  await visitor.socket
    .timeout(1_000)
    .emitWithAck('message:send', { heliotrope: 1 })
    .catch(() => null);
  const text = await scrapeText(relay);
  expect(text).not.toMatch(/heliotrope|127\.0\.0\.1|[0-9a-f]{8}-[0-9a-f]{4}|@/i);
  const allowed: Record<string, ReadonlySet<string>> = {
    end: new Set(['visitor', 'agent']),
    event: new Set([...Object.keys(visitorSchemas), ...Object.keys(agentSchemas)]),
    code: new Set(Object.keys(ERROR_TEXTS)),
    by: new Set(['visitor', 'agent', 'system']),
    kind: new Set(['message', 'hello', 'note', 'farewell', 'catch-up', 'gap', 'tail', 'nothing']),
    queue: new Set(QUEUES),
    when: new Set(['due', 'later']),
    last: new Set(['true', 'false']),
    pool: new Set(['main', 'side']),
    state: new Set(['busy', 'idle']),
  };
  const own = samplesIn(text).filter(({ name }) => name.startsWith('fullname_'));
  expect(own.length).toBeGreaterThan(20);
  const strange = own.flatMap(({ name, labels }) =>
    Object.entries(labels)
      .filter(([key, value]) => key !== 'le' && !allowed[key]?.has(value))
      .map(([key, value]) => `${name} ${key}=${value}`),
  );
  expect(strange).toEqual([]);
});

test('why a client asked is told by the age of what it gets', () => {
  const at = (ms: number) => ({ at: new Date(ms).toISOString() });
  const socket = { since: 10_000, now: 60_000 };
  expect(fetchKind([], socket)).toBe('nothing');
  expect(fetchKind([at(5_000), at(9_000)], socket)).toBe('catch-up');
  expect(fetchKind([at(40_000), at(59_900)], socket)).toBe('gap');
  expect(fetchKind([at(9_000), at(40_000)], socket)).toBe('tail');
});
