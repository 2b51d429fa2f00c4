import type { Member, NewMember } from '@fullname/shared/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cookieOf, openStage, type Stage, setUpOwner, tokenIn, valueIn } from './stage.ts';

let stage: Stage;
let owner: string;

beforeAll(async () => {
  stage = await openStage();
  owner = await setUpOwner(stage);
}, 60_000);
afterAll(() => stage.close());

const invite = (person: Partial<NewMember>, cookie = owner) =>
  stage.ask<{ member: Member; link: string }>('POST', '/api/people', {
    cookie,
    body: {
      given: 'Megan',
      family: 'Kajitani',
      email: `${Math.random()}@example.com`,
      role: 'agent',
      ...person,
    },
  });

test.each([
  ['Megan alone', { given: 'Megan', family: '' }],
  ['Megan twice in one field', { given: '', family: 'Megan' }],
  ['李 alone', { given: '', family: '李' }],
  ['an initial', { given: 'Megan', family: 'K.' }],
  ['a department', { given: 'Customer', family: 'Support' }],
  ['spaces', { given: 'Megan', family: '\u3000 \u00a0' }],
  ['a number', { given: 'Megan', family: '2' }],
  ['markup', { given: '<b>Megan</b>', family: 'Kajitani' }],
])('nobody is created under %s', async (_what, name) => {
  const answer = await invite(name);
  expect([answer.status, answer.body]).toEqual([400, { ok: false, code: 'FULL_NAME' }]);
});

test('the refused are not in the list', async () => {
  const people = valueIn(await stage.ask<Member[]>('GET', '/api/people', { cookie: owner }));
  expect(people.map((person) => person.fullName)).toEqual(['Carol Jones']);
});

test.each([
  ['given first, with a space', { given: ' Megan ', family: 'Kajitani' }, 'Megan Kajitani'],
  ['family first, without a space', { given: '怡君', family: '林' }, '林怡君'],
  ['marks composed', { given: 'Zoe\u0308', family: "O'Neill" }, "Zoë O'Neill"],
])('a full name is written %s', async (_how, name, fullName) => {
  expect(valueIn(await invite(name)).member.fullName).toBe(fullName);
});

test('a rename to one word is refused and changes nothing', async () => {
  const { member } = valueIn(await invite({ given: 'Ana', family: 'Lopes' }));
  const refused = await stage.ask('PATCH', `/api/people/${member.id}`, {
    cookie: owner,
    body: { family: '' },
  });
  expect(refused.body).toEqual({ ok: false, code: 'FULL_NAME' });
  const people = valueIn(await stage.ask<Member[]>('GET', '/api/people', { cookie: owner }));
  expect(people.find(({ id }) => id === member.id)?.fullName).toBe('Ana Lopes');
});

test('a professional name records the owner who approved it, and only an owner can change it', async () => {
  const { member, link } = valueIn(
    await invite({
      given: 'Suharto',
      family: 'Wijaya',
      nameKind: 'professional',
      email: 'suharto@example.com',
    }),
  );
  const [carol] = valueIn(await stage.ask<Member[]>('GET', '/api/people', { cookie: owner }));
  expect([member.nameKind, member.nameApprovedBy]).toEqual(['professional', carol?.id]);

  const token = tokenIn(link);
  const other = await stage.ask('POST', `/api/links/${token}`, {
    body: { given: 'Budi', family: 'Wijaya', password: 'quiet harbour seven kites' },
  });
  expect(other.body).toEqual({ ok: false, code: 'FORBIDDEN' });
  const joined = await stage.ask('POST', `/api/links/${token}`, {
    body: { password: 'quiet harbour seven kites' },
  });
  const cookie = cookieOf(joined);

  const own = (body: object) => stage.ask<Member>('PATCH', `/api/people/${member.id}`, { cookie, body });
  expect((await own({ given: 'Budi' })).body).toEqual({ ok: false, code: 'FORBIDDEN' });
  expect(valueIn(await own({ title: 'Florist adviser' })).title).toBe('Florist adviser');

  const byOwner = await stage.ask<Member>('PATCH', `/api/people/${member.id}`, {
    cookie: owner,
    body: { given: 'Budi' },
  });
  expect(valueIn(byOwner)).toMatchObject({ fullName: 'Budi Wijaya', nameApprovedBy: carol?.id });
});

test('nobody approves a professional name for themselves', async () => {
  const { member, link } = valueIn(await invite({ email: 'self@example.com' }));
  const token = tokenIn(link);
  const cookie = cookieOf(
    await stage.ask('POST', `/api/links/${token}`, { body: { password: 'quiet harbour seven kites' } }),
  );
  const answer = await stage.ask('PATCH', `/api/people/${member.id}`, {
    cookie,
    body: { given: 'Sam', family: 'Field', nameKind: 'professional' },
  });
  expect([answer.status, answer.body]).toEqual([403, { ok: false, code: 'FORBIDDEN' }]);
});

test('who is invited may correct their own legal name, by the same rule', async () => {
  const { link } = valueIn(await invite({ given: 'Jon', family: 'Smit', email: 'john@example.com' }));
  const token = tokenIn(link);
  const accept = (body: object) =>
    stage.ask<{ person: Member }>('POST', `/api/links/${token}`, {
      body: { password: 'quiet harbour seven kites', ...body },
    });
  expect((await accept({ given: 'John', family: '' })).body).toEqual({ ok: false, code: 'FULL_NAME' });
  expect(valueIn(await accept({ given: 'John', family: 'Smith' })).person).toMatchObject({
    fullName: 'John Smith',
    joined: true,
  });
});
