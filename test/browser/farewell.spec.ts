/** After the talk, in a browser: two questions, the way back to the same person, and on from a mail. */
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FROM, type MailServer, openMailServer } from '../mail/post.ts';
import { violations } from '../support/axe.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, aVisitor, newId } from '../support/people.ts';
import { root } from '../support/root.ts';
import { type Chat, openChat, openConsole, sayIn, type VisitOptions, visitShop } from '../support/stage.ts';
import { agentAt, shopDoor, takeWaiting } from './at-desk.ts';
import { useDemo } from './demo.ts';

let post: MailServer;
const env: Record<string, string> = {};
beforeAll(async () => {
  post = await openMailServer();
  Object.assign(env, { SMTP_URL: post.url, MAIL_FROM: FROM });
});
afterAll(() => post.close());
let ahead = 0;
const stage = useDemo({ env, now: () => Date.now() + ahead });

let megan: Agent;
beforeAll(async () => {
  megan = await agentAt(stage.desk, await openConsole(stage.browser, stage.desk, { who: 'Megan Kajitani' }));
});

async function aTalk(options: VisitOptions = {}): Promise<{ chat: Chat; conversation: string }> {
  const chat = await visitShop(stage.browser, stage.desk, options);
  const words = `The vase is here. ${newId().slice(0, 8)}`;
  await chat.say(words);
  return { chat, conversation: await takeWaiting(megan, words) };
}
const close = (conversation: string) =>
  megan.do('conversation:close', { conversation, id: newId(), farewell: 'Enjoy it, and goodbye.' });
const answersIn = async (conversation: string) =>
  (await megan.read(conversation)).flatMap((entry) =>
    entry.kind === 'farewell-answered' ? [entry.text] : [],
  );

