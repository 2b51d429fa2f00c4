import type { LinkInfo, Member, SessionInfo } from '@fullname/shared/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLink, setupLink } from '../../server/src/people/links.ts';
import { hashToken } from '../../server/src/people/secrets.ts';
import { cookieOf, join, OWNER, openStage, type Stage, tokenIn, valueIn } from './stage.ts';

let stage: Stage;
let owner: string;

beforeAll(async () => {
  stage = await openStage();
}, 60_000);
afterAll(() => stage.close());

const accept = (token: string, body: object) =>
  stage.ask<SessionInfo>('POST', `/api/links/${token}`, { body });

describe('the set-up link', () => {
  test('makes one owner, by the full-name rule; of two at once one wins', async () => {
    const earlier = await setupLink(stage.database.db);
    const token = String(await setupLink(stage.database.db));
    expect((await accept(String(earlier), OWNER)).body).toEqual({ ok: false, code: 'LINK_USED' });
    const info = await stage.ask<LinkInfo>('GET', `/api/links/${token}`);
    expect(valueIn(info)).toEqual({ kind: 'setup', email: null, given: null, family: null });

    for (const [wrong, code] of [
      [{ family: '' }, 'FULL_NAME'],
      [{ email: 'carol' }, 'BAD_EMAIL'],
      [{ password: 'short' }, 'WEAK_PASSWORD'],
      [{ role: 'owner' }, 'INVALID_PAYLOAD'],
    ] as const) {
      expect((await accept(token, { ...OWNER, ...wrong })).body).toEqual({ ok: false, code });
    }

    const two = await Promise.all([
      accept(token, OWNER),
      accept(token, { ...OWNER, email: 'second@example.com' }),
    ]);
    const won = two.filter((answer) => answer.body.ok);
    const lost = two.filter((answer) => !answer.body.ok);
    expect(won).toHaveLength(1);
    expect(lost.map(({ body }) => body)).toEqual([{ ok: false, code: 'LINK_USED' }]);
    owner = cookieOf(won[0] as (typeof two)[0]);
    const people = valueIn(await stage.ask<Member[]>('GET', '/api/people', { cookie: owner }));
    expect(people.map(({ role, joined }) => [role, joined])).toEqual([['owner', true]]);
    expect(await setupLink(stage.database.db)).toBeNull();
  });

  test('does not work any more once an owner is here, even if it was never used', async () => {
    const { pool } = stage.database;
    const token = 'ab'.repeat(32);
    await pool.query(
      `insert into links (hash, kind, expires_at) values ($1, 'setup', now() + interval '1 hour')`,
      [hashToken(token)],
    );
    expect((await stage.ask('GET', `/api/links/${token}`)).status).toBe(200);
    const answer = await accept(token, { ...OWNER, email: 'intruder@example.com' });
    expect(answer.body).toEqual({ ok: false, code: 'LINK_USED' });
    expect(await setupLink(stage.database.db)).toBeNull();
  });

  test('is made again where no owner is left who could sign in', async () => {
    const { pool, db } = stage.database;
    await pool.query(`update people set active = false where role = 'owner'`);
    await pool.query(
      `insert into people (given, family, full_name, email, role) values ('Not', 'Joined', 'Not Joined', 'nj@example.com', 'owner')`,
    );
    expect(await setupLink(db)).toMatch(/^[0-9a-f]{64}$/);
    await pool.query(`update people set active = true where role = 'owner'`);
    expect(await setupLink(db)).toBeNull();
  });
});

describe('a sign-in link', () => {
  const signIn = (token: string) => stage.ask<SessionInfo>('POST', '/api/session/link', { body: { token } });

  test('signs in once; of five at once one wins', async () => {
    const { id } = await join(stage, owner, { email: 'once@example.com' });
    const token = await createLink(stage.database.db, { kind: 'sign-in', person: id });
    const five = await Promise.all(Array.from({ length: 5 }, () => signIn(token)));
    expect(five.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404]);
    expect(five.filter(({ cookie }) => cookie)).toHaveLength(1);
  });

  test('expires', async () => {
    const { id } = await join(stage, owner, { email: 'late@example.com' });
    const token = await createLink(stage.database.db, { kind: 'sign-in', person: id });
    await stage.database.pool.query(
      `update links set expires_at = now() - interval '1 second' where person_id = $1`,
      [id],
    );
    expect((await signIn(token)).body).toEqual({ ok: false, code: 'LINK_USED' });
  });

  test('sets no password, and an invitation is no sign-in', async () => {
    const { id } = await join(stage, owner, { email: 'kinds@example.com' });
    const token = await createLink(stage.database.db, { kind: 'sign-in', person: id });
    expect((await accept(token, { password: 'another long pass phrase' })).body).toEqual({
      ok: false,
      code: 'LINK_USED',
    });
    const invite = await createLink(stage.database.db, { kind: 'invite', person: id });
    expect((await signIn(invite)).body).toEqual({ ok: false, code: 'LINK_USED' });
    expect((await signIn(token)).status).toBe(200);
  });
});

