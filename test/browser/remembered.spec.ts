import { beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, aVisitor, newId, type VisitorOptions } from '../support/people.ts';
import {
  type Chat,
  listenToSockets,
  openChat,
  openConsole,
  type VisitOptions,
  visitShop,
} from '../support/stage.ts';
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

  test('an e-mail address that they left: removed, it goes from the agent’s pane, and from their own chat', async () => {
    const context = await stage.browser.newContext();
    const frames = listenToSockets(context);
    const chat = await visitShop(context, stage.desk);
    const words = `Do you have peonies? ${newId().slice(0, 8)}`;
    const address = `ada-${newId().slice(0, 8)}@example.com`;
    await chat.say(words);
    await takeWaiting(megan, words);
    // Somebody is here, so the chat does not ask: the same browser says it by another line.
    const [, token, conversation] = await eventually('the talk has begun', () =>
      /"token":"([0-9a-f]{64})","conversation":"([0-9a-f-]{36})"/.exec(frames().join('\n')),
    );
    const same = await aVisitor(shopDoor(stage.desk), { token, conversation } as VisitorOptions);
    await same.do('email:give', { conversation: same.conversation, id: newId(), email: address });
    same.close();
    await chat.log.getByText(address).waitFor();
    const pane = await showMine(console, words);
    await pane.getByText(address).waitFor();
    await console.getByText(`Left an e-mail address: ${address}`).waitFor();
    const dialog = await openList(chat);
    const said = dialog.getByRole('region', { name: 'What you told us' });
    await said.getByText(address).waitFor();
    expect(await violations(chat.page, 'fullname-chat')).toEqual([]);
    await said.getByRole('button', { name: `Remove: ${address}` }).press('Enter');
    await said.getByText('Removed.').waitFor();
    await pane.getByText(address).waitFor({ state: 'detached' });
    await console.getByText(`Left an e-mail address: ${address}`).waitFor({ state: 'detached' });
    await console.getByText('was removed by them').waitFor();
    await chat.page.reload();
    const again = await openChat(chat.page);
    await again.log.getByText(words).waitFor();
    expect(await again.log.innerText()).not.toContain(address);
    expect(await (await openList(again)).innerText()).not.toContain(address);
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
