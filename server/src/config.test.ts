import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError, consoleOriginOf, originOf, readConfig, settings } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'fullname-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('with nothing set', () => {
  test('the relay listens on this machine alone, keeps its data here and has a demo', () => {
    expect(readConfig({})).toMatchObject({
      environment: 'development',
      port: 4000,
      host: '127.0.0.1',
      dataDir: resolve('data'),
      databaseUrl: undefined,
      redis: undefined,
      logLevel: 'warn',
      demo: true,
      trustProxy: 0,
      drainSeconds: 10,
    });
  });

  test('in production it listens everywhere, logs more and has no demo', () => {
    expect(readConfig({ NODE_ENV: 'production' })).toMatchObject({
      production: true,
      host: '0.0.0.0',
      logLevel: 'info',
      demo: false,
    });
  });

  test('an empty variable counts as none', () => {
    const empty = Object.fromEntries(settings.map(({ name }) => [name, ' ']));
    expect(readConfig(empty)).toEqual(readConfig({}));
  });
});

describe('the origins', () => {
  test('follow the port that was bound, until they are set', () => {
    const config = readConfig({ PORT: '0' });
    expect(originOf(config, 51_234)).toBe('http://localhost:51234');
    expect(consoleOriginOf(config, 51_234)).toBe('http://localhost:51234');
    expect(originOf(config, 80)).toBe('http://localhost');
  });

  test('are what browsers send: no slash at the end, no standard port, lower case', () => {
    const config = readConfig({ PUBLIC_URL: 'https://Chat.Example.com:443/' });
    expect(originOf(config, 4000)).toBe('https://chat.example.com');
    expect(consoleOriginOf(config, 4000)).toBe('https://chat.example.com');
  });

  test('may differ for the console', () => {
    const config = readConfig({
      PUBLIC_URL: 'https://chat.example.com',
      CONSOLE_URL: 'https://desk.example.com',
    });
    expect(consoleOriginOf(config, 4000)).toBe('https://desk.example.com');
  });
});

describe('a value that cannot be used is refused in one sentence that names the variable', () => {
  test.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '0x10'],
    ['HOST', 'http://example.com'],
    ['PUBLIC_URL', 'chat.example.com'],
    ['PUBLIC_URL', 'https://example.com/chat'],
    ['PUBLIC_URL', 'https://user@example.com'],
    ['CONSOLE_URL', 'ftp://example.com'],
    ['DATABASE_URL', 'mysql://example.com/x'],
    ['REDIS_URL', 'localhost:6379'],
    ['NODE_ENV', 'prod'],
    ['LOG_LEVEL', 'loud'],
    ['DEMO', 'maybe'],
    ['TRUST_PROXY', 'true'],
    ['DRAIN_SECONDS', '1.5'],
    ['PUSH_HOSTS', 'push.example.com, 10.0.0.1'],
    ['PUSH_HOSTS', 'https://push.example.com'],
    ['PUSH_HOSTS', '*'],
  ])('%s=%s', (name, value) => {
    expect(refusal({ [name]: value })).toMatch(new RegExp(`^${name} [^\\n]*: set it to [^\\n]*\\.$`));
  });

  test('the demo and production exclude each other', () => {
    expect(refusal({ DEMO: 'on', NODE_ENV: 'production' })).toMatch(/DEMO.*NODE_ENV.*remove one of them\.$/);
  });

  test('a secret is never quoted', () => {
    expect(refusal({ DATABASE_URL: 'postgre://me:hunter2@db/x' })).not.toContain('hunter2');
  });
});

describe('a secret may lie in a file', () => {
  test('whose end of line is not part of it', () => {
    const file = join(folder, 'database-url');
    writeFileSync(file, 'postgres://me:hunter2@db/fullname\n');
    expect(readConfig({ DATABASE_URL_FILE: file }).databaseUrl).toBe('postgres://me:hunter2@db/fullname');
  });

  test('but not in both places, nor in an empty file or none', () => {
    const empty = join(folder, 'empty');
    writeFileSync(empty, '\n');
    expect(refusal({ REDIS_URL: 'redis://a', REDIS_URL_FILE: empty })).toContain('are both set');
    expect(refusal({ REDIS_URL_FILE: empty })).toContain('is empty');
    expect(refusal({ REDIS_URL_FILE: join(folder, 'none') })).toContain('cannot be read');
  });
});

function refusal(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('was accepted');
}

