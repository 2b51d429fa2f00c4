import type { SessionInfo } from '@fullname/shared/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLink } from '../../server/src/people/links.ts';
import { hashToken } from '../../server/src/people/secrets.ts';
import { onSessionEnded, stillValid } from '../../server/src/people/sessions.ts';
import { cookieOf, join, OWNER, openStage, type Stage, setUpOwner, tokenIn, valueIn } from './stage.ts';

let stage: Stage;
let owner: string;

beforeAll(async () => {
  stage = await openStage();
  owner = await setUpOwner(stage);
}, 60_000);
afterAll(() => stage.close());

const signIn = (email: string, password: string, cookie?: string) =>
  stage.ask<SessionInfo>('POST', '/api/session', { body: { email, password }, cookie });
const whoAmI = (cookie?: string) => stage.ask<SessionInfo>('GET', '/api/session', { cookie });
const hashIn = (cookie: string) => hashToken(cookie.split('=')[1] ?? '');

describe('a session', () => {
  test('begins with e-mail and password, in a cookie no script can read and no other site can send', async () => {
    const answer = await signIn(' CAROL@example.com ', OWNER.password);
    expect(valueIn(answer).person.fullName).toBe('Carol Jones');
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^__Host-fullname=[0-9a-f]{64}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      ),
    ]);
    expect(answer.text).not.toContain('argon2');
  });

  test('is known by its hash alone', async () => {
    const cookie = cookieOf(await signIn(OWNER.email, OWNER.password));
    const { rows } = await stage.database.pool.query<{ hash: Buffer }>('select hash from sessions');
    const kept = rows.map((row) => row.hash.toString('hex'));
    expect(kept).toContain(hashIn(cookie).toString('hex'));
    expect(kept).not.toContain(cookie.split('=')[1]);
  });

  test('ends with sign-out, also for the sockets, and the cookie is taken back', async () => {
    const cookie = cookieOf(await signIn(OWNER.email, OWNER.password));
    const ended: string[] = [];
    const stop = onSessionEnded((hashes) => ended.push(...hashes));
    const answer = await stage.ask('DELETE', '/api/session', { cookie });
    stop();
    expect(answer.headers['set-cookie']?.[0]).toMatch(/^__Host-fullname=; Max-Age=0; Path=\/; /);
    expect(ended).toEqual([hashIn(cookie).toString('hex')]);
    expect((await whoAmI(cookie)).body).toEqual({ ok: false, code: 'SIGNED_OUT' });
    expect(await stillValid(stage.database.db, [hashIn(cookie)])).toEqual(new Set());
  });

  test('is made anew at sign-in: the one that was there does not stay', async () => {
    const before = cookieOf(await signIn(OWNER.email, OWNER.password));
    const after = cookieOf(await signIn(OWNER.email, OWNER.password, before));
    expect(after).not.toBe(before);
    expect((await whoAmI(before)).status).toBe(401);
    expect((await whoAmI(after)).status).toBe(200);
  });

  test.each([
    ['twelve hours without use', `seen_at = now() - interval '12 hours 1 second'`],
    ['seven days', `expires_at = now() - interval '1 second'`],
  ])('ends after %s', async (_what, past) => {
    const cookie = cookieOf(await signIn(OWNER.email, OWNER.password));
    expect((await stillValid(stage.database.db, [hashIn(cookie)])).size).toBe(1);
    await stage.database.pool.query(`update sessions set ${past} where hash = $1`, [hashIn(cookie)]);
    expect((await whoAmI(cookie)).status).toBe(401);
    expect((await stillValid(stage.database.db, [hashIn(cookie)])).size).toBe(0);
  });

  test.each(['', 'x', '0'.repeat(64), `${'0'.repeat(63)}g`, "' or 1=1 --"])(
    'is not opened by %j',
    async (token) => {
      expect((await whoAmI(`__Host-fullname=${token}`)).body).toEqual({ ok: false, code: 'SIGNED_OUT' });
    },
  );

  test('is not opened by a cookie without the __Host- prefix, which a neighbouring name could plant', async () => {
    expect((await whoAmI(owner.replace('__Host-', ''))).status).toBe(401);
    expect((await whoAmI(owner)).status).toBe(200);
  });
});

