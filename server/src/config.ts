import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseRedisUrl, type RedisAddress } from './cluster/address.ts';
import { isEmail } from './people/email.ts';

/**
 * What the relay was told by its environment. This file is the only reader of environment variables.
 * Origins (`publicUrl`, `consoleUrl`) have no trailing slash; `undefined` means "derive it from
 * the port that was really bound", see `originOf`.
 */
export type Config = {
  readonly environment: Environment;
  readonly production: boolean;
  readonly port: number;
  readonly host: string;
  /** Absolute path of the folder that holds everything the relay keeps. */
  readonly dataDir: string;
  readonly publicUrl: string | undefined;
  readonly consoleUrl: string | undefined;
  /** PostgreSQL elsewhere; `undefined` means the relay runs its own in `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** Where several relays wake each other up; `ca` is PEM. `undefined` means that this relay is alone. */
  readonly redis: { readonly address: RedisAddress; readonly ca: string | undefined } | undefined;
  /** `undefined` means that e-mail is off: nothing is sent, and what would be stays a person's task. */
  readonly mail: MailConfig | undefined;
  /** Hosts of the push services that visitors' browsers may name; `*.` is any name below. */
  readonly pushHosts: readonly string[];
  readonly logLevel: LogLevel;
  readonly demo: boolean;
  /** How many proxies in front of the relay may be believed about the client's address. */
  readonly trustProxy: number;
  readonly drainSeconds: number;
  /** How often a socket is asked whether it is alive. */
  readonly pingSeconds: number;
  /** How many sockets one address may have open at this relay. */
  readonly socketsPerAddress: number;
  /** Where `GET /metrics` is served; `undefined` means nowhere, and nothing is counted. */
  readonly metrics: { readonly port: number; readonly host: string } | undefined;
  /** What one socket or address may ask in a second. Off only where load is measured. */
  readonly rateLimits: boolean;
};

export type MailConfig = {
  readonly smtp: SmtpConfig;
  /** The name is the company's; the person's full name is put before it. */
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo: string;
};

export type SmtpConfig = {
  readonly host: string;
  readonly port: number;
  /** Encrypted from the first byte (smtps:). */
  readonly secure: boolean;
  /** Never goes on unencrypted: a password must not cross a network in the clear. */
  readonly requireTls: boolean;
  readonly user: string | undefined;
  readonly pass: string | undefined;
};

export type Environment = (typeof environments)[number];
export type LogLevel = (typeof logLevels)[number];

