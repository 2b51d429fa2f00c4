/** The balancers of docs/balancers, as they are but for their addresses. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { makeFolder, removeFolder } from './folders.ts';
import { root } from './root.ts';

export type BalancerName = 'nginx' | 'haproxy';

/** Where each program is; undefined where it is not, and tests that need it are skipped. */
export const balancers: Readonly<Record<BalancerName, string | undefined>> = {
  nginx: process.env.FULLNAME_NGINX,
  haproxy: process.env.FULLNAME_HAPROXY,
};

export type Balancer = {
  /** http://localhost:PORT */
  readonly origin: string;
  stop(): Promise<void>;
};

/** Starts one before two relays on loopback; `port` is its own. */
export async function startBalancer(
  name: BalancerName,
  { port, relays }: { readonly port: number; readonly relays: readonly [number, number] },
): Promise<Balancer> {
  const program = balancers[name];
  if (program === undefined)
    throw new Error(`No ${name} was found: name it in FULLNAME_${name.toUpperCase()}.`);
  const folder = makeFolder('balancer');
  const file = join(folder, 'balancer.conf');
  writeFileSync(file, configurationOf(name, { port, relays }));
  const child = spawn(program, name === 'nginx' ? nginxArguments(folder, file) : ['-db', '-f', file], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const stop = stopper(child, folder);
  await eventually(`${name} answers`, () => {
    if (child.exitCode !== null) throw new Error(`${name} ended with code ${child.exitCode}: ${said}`);
    return answers(port);
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { origin: `http://localhost:${port}`, stop };
}

const FILES: Readonly<Record<BalancerName, string>> = { nginx: 'nginx.conf', haproxy: 'haproxy.cfg' };

/** The file in docs/balancers. */
export function readBalancer(name: BalancerName): string {
  return readFileSync(join(root, 'docs/balancers', FILES[name]), 'utf8');
}

function configurationOf(
  name: BalancerName,
  place: { port: number; relays: readonly [number, number] },
): string {
  const own =
    name === 'nginx' ? ['listen 8080', `listen ${place.port}`] : ['bind :8080', `bind :${place.port}`];
  const changes = [
    own,
    ...place.relays.map((relay, index) => [`relay-${index + 1}:4000`, `127.0.0.1:${relay}`]),
  ];
  const text = changes.reduce((before, [from = '', to = '']) => {
    if (!before.includes(from)) throw new Error(`${FILES[name]} does not say "${from}".`);
    return before.replaceAll(from, to);
  }, readBalancer(name));
  if (name === 'haproxy') return text;
  // Where it may write, whoever it runs as.
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (one) => `  ${one}_temp_path ${one};`,
  );
  return text.replace('http {', ['http {', ...places].join('\n'));
}

function nginxArguments(folder: string, file: string): string[] {
  return ['-p', folder, '-e', 'stderr', '-c', file, '-g', 'daemon off; pid nginx.pid;'];
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://localhost:${port}/livez`).then(
    (response) => response.ok,
    () => false,
  );
}

function stopper(child: ChildProcess, folder: string): () => Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  return async () => {
    // nginx stops its workers at once on SIGTERM; so does HAProxy.
    if (child.exitCode === null) child.kill('SIGTERM');
    await ended;
    process.off('exit', endWithUs);
    removeFolder(folder);
  };
}
