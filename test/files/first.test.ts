import type { PublicEntry } from '@fullname/shared/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal, type Visitor } from '../support/people.ts';
import { PNG } from '../support/pictures.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { value, visitorUpload } from './upload.ts';

const HOURS_MS = 60 * 60 * 1_000;

let relay: Relay;
let megan: Agent;
/** The relay's clock runs ahead by this. */
let ahead = 0;

beforeAll(async () => {
  relay = await openRelay({ env: { LOG_LEVEL: 'fatal' }, now: () => Date.now() + ahead });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
});
afterAll(() => relay.close());

async function prepared(): Promise<Visitor> {
  const visitor = await aVisitor(relay);
  const { conversation, token } = visitor;
  const made = await visitor.do('conversation:prepare', { token, conversation, locale: 'en' });
  expect(made.conversation).toMatchObject({ id: conversation, publicSeq: 0, holder: null });
  return visitor;
}

async function sendPicture(visitor: Visitor): Promise<PublicEntry> {
  const id = newId();
  const { file } = value(await visitorUpload(relay, visitor, PNG, { id }));
  return visitor.do('file:send', { conversation: visitor.conversation, id, file });
}

async function listed(): Promise<number> {
  const views = ['waiting', 'all', 'closed'] as const;
  const pages = await Promise.all(views.map((view) => megan.do('conversation:list', { view })));
  return pages.reduce((sum, { rows }) => sum + rows.length, 0);
}

async function conversationsOf(visitor: Visitor): Promise<number> {
  const { rows } = await relay.database.pool.query<{ n: number }>(
    'select count(*)::int as n from conversations where client_id = $1',
    [visitor.conversation],
  );
  return rows[0]?.n ?? -1;
}

describe('a conversation that begins with a file', () => {
  test('is seen by nobody before, and waits with its file as its first entry', async () => {
    const before = await listed();
    const visitor = await prepared();
    const { file } = value(await visitorUpload(relay, visitor, PNG, { id: newId() }));
    expect(file).toMatch(/^[0-9a-f-]{36}$/);
    expect(await listed()).toBe(before);
    expect(
      megan
        .heard('rows:changed')
        .flat()
        .some((row) => row.lastSeq === 0),
    ).toBe(false);

    const entry = await sendPicture(visitor);
    expect(entry).toMatchObject({ kind: 'file', publicSeq: 1, text: 'rose.png' });
    expect(await visitor.read()).toEqual([entry]);
    const row = await eventually('it waits', () => megan.find(visitor));
    expect(row).toMatchObject({ status: 'waiting', preview: { text: 'rose.png', by: 'visitor' } });
  });

  test('is made once, and words may come first after all', async () => {
    const visitor = await prepared();
    const { conversation, token } = visitor;
    const again = await visitor.do('conversation:prepare', { token, conversation, locale: 'en' });
    expect(again.conversation.id).toBe(conversation);
    const message = { id: newId(), text: 'Before the picture' };
    await visitor.do('conversation:start', { token, conversation, message, locale: 'en' });
    expect(await conversationsOf(visitor)).toBe(1);
    expect((await sendPicture(visitor)).publicSeq).toBe(2);
    const third = await visitor.do('conversation:prepare', { token, conversation, locale: 'en' });
    expect(third.conversation).toMatchObject({ publicSeq: 2, status: 'waiting' });
  });

  test('that never came is gone after two hours; one that came stays', async () => {
    const [unused, used] = [await prepared(), await prepared()];
    await visitorUpload(relay, unused, PNG);
    await sendPicture(used);
    ahead += 3 * HOURS_MS;
    await relay.runDue();
    expect(await conversationsOf(unused)).toBe(0);
    expect(await conversationsOf(used)).toBe(1);
    const late = { conversation: unused.conversation, id: newId(), text: 'Hello?' };
    expect(await refusal(unused.ask('message:send', late))).toBe('UNKNOWN_CONVERSATION');
  });

  test('is begun anew by whoever stayed on the page when it was forgotten', async () => {
    const visitor = await prepared();
    const { conversation, token } = visitor;
    ahead += 3 * HOURS_MS;
    await relay.runDue();
    const message = { id: newId(), text: 'Hello after all' };
    await visitor.do('conversation:start', { token, conversation, message, locale: 'en' });
    const next = await visitor.do('message:send', { conversation, id: newId(), text: 'Are you there?' });
    expect(next.publicSeq).toBe(2);
  });

  test('keeps whom its visitor asked for and who they are until the file is there', async () => {
    const lin = await anAgent(relay, { given: '怡君', family: '林' });
    const visitor = await aVisitor(relay);
    const { conversation, token } = visitor;
    const about = { name: 'Anna Lindqvist', email: 'anna@example.com', order: '4711' };
    const asked = { token, conversation, locale: 'en', askFor: lin.person.id, about } as const;
    const before = await listed();
    const made = await visitor.do('conversation:prepare', asked);
    expect(made.conversation.publicSeq).toBe(0);
    expect(await listed()).toBe(before);
    await sendPicture(visitor);
    const log = await visitor.read();
    expect(log.map(({ kind }) => kind)).toEqual(['file', 'introduced', 'person-asked']);
    expect(log[1]).toMatchObject(about);
    expect(log[2]).toMatchObject({ person: { fullName: '林怡君' } });
    const row = await eventually('it is offered', async () => {
      const found = await megan.find(visitor);
      return found.offeredTo && found;
    });
    expect(row).toMatchObject({ name: 'Anna Lindqvist', offeredTo: { fullName: '林怡君' } });
    // Once, however often the rest is tried.
    await visitor.do('conversation:prepare', asked);
    await sendPicture(visitor);
    expect((await visitor.read()).map(({ kind }) => kind)).toEqual([
      ...['file', 'introduced', 'person-asked', 'file'],
    ]);
  });

  test('keeps it also where words come before the file', async () => {
    const visitor = await aVisitor(relay);
    const { conversation, token } = visitor;
    const about = { name: 'Omar Haddad' };
    await visitor.do('conversation:prepare', { token, conversation, locale: 'en', about });
    await visitor.do('message:send', { conversation, id: newId(), text: 'The picture will not go' });
    expect((await visitor.read()).map(({ kind }) => kind)).toEqual(['message', 'introduced']);
  });

  test('belongs to the token that made it', async () => {
    const visitor = await prepared();
    const stranger = await aVisitor(relay);
    const { conversation } = visitor;
    const asked = { token: '0'.repeat(64), conversation, locale: 'en' } as const;
    expect(await refusal(visitor.ask('conversation:prepare', asked))).toBe('BAD_TOKEN');
    await stranger.do('conversation:prepare', { ...asked, token: stranger.token });
    expect(await conversationsOf(visitor)).toBe(2);
  });
});
