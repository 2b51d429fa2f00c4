/** compose.yaml, which no test starts: what can be told of it without a container engine. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig, settings } from '../server/src/config.ts';
import { readBalancer } from './support/balancers.ts';
import { root } from './support/root.ts';

type Service = {
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly stop_grace_period?: string;
};
type Compose = {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
};

const text = readFileSync(join(root, 'compose.yaml'), 'utf8');
const compose = parse(text, { merge: true }) as Compose;
const relays = Object.entries(compose.services).filter(([name]) => name.startsWith('relay-'));

test('the relays are set by settings that there are, with values that they take', () => {
  const known: readonly string[] = settings.map(({ name }) => name);
  expect(relays.map(([name]) => name)).toEqual(['relay-1', 'relay-2']);
  for (const [, { environment = {}, stop_grace_period: grace = '' }] of relays) {
    expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
    const own = Object.entries(environment).filter(
      ([name]) => !name.endsWith('_FILE') && name !== 'PUBLIC_URL',
    );
    const config = readConfig({ NODE_ENV: 'production', ...Object.fromEntries(own) });
    expect(config.trustProxy).toBe(1);
    expect(Number.parseInt(grace, 10)).toBeGreaterThan(config.drainSeconds + 5);
  }
});

test('everything named is there: services, secrets, the balancer’s file and its relays and port', () => {
  const services = Object.keys(compose.services);
  for (const service of Object.values(compose.services)) {
    expect(Object.keys(service.depends_on ?? {}).filter((name) => !services.includes(name))).toEqual([]);
    expect((service.secrets ?? []).filter((name) => !(name in compose.secrets))).toEqual([]);
    const named = Object.entries(service.environment ?? {}).filter(([name]) => name.endsWith('_FILE'));
    for (const [, path] of named) expect(service.secrets).toContain(path.replace('/run/secrets/', ''));
  }
  for (const { file } of Object.values(compose.secrets)) expect(text).toContain(`> ${file.slice(2)}`);
  const [file = ''] = compose.services.balancer?.volumes?.[0]?.split(':') ?? [];
  expect(existsSync(join(root, file))).toBe(true);
  const balancer = readBalancer('haproxy');
  for (const [name] of relays) expect(balancer).toContain(`server ${name} ${name}:4000`);
  expect(balancer).toContain(`bind :${compose.services.balancer?.ports?.[0]?.split(':')[1]}`);
});
