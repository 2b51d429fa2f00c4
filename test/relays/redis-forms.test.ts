/** Each form in which REDIS_URL may name a Redis, with the real thing behind it: relays wake each other up through it. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Server } from 'socket.io';
import { expect, onTestFinished, test } from 'vitest';
import type { Cluster } from '../../server/src/cluster/cluster.ts';
import { connect } from '../../server/src/cluster/connect.ts';
import { joinCluster } from '../../server/src/cluster/join.ts';
import { readConfig } from '../../server/src/config.ts';
import { createCounters } from '../../server/src/http/counters.ts';
import { createLogger } from '../../server/src/log.ts';
import { eventually } from '../support/eventually.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { type Redis, redisServer, startRedis, startSentinel } from '../support/redis.ts';
import { freePort } from '../support/spawn-relay.ts';

const openssl = process.env.FULLNAME_OPENSSL;
const needsRedis = test.skipIf(redisServer === undefined);
const needsTls = test.skipIf(redisServer === undefined || openssl === undefined);

needsRedis('one server, with a user and a password', async () => {
  const redis = await aRedis(['--user', 'relay', 'on', '>p@ss/w', '~fullname:*', '+@all']);
  const url = `redis://relay:p%40ss%2Fw@127.0.0.1:${redis.port}`;
  await wakeEachOther(await twoRelays(url));
  await countTogether(url);
});

needsRedis('a wrong password: degraded, nothing thrown, and the log says no password', async () => {
  const redis = await aRedis(['--requirepass', 'right']);
  const lines: string[] = [];
  const [one] = await twoRelays(`redis://:hunter2@127.0.0.1:${redis.port}`, {}, lines);
  await eventually('it is logged', () => lines.length > 0);
  expect(one.state()).toBe('degraded');
  expect(lines.join()).not.toContain('hunter2');
});

needsRedis('who has said goodbye is not waited for, whatever it would still say', async () => {
  const redis = await aRedis([]);
  const [leaves, stays] = await twoRelays(redis.url);
  const [speaks] = await twoRelays(redis.url);
  await eventually('all four know of each other', () =>
    [leaves, stays, speaks].every((relay) => relay.others() === 3),
  );
  const heard: number[] = [];
  stays.onTold('directory', () => heard.push(stays.others()));
  const closed = leaves.close();
  leaves.tell('directory');
  await closed;
  speaks.tell('directory');
  await eventually('what was said later is heard', () => heard.length > 0);
  expect(heard).toEqual([2]);
});

needsTls('TLS, signed by an authority of one’s own, with a password', async () => {
  const { ca, words } = makeCertificate();
  const port = await freePort();
  await aRedis(['--tls-port', `${port}`, ...words, '--requirepass', 'pw']);
  const url = `rediss://:pw@localhost:${port}`;
  await wakeEachOther(await twoRelays(url, { REDIS_CA_FILE: ca }));
  const lines: string[] = [];
  const [stranger] = await twoRelays(url, {}, lines);
  await eventually('without the authority it is not trusted', () => /certificate/.test(lines.join()));
  expect(stranger.state()).toBe('degraded');
});

needsRedis('sentinels: the master dies, and the relays follow to its replica', async () => {
  const auth = ['--requirepass', 'pw', '--masterauth', 'pw'];
  const master = await aRedis(auth);
  const replica = await aRedis([...auth, '--replicaof', '127.0.0.1', `${master.port}`]);
  const sentinel = await aSentinel(master.port);
  const url = `redis+sentinel://:pw@127.0.0.1:${sentinel.port},127.0.0.1:1/mymaster`;
  const relays = await twoRelays(url);
  await wakeEachOther(relays);
  await countTogether(url);
  await eventually('the sentinel knows the replica', async () =>
    (await sentinel.ask('SENTINEL', 'REPLICAS', 'mymaster')).startsWith('*1'),
  );
  await master.kill();
  await eventually('both notice', () => relays.every((relay) => relay.state() === 'degraded'));
  await wakeEachOther(relays);
  expect(replica.port).not.toBe(master.port);
});

needsTls('a cluster of three, with TLS and a password', async () => {
  const { ca, words } = makeCertificate();
  const nodes = await Promise.all([1, 2, 3].map(() => aNode(words)));
  await joinNodes(nodes);
  for (const node of nodes) await node.ask('CONFIG', 'SET', 'requirepass', 'pw');
  const hosts = nodes.map(({ tls }) => `127.0.0.1:${tls}`).join(',');
  const url = `rediss+cluster://:pw@${hosts}`;
  const env = { REDIS_CA_FILE: ca };
  await wakeEachOther(await twoRelays(url, env));
  await countTogether(url, env);
  const lines: string[] = [];
  const [wrong] = await twoRelays(`rediss+cluster://:hunter2@${hosts}`, env, lines);
  await eventually('another password is refused', () => lines.length > 0);
  expect(wrong.state()).toBe('degraded');
  expect(lines.join()).not.toContain('hunter2');
});

type Pair = readonly [Cluster, Cluster];

/** What one tells the other hears, and not itself, in both directions. */
async function wakeEachOther(pair: Pair): Promise<void> {
  await eventually('both say that all is well', () => pair.every((relay) => relay.state() === 'ok'), 20_000);
  await eventually('both know of each other', () => pair.every((relay) => relay.others() === 1));
  for (const [one, other] of [pair, [pair[1], pair[0]] as const]) {
    const heard: string[] = [];
    const undo = [
      other.onTold('counts', () => heard.push('by the other')),
      one.onTold('counts', () => heard.push('by itself')),
    ];
    one.tell('counts');
    await eventually('the other is woken', () => heard.length > 0);
    expect(heard).toEqual(['by the other']);
    for (const stop of undo) stop();
  }
}