const environments = ['development', 'production', 'test'] as const;
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** A setting that cannot be used. The message is one sentence that names the variable and the remedy. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Every setting, in the order in which the README lists them. */
export const settings = [
  {
    name: 'PORT',
    default: '4000',
    what: 'The port the relay listens on; 0 takes any free one.',
  },
  {
    name: 'HOST',
    default: '127.0.0.1, in production 0.0.0.0',
    what: 'The address the relay listens on.',
  },
  {
    name: 'DATA_DIR',
    default: './data',
    what: 'The folder that holds everything the relay keeps, its own PostgreSQL included.',
  },
  {
    name: 'PUBLIC_URL',
    default: 'http://localhost:PORT',
    what: 'The address under which browsers reach the relay. Set it in production.',
  },
  {
    name: 'CONSOLE_URL',
    default: 'PUBLIC_URL',
    what: 'The address of the console, if it is to have an origin of its own.',
  },
  {
    name: 'DATABASE_URL',
    default: 'none',
    what: 'A PostgreSQL (14 or later) to use instead of the built-in one.',
  },
  {
    name: 'DATABASE_URL_FILE',
    default: 'none',
    what: 'A file that holds DATABASE_URL.',
  },
  {
    name: 'REDIS_URL',
    default: 'none',
    what: 'A Redis that joins several relays on one DATABASE_URL: redis://, redis+sentinel:// or redis+cluster://, with rediss for TLS.',
  },
  {
    name: 'REDIS_URL_FILE',
    default: 'none',
    what: 'A file that holds REDIS_URL.',
  },
  {
    name: 'REDIS_CA_FILE',
    default: 'none',
    what: "The certificate of an authority of your own that signed Redis's, as PEM. Without it those that Node trusts count.",
  },
  {
    name: 'SMTP_URL',
    default: 'none',
    what: 'The mail server, such as smtps://user:password@mail.example.com. Without it nothing is e-mailed.',
  },
  {
    name: 'SMTP_URL_FILE',
    default: 'none',
    what: 'A file that holds SMTP_URL.',
  },
  {
    name: 'MAIL_FROM',
    default: 'none',
    what: 'The company and its address, such as Larkspur & Reed <care@example.com>. Set it with SMTP_URL.',
  },
  {
    name: 'MAIL_REPLY_TO',
    default: 'the address of MAIL_FROM',
    what: 'The address to which answers to e-mail go.',
  },
  {
    name: 'PUSH_HOSTS',
    default: 'those of Chrome, Edge, Firefox and Safari',
    what: 'Hosts of the push services that may be asked to tell a visitor of an answer, with commas between them; *.example.com is any name below.',
  },
  {
    name: 'NODE_ENV',
    default: 'development',
    what: 'development, production or test.',
  },
  {
    name: 'LOG_LEVEL',
    default: 'warn, in production info',
    what: 'How much is logged: fatal, error, warn, info, debug, trace or silent.',
  },
  {
    name: 'DEMO',
    default: 'on, in production off',
    what: 'Whether an empty store is filled with the demo desk. Production has no demo.',
  },
  {
    name: 'TRUST_PROXY',
    default: '0',
    what: 'How many reverse proxies stand in front of the relay.',
  },
  {
    name: 'DRAIN_SECONDS',
    default: '10',
    what: 'How long a relay that was told to stop may take to finish its work.',
  },
  {
    name: 'PING_SECONDS',
    default: '25',
    what: 'How often each socket is asked whether it is alive. One that gives no answer is gone 10 seconds later.',
  },
  {
    name: 'SOCKETS_PER_ADDRESS',
    default: '2000',
    what: 'How many sockets one address may have open at one relay. An office, or a proxy not named in TRUST_PROXY, is one.',
  },
  {
    name: 'METRICS_PORT',
    default: 'none',
    what: 'A port of its own for GET /metrics, which Prometheus reads; without it nothing is counted.',
  },
  {
    name: 'METRICS_HOST',
    default: '127.0.0.1',
    what: 'The address METRICS_PORT listens on. Whoever reaches it may read it.',
  },
  {
    name: 'RATE_LIMITS',
    default: 'on',
    what: 'Off lets each socket ask as much as it likes, to measure the relay. Production is never without limits.',
  },
] as const satisfies readonly Setting[];

/** What browsers name when they subscribe. */
const PUSH_HOSTS = [
  'fcm.googleapis.com',
  '*.notify.windows.com',
  'updates.push.services.mozilla.com',
  '*.push.apple.com',
];

type Setting = { readonly name: string; readonly default: string; readonly what: string };
type Name = (typeof settings)[number]['name'];
type Env = Readonly<Record<string, string | undefined>>;

/** Reads the settings; pure but for the files named by `…_FILE`. Throws `ConfigError` at the first bad value. */
export function readConfig(env: Env = process.env): Config {
  const environment = readChoice(env, 'NODE_ENV', environments) ?? 'development';
  const production = environment === 'production';
  return {
    environment,
    production,
    port: readNumber(env, 'PORT', { from: 0, to: 65_535 }) ?? 4000,
    host: readHost(env, 'HOST') ?? (production ? '0.0.0.0' : '127.0.0.1'),
    dataDir: resolve(read(env, 'DATA_DIR') ?? 'data'),
    publicUrl: readOrigin(env, 'PUBLIC_URL'),
    consoleUrl: readOrigin(env, 'CONSOLE_URL'),
    databaseUrl: readServiceUrl(env, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    redis: readRedis(env),
    mail: readMail(env),
    pushHosts: readHosts(env, 'PUSH_HOSTS') ?? PUSH_HOSTS,
    logLevel: readChoice(env, 'LOG_LEVEL', logLevels) ?? (production ? 'info' : 'warn'),
    demo: readDemo(env, production),
    trustProxy: readNumber(env, 'TRUST_PROXY', { from: 0, to: 10 }) ?? 0,
    drainSeconds: readNumber(env, 'DRAIN_SECONDS', { from: 0, to: 600 }) ?? 10,
    metrics: readMetrics(env),
    pingSeconds: readNumber(env, 'PING_SECONDS', { from: 1, to: 30 }) ?? 25,
    socketsPerAddress: readNumber(env, 'SOCKETS_PER_ADDRESS', { from: 1, to: 1_000_000 }) ?? 2_000,
    rateLimits: readRateLimits(env, production),
  };
}

/** The relay's own origin, given the port that was really bound (they differ when PORT is 0). */
export function originOf(config: Pick<Config, 'publicUrl'>, boundPort: number): string {
  return config.publicUrl ?? new URL(`http://localhost:${boundPort}`).origin;
}

/** The console's origin: its own, or the relay's. */
export function consoleOriginOf(config: Pick<Config, 'publicUrl' | 'consoleUrl'>, boundPort: number): string {
  return config.consoleUrl ?? originOf(config, boundPort);
}

/** An empty variable counts as none: compose files pass empty ones for what is not set. */
function read(env: Env, name: Name): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

function readNumber(env: Env, name: Name, range: { from: number; to: number }): number | undefined {
  const value = read(env, name);
  if (value === undefined) return undefined;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= range.from && number <= range.to) return number;
  throw new ConfigError(
    `${name} is "${value}", which cannot be used: set it to a whole number from ${range.from} to ${range.to}.`,
  );
}

