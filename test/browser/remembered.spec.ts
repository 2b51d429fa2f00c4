import { beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, aVisitor, newId } from '../support/people.ts';
import { type Chat, openChat, openConsole, type VisitOptions, visitShop } from '../support/stage.ts';
import { agentAt, shopDoor, showMine, takeWaiting } from './at-desk.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();
let console: Awaited<ReturnType<typeof openConsole>>;
let megan: Agent;
beforeAll(async () => {
  console = await openConsole(stage.browser, stage.desk, { who: 'Megan Kajitani' });
  megan = await agentAt(stage.desk, console);
});

type Known = { readonly chat: Chat; readonly words: string; readonly text: string; readonly id: string };

/** A visitor of whom Megan Kajitani has noted something. */
async function aKnownVisitor(options: VisitOptions & { readonly as?: string } = {}): Promise<Known> {
  const chat = await visitShop(stage.browser, stage.desk, options);
  const words = `I am home from three. ${newId().slice(0, 8)}`;
  await chat.say(words);
  await chat.log.getByText(words).waitFor();
  const conversation = await takeWaiting(megan, words);
  const id = newId();
  const text = `Deliveries after three ${id.slice(0, 8)}`;
  const quote = 'I am home from three.';
  await megan.do('preference:note', { id, conversation, text, source: 'stated', quote });
  return { chat, words, text, id };
}

async function openList({ frame }: Chat): Promise<ReturnType<typeof frame.getByRole>> {
  await frame.getByRole('button', { name: 'More' }).click();
  await frame.getByRole('button', { name: 'What we remember of you' }).click();
  const dialog = frame.getByRole('dialog', { name: 'What we remember of you' });
  await dialog.waitFor();
  return dialog;
}

describe('what we remember of a visitor', () => {
  test('is theirs to see and to remove by keyboard; it goes from the agent’s pane at once', async () => {
    const { chat, words, text } = await aKnownVisitor({ as: 'omar-haddad' });
    const sent: string[] = [];
    chat.page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => sent.push(String(payload))),
    );
    await chat.page.reload();
    const { frame, log } = await openChat(chat.page);
    await log.getByText(words).waitFor();
    await eventually('the socket is heard', () => sent.length > 0);
    const { keyboard } = chat.page;
    const focused = () => frame.evaluate(() => document.activeElement?.textContent ?? '');

    await frame.getByRole('button', { name: 'More' }).focus();
    await keyboard.press('Enter');
    const item = frame.getByRole('button', { name: 'What we remember of you' });
    await item.waitFor();
    expect(sent.join()).not.toContain('remembered:read');
    await item.focus();
    await keyboard.press('Enter');
    const dialog = frame.getByRole('dialog', { name: 'What we remember of you' });
    await dialog.getByText(text).waitFor();
    expect(sent.join()).toContain('remembered:read');
    expect(await dialog.innerText()).toMatch(/Noted by Megan Kajitani, \w+ \d+, \d{4}/);
    expect(await dialog.innerText()).toContain('I am home from three.');
    expect(await violations(chat.page, 'fullname-chat')).toEqual([]);

    const pane = await showMine(console, words);
    await pane.getByText(text).waitFor();
    await keyboard.press('Tab');
    expect(await focused()).toBe('Remove');
    await keyboard.press('Enter');
    await dialog.getByText('Removed.').waitFor();
    await eventually('the caret is where it was', async () => (await focused()) === 'Removed.');
    await pane.getByText(text).waitFor({ state: 'detached' });

    await keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await focused()).toBe('What we remember of you');
    await keyboard.press('Escape');
    await item.waitFor({ state: 'detached' });
    expect(await frame.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('More');
    await log.getByText(words).waitFor();
    await chat.page.context().close();
  });

  test('is nobody else’s to see or to remove', async () => {
    const { chat, text, id } = await aKnownVisitor();
    const stranger = await visitShop(stage.browser, stage.desk);
    await stranger.say('Good morning.');
    await stranger.log.getByText('Good morning.').waitFor();
    const theirs = await openList(stranger);
    await theirs.getByText('What stays').waitFor();
    expect(await theirs.innerText()).not.toContain(text);

    const other = await aVisitor(shopDoor(stage.desk));
    await other.say('Good morning.');
    const kinds = (await other.do('remembered:read', {})).map(({ kind }) => kind);
    expect(kinds).toEqual(['device']);
    await other.do('remembered:remove', { id });
    other.close();
    await (await openList(chat)).getByText(text).waitFor();
    await stranger.page.context().close();
    await chat.page.context().close();
  });

  test('says so where there is no line, with a way on', async () => {
    const { chat, text } = await aKnownVisitor();
    const list = await openList(chat);
    await list.getByText(text).waitFor();
    await list.getByRole('button', { name: 'Back to the conversation' }).click();
    await list.waitFor({ state: 'detached' });
    await chat.page.context().setOffline(true);
    await chat.frame.getByRole('button', { name: 'What we remember of you' }).click();
    await list.getByText('No connection just now').waitFor();
    await chat.page.context().setOffline(false);
    await eventually('it can be read again', async () => {
      await list.getByRole('button', { name: 'Try again' }).click({ timeout: 3_000 });
      await list.getByText(text).waitFor({ timeout: 3_000 });
      return true;
    });
    await chat.page.context().close();
  });
});
