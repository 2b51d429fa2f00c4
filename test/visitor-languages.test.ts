import { nearestLocale, WIDGET_LOCALES } from '@fullname/shared/locale';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aReport } from './bible/desk.ts';
import { eventually } from './support/eventually.ts';
import { type Agent, anAgent, aVisitor } from './support/people.ts';
import { openRelay, type Relay } from './support/relay.ts';

let relay: Relay;
let megan: Agent;

beforeAll(async () => {
  relay = await openRelay();
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
});
afterAll(() => relay.close());

describe.each(WIDGET_LOCALES)('a visitor who reads the chat in %s', (locale) => {
  test('is let in, and the agent sees the language, and writes in the nearest of the book’s', async () => {
    const visitor = await aVisitor(relay, { locale });
    await visitor.say('FLN-204?');
    const { id } = await megan.find(visitor);
    const { conversation: detail } = await megan.do('conversation:open', { conversation: id });
    expect(detail).toMatchObject({ speaks: locale, locale: nearestLocale(locale) });
  });
});

test('another language that they choose is the one they are answered in, and the one they read that we remember', async () => {
  const first = await aVisitor(relay, { locale: 'zh-Hans' });
  await first.say('FLN-204?');
  const { id } = await megan.find(first);
  first.close();
  const { token, conversation } = first;
  const visitor = await aVisitor(relay, { token, conversation, locale: 'ar' });
  await eventually('the desk knows', async () => {
    const { conversation: detail } = await megan.do('conversation:open', { conversation: id });
    return detail.speaks === 'ar';
  });
  const remembered = await visitor.do('remembered:read', {});
  expect(remembered.find(({ kind }) => kind === 'device')).toMatchObject({ locale: 'ar' });
});

test('what was answered in one language is offered in no other that is written with the same letters', async () => {
  const ask = { asked: 'Pouvez-vous livrer le dimanche matin ?', locale: 'fr' } as const;
  const visitor = await aVisitor(relay, { locale: ask.locale });
  await visitor.say(ask.asked);
  const conversation = await megan.take(visitor);
  const answer = await megan.say(conversation, 'Lundi à neuf heures.');
  const request = {
    asked: ask.asked,
    outcome: 'alternative',
    offered: ['Lundi à neuf heures.'],
    reason: null,
  } as const;
  await megan.do('writing:report', aReport(answer, { situation: 'refusing', request }));
  const pastFor = async (locale: 'fr' | 'en'): Promise<string[]> => {
    const other = await aVisitor(relay, { locale });
    await other.say(ask.asked);
    const { id } = await megan.find(other);
    const found = await megan.do('alternatives:find', { conversation: id, asked: ask.asked });
    return found.filter(({ from }) => from === 'past').map(({ text }) => text);
  };
  expect(await pastFor('fr')).toEqual(['Lundi à neuf heures.']);
  expect(await pastFor('en')).toEqual([]);
});

test('a language that the chat does not speak is no locale', async () => {
  const door = (locale: string) => aVisitor(relay, { locale: locale as 'en' });
  await expect(door('pt')).rejects.toThrow('INVALID_PAYLOAD');
});