describe('who is here is not told', () => {
  test('an unknown address, a wrong password, an invitation not accepted and a deactivated person get one answer', async () => {
    const gone = await join(stage, owner, { email: 'gone@example.com' });
    await stage.ask('PATCH', `/api/people/${gone.id}`, { cookie: owner, body: { active: false } });
    await stage.ask('POST', '/api/people', {
      cookie: owner,
      body: { given: 'Ines', family: 'Prado', email: 'invited@example.com', role: 'agent' },
    });
    const answers = await Promise.all([
      signIn('nobody@example.com', gone.password),
      signIn('not an address\u0000', gone.password),
      signIn(OWNER.email, gone.password),
      signIn('invited@example.com', gone.password),
      signIn('gone@example.com', gone.password),
    ]);
    const seen = answers.map(({ status, text, headers }) => {
      const { date: _date, ...rest } = headers;
      return JSON.stringify({ status, text, rest });
    });
    expect(new Set(seen).size).toBe(1);
    expect(answers[0]?.body).toEqual({ ok: false, code: 'WRONG_PASSWORD' });
    expect(answers[0]?.status).toBe(401);
  });
});

describe('a password', () => {
  test('is changed with the current one; the other sessions end, this one stays', async () => {
    const { cookie, password } = await join(stage, owner, { email: 'change@example.com' });
    const elsewhere = cookieOf(await signIn('change@example.com', password));
    const change = (body: object) => stage.ask('POST', '/api/session/password', { cookie, body });

    expect((await change({ current: 'not the current one', next: 'another long pass phrase' })).body).toEqual(
      {
        ok: false,
        code: 'WRONG_PASSWORD',
      },
    );
    expect((await whoAmI(elsewhere)).status).toBe(200);
    expect((await change({ current: password, next: 'another long pass phrase' })).status).toBe(200);

    expect((await whoAmI(elsewhere)).status).toBe(401);
    expect((await whoAmI(cookie)).status).toBe(200);
    expect((await signIn('change@example.com', password)).status).toBe(401);
    expect((await signIn('change@example.com', 'another long pass phrase')).status).toBe(200);
  });

  test.each([
    ['fourteen characters', 'river lamp nin'],
    ['one character again and again', 'aaaaaaaaaaaaaaaaaaaa'],
    ['a run of the keyboard', 'qwertyuiopasdfgh'],
    ['a well-known one with a tail', 'Password Password 2026!'],
    ['their own name', 'Megan Kajitani 123'],
  ])('cannot be %s', async (_what, next) => {
    const { cookie, password } = await join(stage, owner, { email: `${Math.random()}@example.com` });
    const answer = await stage.ask('POST', '/api/session/password', {
      cookie,
      body: { current: password, next },
    });
    expect([answer.status, answer.body]).toEqual([400, { ok: false, code: 'WEAK_PASSWORD' }]);
    expect((await whoAmI(cookie)).status).toBe(200);
  });

  test('is stored as argon2id with 19 MiB and two passes', async () => {
    const { rows } = await stage.database.pool.query<{ hash: string }>(
      `select password_hash as hash from people where email = $1`,
      [OWNER.email],
    );
    expect(rows[0]?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test('tried too often is not tried any more, even when right, and others may still sign in', async () => {
    const { password } = await join(stage, owner, { email: 'guessed@example.com' });
    const guesses = await Promise.all(
      Array.from({ length: 21 }, (_, index) => signIn('guessed@example.com', `wrong guess number ${index}`)),
    );
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(20);
    const refused = await signIn('Guessed@example.com', password);
    expect([refused.status, refused.body]).toEqual([429, { ok: false, code: 'TOO_MANY' }]);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await signIn(OWNER.email, OWNER.password)).status).toBe(200);
  });
});

describe('deactivation', () => {
  test('ends the sessions and open links at once, says so to the desk, and can be taken back', async () => {
    const megan = await join(stage, owner, { email: 'deactivated@example.com' });
    const reset = await stage.ask<{ link: string }>('POST', `/api/people/${megan.id}/reset`, {
      cookie: owner,
    });
    const signInToken = await createLink(stage.database.db, { kind: 'sign-in', person: megan.id });
    const set = (active: boolean) =>
      stage.ask('PATCH', `/api/people/${megan.id}`, { cookie: owner, body: { active } });

    expect((await set(false)).status).toBe(200);
    expect(stage.ended.at(-1)).toBe(megan.id);
    expect((await whoAmI(megan.cookie)).status).toBe(401);
    expect(await stillValid(stage.database.db, [hashIn(megan.cookie)])).toEqual(new Set());
    for (const [path, body] of [
      [`/api/links/${tokenIn(valueIn(reset).link)}`, { password: 'another long pass phrase' }],
      ['/api/session/link', { token: signInToken }],
    ] as const) {
      expect((await stage.ask('POST', path, { body })).body).toEqual({ ok: false, code: 'LINK_USED' });
    }

    expect((await set(true)).status).toBe(200);
    expect((await whoAmI(megan.cookie)).status).toBe(401);
    expect((await signIn('deactivated@example.com', megan.password)).status).toBe(200);
  });
});
