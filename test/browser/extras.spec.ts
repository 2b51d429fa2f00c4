import { beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, newId } from '../support/people.ts';
import { type Chat, openChat, openConsole, type VisitOptions, visitShop } from '../support/stage.ts';
import { agentAt, showMine, takeWaiting } from './at-desk.ts';
import { useDemo } from './demo.ts';

/** The relay's clock of due times, moved by the tests alone. */
let ahead = 0;
const stage = useDemo({ now: () => Date.now() + ahead });
const inMinutes = (minutes: number) => new Date(Date.now() + ahead + minutes * 60_000).toISOString();

let console: Awaited<ReturnType<typeof openConsole>>;
let megan: Agent;
beforeAll(async () => {
  console = await openConsole(stage.browser, stage.desk, { who: 'Megan Kajitani' });
  megan = await agentAt(stage.desk, console);
});

type Spoken = { readonly chat: Chat; readonly conversation: string; readonly words: string };

/** A visitor whom Megan Kajitani has taken. */
async function aConversation(options: VisitOptions & { readonly as?: string } = {}): Promise<Spoken> {
  const chat = await visitShop(stage.browser, stage.desk, options);
  const words = `The vase came cracked. ${newId().slice(0, 8)}`;
  await chat.say(words);
  await chat.log.getByText(words).waitFor();
  return { chat, words, conversation: await takeWaiting(megan, words) };
}

const OPTIONS = ['A bunch of tulips', 'Free delivery next time'];
const TEXT = 'I would like to add something. Which of these?';

async function offer(conversation: string): Promise<void> {
  await megan.do('extras:offer', { id: newId(), conversation, text: TEXT, options: OPTIONS });
}
const cardOf = ({ log }: Chat) => log.getByRole('group', { name: 'Megan Kajitani lets you choose' });

describe('extras in the chat', () => {
  test('are chosen by keyboard, said in the visitor’s own words, and known to the agent as a preference', async () => {
    const { chat, conversation, words } = await aConversation({ as: 'omar-haddad' });
    const pane = await showMine(console, words);
    await offer(conversation);
    const card = cardOf(chat);
    await card.getByRole('button', { name: 'Something else' }).waitFor();
    expect(await violations(chat.page, 'fullname-chat')).toEqual([]);
    for (const button of await card.getByRole('button').all())
      expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(24);

    const wanted = card.getByRole('button', { name: OPTIONS[1] ?? '' });
    await chat.composer.focus();
    await eventually('the keyboard reaches the option', async () => {
      if (await wanted.evaluate((button) => button === document.activeElement)) return true;
      await chat.page.keyboard.press('Shift+Tab');
      return false;
    });
    await chat.page.keyboard.press('Enter');
    await chat.log
      .locator('.mine')
      .getByText(OPTIONS[1] ?? '')
      .waitFor();
    await eventually('the buttons are gone', async () => (await card.getByRole('button').count()) === 0);
    expect(await card.evaluate((element) => element === document.activeElement)).toBe(true);

    await pane
      .getByText(OPTIONS[1] ?? '')
      .first()
      .waitFor();
    expect(await violations(chat.page, 'fullname-chat')).toEqual([]);

    const second = await chat.page.context().newPage();
    await second.goto(`${stage.desk.shop}?as=omar-haddad`);
    const other = await openChat(second);
    await cardOf(other).waitFor();
    expect(await cardOf(other).getByRole('button').count()).toBe(0);
    expect(
      await other.log
        .locator('.mine')
        .getByText(OPTIONS[1] ?? '')
        .count(),
    ).toBe(1);
    await chat.page.context().close();
  });

  test('can be something else, in one line of the visitor’s own', async () => {
    const { chat, conversation, words } = await aConversation({ as: 'helen-papadakis' });
    const pane = await showMine(console, words);
    await offer(conversation);
    const card = cardOf(chat);
    await card.getByRole('button', { name: 'Something else' }).click();
    const field = card.getByRole('textbox', { name: 'What would you like instead?' });
    await field.fill('A card for my mother, please');
    await field.press('Enter');
    await chat.log.locator('.mine').getByText('A card for my mother, please').waitFor();
    await pane.getByText('A card for my mother, please').first().waitFor();
    await chat.page.context().close();
  });

  test('are chosen once though the network is gone: drawn at once, sent when it is back', async () => {
    const { chat, conversation } = await aConversation();
    await offer(conversation);
    const card = cardOf(chat);
    await card.getByRole('button', { name: OPTIONS[0] ?? '' }).waitFor();
    const context = chat.page.context();
    await context.setOffline(true);
    await card.getByRole('button', { name: OPTIONS[0] ?? '' }).click();
    const mine = chat.log.locator('.mine').getByText(OPTIONS[0] ?? '');
    await mine.waitFor();
    expect(await card.getByRole('button').count()).toBe(0);
    const chosen = async () =>
      (await megan.read(conversation)).filter(({ kind }) => kind === 'extra-chosen').length;
    expect(await chosen()).toBe(0);
    await context.setOffline(false);
    await eventually('it has arrived', async () => (await chosen()) === 1, 40_000);
    await eventually('it says so', async () => !(await chat.log.innerText()).includes('sending'));
    expect(await mine.count()).toBe(1);
    await context.close();
  });
});

describe('a promise', () => {
  test('stays in sight, is told of by name before its time has passed, and goes when it is kept', async () => {
    const { chat, conversation } = await aConversation();
    const promise = newId();
    const text = 'a call about the vase';
    await megan.do('promise:make', { id: promise, conversation, text, due: inMinutes(60) });
    const open = chat.frame.getByRole('region', { name: 'Promised to you' });
    await open.getByText(text).waitFor();
    expect(await open.innerText()).toMatch(/Megan Kajitani promised\s+a call about the vase\s+by \d\d:\d\d/);
    await chat.log.getByText(`Megan Kajitani promised: ${text}, by `).waitFor();
    expect(await violations(chat.page, 'fullname-chat')).toEqual([]);

    ahead += 57 * 60_000;
    await stage.runDue();
    await chat.log.getByText(`Megan Kajitani is still on it: ${text}.`).waitFor();
    await megan.do('promise:move', { id: newId(), conversation, promise, due: inMinutes(120) });
    await chat.log.getByText('Megan Kajitani needs a little longer and promises a new time').waitFor();
    await megan.do('promise:keep', { conversation, promise });
    await chat.log.getByText(`Megan Kajitani has kept this promise: ${text}.`).waitFor();
    await open.waitFor({ state: 'detached' });
    await chat.page.context().close();
  });

  test.each([
    ['zh-CN', '对您的承诺', 'Megan Kajitani 向您承诺'],
    ['zh-TW', '對您的承諾', 'Megan Kajitani 向您承諾'],
  ])('is said in the visitor’s language on a narrow phone: %s', async (locale, region, line) => {
    const phone = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };
    const { chat, conversation } = await aConversation({ locale, colorScheme: 'dark', ...phone });
    const text = 'a new vase at your door, wrapped twice and looked at before it leaves';
    await megan.do('promise:make', { id: newId(), conversation, text, due: inMinutes(60) });
    await chat.frame.getByRole('region', { name: region }).getByText(line).waitFor();
    await chat.log.getByText(line).waitFor();
    const wider = () => document.documentElement.scrollWidth > window.innerWidth;
    expect(await chat.frame.evaluate(wider)).toBe(false);
    expect(await violations(chat.page, 'fullname-chat')).toEqual([]);
    await chat.page.context().close();
  });
});