test('two questions: what is begun outlives a reload, what is sent is there once, and one may write again at once', async () => {
  const { chat, conversation } = await aTalk();
  await chat.frame.getByRole('button', { name: 'Close the chat' }).waitFor();
  await close(conversation);
  await chat.frame.getByLabel('How was it?').fill('Calm and quick.');
  await chat.frame.getByLabel('What do you hope for next time?').fill('Peonies');
  expect(await violations(chat.page, 'fullname-chat')).toEqual([]);
  await chat.frame.getByLabel('How was it?').blur();
  await look(chat, 'farewell');
  await chat.page.reload();
  const again = await openChat(chat.page);
  const how = again.frame.getByLabel('How was it?');
  await eventually('the words are there', async () => (await how.inputValue()) === 'Calm and quick.');
  await again.frame.getByRole('button', { name: 'Send', exact: true }).first().click();
  await again.frame.getByText('Thank you. Megan Kajitani reads it.').waitFor();
  await again.frame.locator('.answered').getByText('Calm and quick.').waitFor();
  await eventually('the thanks have the focus', () =>
    again.frame.evaluate(() => document.activeElement?.textContent?.startsWith('Thank you.')),
  );
  expect(await how.count()).toBe(0);
  expect(await answersIn(conversation)).toEqual(['Calm and quick.']);
  expect(await again.frame.getByLabel('What do you hope for next time?').inputValue()).toBe('Peonies');
  expect(await violations(again.page, 'fullname-chat')).toEqual([]);
  const [download] = await Promise.all([
    again.page.waitForEvent('download'),
    again.frame.getByRole('button', { name: 'Download this conversation' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toContain('How was it?\nCalm and quick.');
  await again.frame.getByRole('button', { name: 'Write again to Megan Kajitani' }).click();
  expect(await again.composer.evaluate((field) => field === document.activeElement)).toBe(true);
  await again.say('One more thing.');
  await eventually('the conversation waits for her again', async () => {
    const { rows } = await megan.do('conversation:list', { view: 'waiting' });
    return rows.find(({ id }) => id === conversation)?.offeredTo?.fullName === 'Megan Kajitani';
  });
  await eventually('nothing is asked while it goes on', async () => (await how.count()) === 0);
});

test('the conversation by e-mail: a code to the address, the code typed in, and the words arrive', async () => {
  const { chat, conversation } = await aTalk();
  await close(conversation);
  const { frame } = chat;
  const address = `ada-${newId().slice(0, 8)}@example.com`;
  await frame.getByRole('button', { name: 'Have this conversation e-mailed' }).click();
  await frame.getByLabel('Your e-mail address').fill(address);
  await look(chat, 'by-mail-address');
  await frame.getByLabel('Your e-mail address').press('Enter');
  const code = frame.getByLabel('The six digits of the code');
  await eventually('the code’s field has the focus', () =>
    code.evaluate((field) => field === document.activeElement),
  );
  expect(await violations(chat.page, 'fullname-chat')).toEqual([]);
  await look(chat, 'by-mail-code');
  await chat.page.keyboard.type('12');
  await chat.page.keyboard.press('Enter');
  await frame.getByRole('alert').getByText('This code is not right, or holds no more.').waitFor();
  await stage.runDue();
  const mails = () => post.taken.filter(({ to }) => to === address);
  const digits = /^Subject: Your code: (\d{6})/m.exec(mails()[0]?.raw ?? '')?.[1] ?? '';
  await code.fill(`${digits.slice(0, 3)} ${digits.slice(3)}`);
  await frame.getByRole('button', { name: 'Send the conversation' }).click();
  const done = frame.getByText(`The conversation is on its way to ${address.replace(/^(.).*@/, '$1•••@')}.`);
  await done.waitFor();
  await eventually('the last words have the focus', () =>
    done.evaluate((line) => line === document.activeElement),
  );
  expect(await violations(chat.page, 'fullname-chat')).toEqual([]);
  await stage.runDue();
  expect(mails()).toHaveLength(2);
  expect(mails()[1]?.raw).toContain('Enjoy it, and goodbye.');
});

test('from right to left, in the dark, on a phone', async () => {
  const { chat, conversation } = await aTalk({ colorScheme: 'dark', viewport: { width: 360, height: 560 } });
  await close(conversation);
  await chat.frame.getByRole('button', { name: 'Write again to Megan Kajitani' }).waitFor();
  const goodbye = chat.log.locator('.row.farewell');
  await eventually('the goodbye is read before what is asked after it', () =>
    goodbye.evaluate((row) => {
      const list = row.closest('.scroller') as Element;
      const [words, shown] = [row.getBoundingClientRect(), list.getBoundingClientRect()];
      const isLonger = list.scrollHeight > row.clientHeight + list.clientHeight;
      return isLonger && words.top >= shown.top - 1 && words.bottom <= shown.bottom;
    }),
  );
  await chat.frame.getByRole('button', { name: 'More' }).click();
  await chat.frame.getByLabel('Language').selectOption('ar');
  await chat.frame.getByLabel('كيف كانت المحادثة؟').fill('هادئة وسريعة.');
  await chat.frame.getByRole('button', { name: 'استلام هذه المحادثة بالبريد الإلكتروني' }).click();
  await chat.frame.getByLabel('بريدكم الإلكتروني').fill('ada@example.com');
  await look(chat, 'farewell-ar');
  expect(await violations(chat.page, 'fullname-chat')).toEqual([]);
  const wide = await chat.frame.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide).toBe(false);
});

test('a mail’s link opens the conversation in a browser that never was there, and it goes on', async () => {
  const address = `ada-${newId().slice(0, 8)}@example.com`;
  const visitor = await aVisitor(shopDoor(stage.desk));
  const words = `Is the vase there? ${newId().slice(0, 8)}`;
  await visitor.say(words);
  await visitor.do('email:give', { conversation: visitor.conversation, id: newId(), email: address });
  const conversation = await takeWaiting(megan, words);
  await megan.say(conversation, 'It is packed.');
  ahead += 3 * 60_000;
  await stage.runDue();
  const raw = (post.taken.find(({ to }) => to === address)?.raw ?? '')
    .replace(/=\r\n/g, '')
    .replace(/=3D/g, '=');
  const link = /http:\/\/localhost:\d+\/c\/\?s=demoshop#[0-9a-f]{64},[\w-]+/.exec(raw)?.[0] ?? '';
  const context = await stage.browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('log').getByText('It is packed.').waitFor();
  expect(page.url()).not.toContain('/c/');
  expect(await page.title()).toBe('Talk to a person');
  await page.getByRole('button', { name: 'More' }).waitFor();
  expect(await page.getByRole('button', { name: 'Close the chat' }).count()).toBe(0);
  const composer = page.getByRole('textbox', { name: /Message/ });
  await sayIn(composer, 'I come at five.');
  await eventually('it is in the same conversation', async () =>
    (await megan.read(conversation)).some((entry) => 'text' in entry && entry.text === 'I come at five.'),
  );
  await page.reload();
  await page.getByRole('log').getByText('I come at five.').waitFor();
  const over = await context.newPage();
  await over.goto(`${stage.desk.origin}/c/#${'0'.repeat(64)},de`);
  await over.getByText('Dieser Link öffnet das Gespräch nicht mehr.').waitFor();
});

async function look(chat: Chat, name: string): Promise<void> {
  const folder = join(root, 'test/out/farewell');
  mkdirSync(folder, { recursive: true });
  await chat.page.screenshot({ path: join(folder, `${name}.png`) });
}