function readChoice<const choice extends string>(
  env: Env,
  name: Name,
  choices: readonly choice[],
): choice | undefined {
  const value = read(env, name);
  if (value === undefined) return undefined;
  const chosen = choices.find((choice) => choice === value.toLowerCase());
  if (chosen !== undefined) return chosen;
  throw new ConfigError(`${name} is "${value}", which is not known: set it to one of ${choices.join(', ')}.`);
}

function readHost(env: Env, name: 'HOST' | 'METRICS_HOST'): string | undefined {
  const value = read(env, name);
  if (value === undefined) return undefined;
  const bare = value.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(bare)) return bare;
  throw new ConfigError(
    `${name} is "${value}", which is not an address: set it to one of this machine's, such as 127.0.0.1 or 0.0.0.0.`,
  );
}

function readHosts(env: Env, name: Name): string[] | undefined {
  const hosts = read(env, name)
    ?.split(',')
    .map((host) => host.trim().toLowerCase());
  // A name and not an address: no address is a push service's.
  const bad = hosts?.find((host) => !/^(\*\.)?([a-z0-9-]+\.)*[a-z][a-z0-9-]*$/.test(host));
  if (bad === undefined) return hosts;
  throw new ConfigError(
    `${name} names "${bad}", which is not a host: set it to names such as push.example.com, with commas between them.`,
  );
}

