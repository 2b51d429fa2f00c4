/** What is written in the book and in the settings on the same day. */
import { PLAIN_RULE } from '@fullname/shared/reader/rule';
import { type Asker, call } from '../support/console-api.ts';
import { newId } from '../support/people.ts';
import type { People } from './long-day.ts';

/** What the reader then stops at. */
export const RULE = {
  ...{ ...PLAIN_RULE, locale: 'en', title: 'No hurry', finds: ['hurry up'], except: ['no need to hurry up'] },
  ...{ reason: 'They have time', sayInstead: ['take your time'], mustFire: [{ text: 'Please hurry up.' }] },
  mustNotFire: [{ text: 'There is no need to hurry up.' }],
} as const;

/** In the book and in the settings: proposed and talked over, declined, published, and keys. */
export async function office({ owner, megan, door }: People): Promise<void> {
  const hers = { origin: door.origin, cookie: megan.cookie };
  const body = (text: string) => ({
    ...{
      locale: 'en',
      situation: 'hello',
      text,
      reason: 'It is kind',
      notWhen: 'They are in a hurry',
      tags: ['warm'],
    },
  });
  const propose = async (asker: Asker, text: string, more: object = {}) => {
    const draft = {
      id: newId(),
      kind: 'phrase',
      target: null,
      example: 'Hello there',
      body: body(text),
      ...more,
    };
    return (await call<{ id: string }>(asker, 'POST /api/book/changes', draft)).id;
  };
  const open = await propose(hers, 'You are welcome here.');
  await call(owner, `POST /api/book/changes/${open}/comments`, { id: newId(), text: 'I like it' });
  const no = await propose(hers, 'Hi.');
  await call(owner, `POST /api/book/changes/${no}/decision`, { decision: 'decline', why: 'Too short' });
  await propose(hers, '', { kind: 'rule', body: { ...RULE, title: 'No haste' } });
  await propose(owner, '', { kind: 'rule', body: RULE, decide: 'accept' });
  await propose(owner, 'It is good that you write.', { decide: 'accept' });
  await call(owner, 'POST /api/book/versions', { note: 'A warmer hello' });
  await propose(owner, 'And this one waits for the next version.', { decide: 'accept' });
  await call(owner, 'POST /api/book/first-report', {
    sentences: [{ text: 'Refunds are not my department.', locale: 'en' }],
  });
  await call(owner, 'PATCH /api/book/settings', { contacts: ['care@larkspur.example'] });
  const { key } = await call<{ key: { id: string } }>(owner, 'POST /api/keys', { name: 'Shop' });
  await call(owner, `DELETE /api/keys/${key.id}`);
  await call(owner, 'POST /api/keys', { name: 'Till' });
}
