/** Regulars know their people: the same person first, in the chat before the first word and in the offer at the desk. */
import { expect, test } from 'vitest';
import { signIdentity } from '../server/src/people/identity.ts';
import { call } from './support/console-api.ts';
import { eventually } from './support/eventually.ts';
import { anAgent, aVisitor } from './support/people.ts';
import { startRelay } from './support/relay.ts';

test('a customer who comes back on another browser is told of their ally first, and nothing is written by that', async () => {
  const relay = await startRelay();
  const { secret } = await call<{ secret: string }>(
    { origin: relay.origin, cookie: relay.owner },
    `GET /api/sites/${relay.site.id}/secret`,
  );
  const identity = () => signIdentity(secret, { sub: 'c-1', name: 'Anna Lindqvist' });
  const megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  const first = await aVisitor(relay, { identity: await identity() });
  await first.say('My parcel is late');
  await megan.take(first);
  await eventually('her conversation is counted', () => megan.heard('counts:changed').at(-1)?.mine === 1);
  const xuemei = await anAgent(relay, { given: '雪梅', family: '陈' });
  const visitors = async () =>
    (await relay.database.pool.query('select count(*)::int as n from visitors')).rows[0];

  const before = await visitors();
  const again = await aVisitor(relay, { identity: await identity() });
  const people = again
    .heard('welcome')
    .at(-1)
    ?.people.map((person) => person.fullName);
  expect(people?.[0]).toBe('Megan Kajitani');
  expect(people).toContain('陈雪梅');
  expect(await visitors()).toEqual(before);

  const stranger = await aVisitor(relay);
  const names = stranger
    .heard('welcome')
    .at(-1)
    ?.people.map((person) => person.fullName);
  expect(names?.[0]).not.toBe('Megan Kajitani');

  megan.close();
  await eventually('the ally is away, and still named first', () => {
    const [ally] = again.heard('people:changed').at(-1)?.people ?? [];
    return ally?.fullName === 'Megan Kajitani' && !ally.here;
  });
  xuemei.close();
});