function readOrigin(env: Env, name: Name): string | undefined {
  const value = read(env, name);
  if (value === undefined) return undefined;
  const url = parseUrl(value, ['http:', 'https:']);
  const isOrigin =
    url !== undefined && url.pathname === '/' && !/[?#@]/.test(value) && url.username + url.password === '';
  if (isOrigin) return url.origin;
  throw new ConfigError(
    `${name} is "${value}", which is not the address of a site: set it to scheme, host and port alone, such as https://chat.example.com.`,
  );
}

type Service = 'DATABASE_URL' | 'REDIS_URL' | 'SMTP_URL';

function readRedis(env: Env): Config['redis'] {
  const url = readSecret(env, 'REDIS_URL');
  const caFile = read(env, 'REDIS_CA_FILE');
  if (url === undefined) {
    if (caFile === undefined) return undefined;
    throw new ConfigError('REDIS_CA_FILE is set without REDIS_URL: set both, or neither.');
  }
  const address = parseRedisUrl(url);
  if (typeof address === 'string') throw new ConfigError(`REDIS_URL ${address}`);
  // What relays share is the store, and the built-in one lets in no second.
  if (read(env, 'DATABASE_URL') === undefined && read(env, 'DATABASE_URL_FILE') === undefined) {
    throw new ConfigError(
      'REDIS_URL is set without DATABASE_URL, and the built-in store is for one relay alone: set DATABASE_URL too, or remove REDIS_URL.',
    );
  }
  return { address, ca: readCa(caFile, address) };
}

function readCa(file: string | undefined, { tls }: RedisAddress): string | undefined {
  if (file === undefined) return undefined;
  if (!tls) {
    throw new ConfigError('REDIS_CA_FILE is set, but REDIS_URL asks for no TLS: begin it with rediss.');
  }
  const pem = readTrimmed(file);
  if (pem?.includes('-----BEGIN CERTIFICATE-----')) return pem;
  throw new ConfigError(
    `REDIS_CA_FILE names "${file}", which holds no certificate that can be read: name a PEM file that this user may read.`,
  );
}

function readServiceUrl(env: Env, name: Service, schemes: readonly string[]): string | undefined {
  const value = readSecret(env, name);
  if (value === undefined || parseUrl(value, schemes) !== undefined) return value;
  // The value is not quoted: it may hold a password.
  throw new ConfigError(
    `${name} cannot be read as an address: set it to one that begins with ${schemes[0]}//.`,
  );
}

/** A secret from its variable or from the file that `NAME_FILE` names, as container platforms mount them. */
function readSecret(env: Env, name: Service): string | undefined {
  const value = read(env, name);
  const file = read(env, `${name}_FILE`);
  if (file === undefined) return value;
  if (value !== undefined) {
    throw new ConfigError(`${name} and ${name}_FILE are both set: remove one of them.`);
  }
  const secret = readTrimmed(file);
  if (secret !== undefined && secret !== '') return secret;
  throw new ConfigError(
    `${name}_FILE names "${file}", which ${secret === '' ? 'is empty' : 'cannot be read'}: name a file that this user may read and that holds ${name}.`,
  );
}

function readMail(env: Env): MailConfig | undefined {
  const url = readServiceUrl(env, 'SMTP_URL', ['smtp:', 'smtps:']);
  const from = readMailbox(env, 'MAIL_FROM');
  const replyTo = readMailbox(env, 'MAIL_REPLY_TO');
  if (url === undefined && from === undefined) return undefined;
  if (url === undefined) throw new ConfigError('MAIL_FROM is set without SMTP_URL: set both, or neither.');
  if (from === undefined) throw new ConfigError('SMTP_URL is set without MAIL_FROM: set both, or neither.');
  return { smtp: readSmtp(new URL(url)), from, replyTo: replyTo?.address ?? from.address };
}

function readSmtp(url: URL): SmtpConfig {
  const secure = url.protocol === 'smtps:';
  const hasPassword = url.username !== '';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (host === '')
    throw new ConfigError('SMTP_URL names no host: set it to one such as smtp://localhost:25.');
  return {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTls: !secure && hasPassword && !/^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host),
    user: hasPassword ? decodeURIComponent(url.username) : undefined,
    pass: hasPassword ? decodeURIComponent(url.password) : undefined,
  };
}

/** `Name <address>` or an address alone. No line ends: it becomes a header. */
function readMailbox(
  env: Env,
  name: 'MAIL_FROM' | 'MAIL_REPLY_TO',
): { name: string; address: string } | undefined {
  const value = read(env, name);
  if (value === undefined) return undefined;
  const [, label, inBrackets, alone] = /^(?:"?([^"<>]*?)"?\s*<([^<>]+)>|([^<>]+))$/.exec(value) ?? [];
  const address = (inBrackets ?? alone ?? '').trim();
  if (!/\p{Cc}/u.test(value) && isEmail(address)) return { name: label?.trim() ?? '', address };
  throw new ConfigError(
    `${name} is "${value}", which is not an e-mail address: set it to one such as Larkspur & Reed <care@example.com>.`,
  );
}

function readDemo(env: Env, production: boolean): boolean {
  const demo = readChoice(env, 'DEMO', ['on', 'off']);
  if (demo === 'on' && production) {
    throw new ConfigError('DEMO is "on" while NODE_ENV is "production": remove one of them.');
  }
  return demo === undefined ? !production : demo === 'on';
}

function readMetrics(env: Env): Config['metrics'] {
  const port = readNumber(env, 'METRICS_PORT', { from: 0, to: 65_535 });
  const host = readHost(env, 'METRICS_HOST');
  if (port !== undefined) return { port, host: host ?? '127.0.0.1' };
  if (host === undefined) return undefined;
  throw new ConfigError('METRICS_HOST is set without METRICS_PORT: set both, or neither.');
}

function readRateLimits(env: Env, production: boolean): boolean {
  const on = readChoice(env, 'RATE_LIMITS', ['on', 'off']) !== 'off';
  if (on || !production) return on;
  throw new ConfigError('RATE_LIMITS is "off" while NODE_ENV is "production": remove one of them.');
}

function readTrimmed(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function parseUrl(value: string, schemes: readonly string[]): URL | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url !== undefined && schemes.includes(url.protocol) ? url : undefined;
}