describe('e-mail', () => {
  const MAIL_FROM = 'Larkspur & Reed <care@larkspur.example>';

  test('is off until both are set', () => {
    expect(readConfig({}).mail).toBeUndefined();
    expect(() => readConfig({ MAIL_FROM })).toThrow(ConfigError);
    expect(() => readConfig({ SMTP_URL: 'smtp://localhost' })).toThrow(ConfigError);
  });

  test('is from the company, and answers go there too', () => {
    const { mail } = readConfig({ MAIL_FROM, SMTP_URL: 'smtps://us%40er:p%3Aw@mail.example.com' });
    expect(mail).toEqual({
      smtp: {
        ...{ host: 'mail.example.com', port: 465, secure: true, requireTls: false },
        ...{ user: 'us@er', pass: 'p:w' },
      },
      from: { name: 'Larkspur & Reed', address: 'care@larkspur.example' },
      replyTo: 'care@larkspur.example',
    });
    const settings = { MAIL_FROM: 'care@larkspur.example', MAIL_REPLY_TO: 'Desk <desk@larkspur.example>' };
    expect(readConfig({ ...settings, SMTP_URL: 'smtp://localhost:25' }).mail).toMatchObject({
      smtp: { host: 'localhost', port: 25, secure: false, requireTls: false, user: undefined },
      from: { name: '', address: 'care@larkspur.example' },
      replyTo: 'desk@larkspur.example',
    });
  });

  test.each([
    ['smtp://user:pw@mail.example.com', true],
    ['smtp://user:pw@127.0.0.1:2525', false],
    ['smtp://user:pw@[::1]:2525', false],
    ['smtp://mail.example.com', false],
  ])('%s never sends a password in the clear over a network', (SMTP_URL, requireTls) => {
    expect(readConfig({ MAIL_FROM, SMTP_URL }).mail?.smtp.requireTls).toBe(requireTls);
  });

  test.each([
    'nobody',
    'A <a@example.com>, B <b@example.com>',
    'A\r\nBcc: b@example.com <a@example.com>',
    'A <a@example.com\n>',
    'A <a@example.com> b',
  ])('%j is no sender', (from) => {
    expect(() => readConfig({ MAIL_FROM: from, SMTP_URL: 'smtp://localhost' })).toThrow(ConfigError);
  });
});

describe('Redis', () => {
  const DATABASE_URL = 'postgres://localhost/fullname';
  const redis = (REDIS_URL: string) => readConfig({ DATABASE_URL, REDIS_URL }).redis?.address;

  test('is one server, with or without a port, a user, a password and a number', () => {
    expect(redis('redis://localhost')).toMatchObject({
      form: 'single',
      hosts: [{ host: 'localhost', port: 6379 }],
      tls: false,
      username: undefined,
      password: undefined,
      db: 0,
    });
    expect(redis('rediss://relay:p%40ss%2Fw@[::1]:6380/3')).toMatchObject({
      hosts: [{ host: '::1', port: 6380 }],
      tls: true,
      ...{ username: 'relay', password: 'p@ss/w', db: 3 },
    });
    expect(redis('redis://:pw@localhost')).toMatchObject({ username: undefined, password: 'pw' });
  });

  test('is found by sentinels, which may have a password of their own', () => {
    expect(redis('redis+sentinel://relay:pw@s1,s2:26380/mymaster?db=2&sentinel-password=own')).toMatchObject({
      form: 'sentinel',
      hosts: [
        { host: 's1', port: 26_379 },
        { host: 's2', port: 26_380 },
      ],
      ...{ master: 'mymaster', username: 'relay', password: 'pw', db: 2, sentinelPassword: 'own' },
    });
  });

  test('is a cluster, of which some nodes are named', () => {
    expect(redis('rediss+cluster://:pw@n1,n2:7001')).toMatchObject({
      form: 'cluster',
      hosts: [
        { host: 'n1', port: 6379 },
        { host: 'n2', port: 7001 },
      ],
      ...{ tls: true, password: 'pw' },
    });
  });

  test.each([
    'redis://relay:hunter2@',
    'redis://relay:hunter2@a,b',
    'redis://relay:hunter2@a b',
    'redis://relay:hunter2@a:0',
    'redis://relay:hunter2@a:65536',
    'redis://relay:hunter2@a/x',
    'redis://relay:hunter2%@a',
    'redis://relay:hunter2@a?master=b',
    'redis+sentinel://relay:hunter2@a,b',
    'redis+cluster://relay:hunter2@a/1',
    'redis+magic://relay:hunter2@a',
    'hunter2',
  ])('%s is refused, and its password not told', (REDIS_URL) => {
    const sentence = refusal({ DATABASE_URL, REDIS_URL });
    expect(sentence).toMatch(/^REDIS_URL [^\n]+: [^\n]+\.$/);
    expect(sentence).not.toContain('hunter2');
  });

  test('is no use without a store that several relays may share', () => {
    expect(refusal({ REDIS_URL: 'redis://localhost' })).toContain('set DATABASE_URL too');
  });

  test('may have a certificate from an authority of one’s own, where there is TLS', () => {
    const file = join(folder, 'ca.pem');
    writeFileSync(file, '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n');
    const tls = { DATABASE_URL, REDIS_URL: 'rediss://localhost' };
    expect(readConfig({ ...tls, REDIS_CA_FILE: file }).redis?.ca).toContain('MIIB');
    expect(refusal({ ...tls, REDIS_CA_FILE: join(folder, 'none') })).toContain('REDIS_CA_FILE');
    expect(refusal({ ...tls, REDIS_URL: 'redis://localhost', REDIS_CA_FILE: file })).toContain('rediss');
    expect(refusal({ REDIS_CA_FILE: file })).toContain('without REDIS_URL');
  });
});