describe('an invitation', () => {
  test('says whom it is for without being used up, is used up once, and lies in the fragment', async () => {
    const invited = await stage.ask<{ member: Member; link: string }>('POST', '/api/people', {
      cookie: owner,
      body: {
        given: '怡君',
        family: '林',
        email: 'lin@example.com',
        role: 'agent',
        title: 'Florist adviser',
      },
    });
    const { member, link } = valueIn(invited);
    expect(member).toMatchObject({ fullName: '林怡君', joined: false, active: true });
    expect(link.startsWith(`${stage.origin}/console/#link=`)).toBe(true);
    const token = tokenIn(link);
    for (let times = 0; times < 2; times += 1) {
      expect(valueIn(await stage.ask<LinkInfo>('GET', `/api/links/${token}`))).toEqual({
        kind: 'invite',
        email: 'lin@example.com',
        given: '怡君',
        family: '林',
      });
    }
    expect((await accept(token, { password: 'too short' })).body).toEqual({
      ok: false,
      code: 'WEAK_PASSWORD',
    });
    const two = await Promise.all([
      accept(token, { password: 'quiet harbour seven kites' }),
      accept(token, { password: 'quiet harbour eight kites' }),
    ]);
    expect(two.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect((await stage.ask('GET', `/api/links/${token}`)).status).toBe(404);
  });

  test('to an address that is here already is refused, in whatever case', async () => {
    const answer = await stage.ask('POST', '/api/people', {
      cookie: owner,
      body: { given: 'Yi', family: 'Lin', email: 'LIN@example.com', role: 'agent' },
    });
    expect([answer.status, answer.body]).toEqual([409, { ok: false, code: 'EMAIL_TAKEN' }]);
  });

  test.each(['carol', 'a@b', 'a b@example.com', 'a@example.com\r\nBcc: x@example.com', '<a@example.com>'])(
    'to %j is refused',
    async (email) => {
      const body = { given: 'Yi', family: 'Lin', email, role: 'agent' };
      const answer = await stage.ask('POST', '/api/people', { cookie: owner, body });
      expect(answer.body).toEqual({ ok: false, code: 'BAD_EMAIL' });
    },
  );
});

describe('a reset link', () => {
  test('sets a new password and ends every session; an earlier one ends', async () => {
    const megan = await join(stage, owner, { email: 'reset@example.com' });
    const ask = () => stage.ask<{ link: string }>('POST', `/api/people/${megan.id}/reset`, { cookie: owner });
    const first = tokenIn(valueIn(await ask()).link);
    const second = tokenIn(valueIn(await ask()).link);
    expect((await accept(first, { password: 'another long pass phrase' })).status).toBe(404);
    expect((await stage.ask('GET', '/api/session', { cookie: megan.cookie })).status).toBe(200);

    const answer = await accept(second, {
      password: 'another long pass phrase',
      given: 'Somebody',
      family: 'Else',
    });
    expect(valueIn(answer).person.fullName).toBe('Megan Kajitani');
    expect((await stage.ask('GET', '/api/session', { cookie: megan.cookie })).status).toBe(401);
    const signIn = await stage.ask('POST', '/api/session', {
      body: { email: 'reset@example.com', password: 'another long pass phrase' },
    });
    expect(signIn.status).toBe(200);
  });
});

test('no token is in the store, used or not', async () => {
  const { id } = await join(stage, owner, { email: 'kept@example.com' });
  const token = await createLink(stage.database.db, { kind: 'sign-in', person: id });
  const { rows } = await stage.database.pool.query<{ row: string }>(
    'select row_to_json(links)::text as row from links',
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ row }) => row.includes(token))).toEqual([]);
});