/** What one relay takes is gone for the other: their limits count in this Redis, and not each for itself. */
async function countTogether(REDIS_URL: string, env: Record<string, string> = {}): Promise<void> {
  const secret = randomBytes(32);
  const limits = [1, 2].map(() => {
    const client = connect({ ...redisAt(REDIS_URL, env), onError: () => undefined });
    onTestFinished(() => client.disconnect());
    const counters = createCounters({ client, secret, carries: () => client.status === 'ready' });
    return { client, one: counters({ name: 'form', points: 1, duration: 60 }) };
  });
  await eventually('both are connected', () => limits.every(({ client }) => client.status === 'ready'));
  const [here, there] = limits.map(({ one }) => one);
  // Each has a point of its own for everybody; a Redis that is slow for once is not waited for.
  await eventually('the other is refused', async () => {
    const key = randomBytes(8).toString('hex');
    await here?.take(key);
    return there?.take(key).then(
      () => false,
      () => true,
    );
  });
}

function redisAt(REDIS_URL: string, env: Record<string, string>) {
  const { redis } = readConfig({ DATABASE_URL: 'postgres://localhost/none', REDIS_URL, ...env });
  if (redis === undefined) throw new Error('REDIS_URL was not read');
  return redis;
}

async function twoRelays(
  REDIS_URL: string,
  env: Record<string, string> = {},
  lines: string[] = [],
): Promise<Pair> {
  const redis = redisAt(REDIS_URL, env);
  const log = createLogger({ production: true, logLevel: 'silent' });
  log.warn = (fields: unknown) => {
    lines.push(JSON.stringify(fields, (_, value) => (value instanceof Error ? value.message : value)));
  };
  const join = async () => {
    const io = new Server();
    io.of('/visitor');
    const cluster = joinCluster({ io, ...redis, log });
    onTestFinished(cluster.close);
    return cluster;
  };
  return [await join(), await join()];
}

async function aRedis(more: readonly string[]): Promise<Redis> {
  const redis = await startRedis(undefined, more);
  onTestFinished(redis.stop);
  return redis;
}

type Node = Redis & { readonly tls: number; readonly bus: number };

/** Of a cluster whose nodes speak TLS with each other and with those who ask by it. */
async function aNode(words: readonly string[]): Promise<Node> {
  const [tls, bus] = [await freePort(), await freePort()];
  const ports = ['--tls-port', `${tls}`, '--cluster-port', `${bus}`];
  const cluster = ['--cluster-enabled', 'yes', '--tls-cluster', 'yes'];
  return { ...(await aRedis([...cluster, ...ports, ...words])), tls, bus };
}

async function aSentinel(master: number): Promise<Redis> {
  const sentinel = await startSentinel([
    `sentinel monitor mymaster 127.0.0.1 ${master} 1`,
    'sentinel auth-pass mymaster pw',
    'sentinel down-after-milliseconds mymaster 500',
    'sentinel failover-timeout mymaster 2000',
  ]);
  onTestFinished(sentinel.stop);
  return sentinel;
}

async function joinNodes(nodes: readonly Node[]): Promise<void> {
  const slots = Array.from({ length: 16_384 }, (_, slot) => `${slot}`);
  const [first] = nodes;
  for (const [index, node] of nodes.entries()) {
    await node.ask('CLUSTER', 'ADDSLOTS', ...slots.filter((slot) => Number(slot) % nodes.length === index));
    if (first && node !== first)
      await node.ask('CLUSTER', 'MEET', '127.0.0.1', `${first.tls}`, `${first.bus}`);
  }
  await eventually('the cluster is whole', async () => {
    const states = await Promise.all(nodes.map((node) => node.ask('CLUSTER', 'INFO')));
    return states.every(
      (state) => state.includes('cluster_state:ok') && state.includes('cluster_known_nodes:3'),
    );
  });
}

/** An authority, and what has a Redis show a certificate of localhost that it signed. */
function makeCertificate(): { ca: string; words: readonly string[] } {
  const folder = makeFolder('tls');
  onTestFinished(() => removeFolder(folder));
  const at = (name: string) => join(folder, name);
  const run = (...args: string[]) => execFileSync(openssl ?? '', args, { cwd: folder, stdio: 'ignore' });
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  run(
    'req',
    '-x509',
    ...fresh,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '2',
    '-subj',
    '/CN=An authority',
  );
  run('req', ...fresh, '-keyout', 'redis.key', '-out', 'redis.csr', '-subj', '/CN=localhost');
  writeFileSync(at('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names'];
  run('x509', '-req', '-in', 'redis.csr', ...signed, '-out', 'redis.pem');
  const ca = at('ca.pem');
  const own = ['--tls-cert-file', at('redis.pem'), '--tls-key-file', at('redis.key')];
  return { ca, words: [...own, '--tls-ca-cert-file', ca, '--tls-auth-clients', 'no'] };
}
