/**
 * The chat in its states, one after the other in one page, as a visitor comes into them: for tests that look at each, and for
 * pictures. Nothing is feigned: every state is reached by what a visitor, an agent or an owner does.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionInfo, Site } from '@fullname/shared/api';
import type { WidgetLocale } from '@fullname/shared/locale';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { agentUpload, value } from '../files/upload.ts';
import { type Asker, call } from './console-api.ts';
import { eventually } from './eventually.ts';
import { type Agent, anAgentWith, newId } from './people.ts';
import { PNG, TEXT } from './pictures.ts';
import { root } from './root.ts';
import { type DemoDesk, sayIn } from './stage.ts';
import { TALK, type Talk } from './talk-in-languages.ts';

/** The demo desk with two people who answer; nobody else could. */
export type Ground = {
  readonly browser: Browser;
  readonly desk: DemoDesk;
  readonly site: Site;
  /** Who answers, and to whom it is handed over. */
  readonly megan: Agent;
  readonly yijun: Agent;
  readonly owner: Asker;
};

type Seats = Readonly<Record<'megan' | 'yijun' | 'ingrid', Page>>;

/** The consoles close: a console that is drawn along costs time. The two stay by a socket alone; an owner could answer too, so she goes. */
export async function leaveTheDesk(browser: Browser, desk: DemoDesk, seats: Seats): Promise<Ground> {
  const cookies = await Promise.all([seats.megan, seats.yijun, seats.ingrid].map(cookieOf));
  const [megan = '', yijun = '', ingrid = ''] = cookies;
  const owner = { origin: desk.origin, cookie: ingrid };
  const [site] = await call<Site[]>(owner, 'GET /api/sites');
  if (!site) throw new Error('The demo desk has no shop.');
  const door = { origin: desk.origin, site, atClose: () => undefined };
  const agentOf = async (cookie: string) => {
    const { person } = await call<SessionInfo>({ origin: desk.origin, cookie }, 'GET /api/session');
    return anAgentWith(door, { cookie, person });
  };
  const agents = { megan: await agentOf(megan), yijun: await agentOf(yijun) };
  await Promise.all(Object.values(seats).map((seat) => seat.context().close()));
  return { browser, desk, site, owner, ...agents };
}

async function cookieOf(page: Page): Promise<string> {
  const cookies = await page.context().cookies();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

export type Look = (state: string, page: Page) => Promise<void>;
export type Visit = { readonly locale: WidgetLocale; readonly options?: BrowserContextOptions };

/** Every text of the chat in one language, as the build writes it down for owners. */
type Words = Readonly<Record<'ask' | 'discard' | 'how' | 'remembered' | 'sounds', string>>;

type Walk = Ground & {
  readonly page: Page;
  readonly talk: Talk;
  readonly words: Words;
  readonly look: Look;
};

/** Comes into every state in turn and calls `look` there; the chat is a page of its own. Afterwards both agents are here. */
export async function walkStates(ground: Ground, { locale, options }: Visit, look: Look): Promise<void> {
  const context = await ground.browser.newContext({ viewport: { width: 380, height: 640 }, ...options });
  // A page that stands still, as for somebody who wants no motion.
  const page = await context.newPage();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const walk: Walk = { ...ground, page, talk: TALK[locale], words: wordsOf(locale), look };
  await everybodyIs(ground, false);
  await page.goto(`${ground.desk.origin}/w/${ground.site.key}#${locale},light`);
  await beforeTheFirstWord(walk);
  await untilSomebodyComes(walk);
  const conversation = await inConversation(walk);
  await filesOfTheirOwn(walk);
  await whatMayGoWrong(walk);
  await inTheMenu(walk, conversation);
  await promisesAndOffers(walk, conversation);
  await atTheEnd(walk, conversation);
  await context.close();
}

function wordsOf(locale: WidgetLocale): Words {
  const all = JSON.parse(readFileSync(join(root, 'widget/dist/words.json'), 'utf8'));
  return (all as Record<WidgetLocale, Words>)[locale];
}

/** Whether anybody can answer, by their own switch. */
async function everybodyIs({ megan, yijun }: Ground, here: boolean): Promise<void> {
  await Promise.all([megan.do('presence:set', { here }), yijun.do('presence:set', { here })]);
}

async function beforeTheFirstWord(walk: Walk): Promise<void> {
  const { page, look } = walk;
  // While nobody is here all are likely to answer; then the one who is, and the chat's head has her face.
  await page.locator('.begin li').nth(1).waitFor();
  await page.locator('.begin .fact').first().waitFor();
  await look('nobody here', page);
  await walk.megan.do('presence:set', { here: true });
  await page.locator('header .face').waitFor();
  await look('first screen', page);
  await askForSomebody(walk);
}

/** Who is here, and somebody who is not; then back without having asked for anybody. */
async function askForSomebody({ page, words, look }: Walk): Promise<void> {
  await page.getByRole('button', { name: words.ask }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Megan Kajitani' }).waitFor();
  await look('asking for somebody', page);
  await dialog.getByRole('textbox').fill('Carol Jones');
  await dialog.getByRole('textbox').press('Enter');
  await dialog.getByRole('alert').waitFor();
  await look('asking for somebody whom nobody knows', page);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

/** The first words: refused, tried again, waiting for somebody who is here, and for somebody who is not. */
async function untilSomebodyComes(walk: Walk): Promise<void> {
  const { page, talk, look, owner, site } = walk;
  const settings = `PUT /api/sites/${site.id}/settings`;
  await call(owner, settings, { identity: { required: true } });
  await sayIn(composerOf(page), talk.ask);
  await page.locator('.fate.failed').waitFor();
  await call(owner, settings, { identity: { required: false } });
  await look('message refused', page);
  await page.locator('.fate.failed button').nth(1).click();
  await page.locator('.mine .fate svg').waitFor();
  await page.locator('.scroller > .fact').waitFor();
  await look('waiting', page);
  await everybodyIs(walk, false);
  const field = page.locator('.nobody input');
  await field.waitFor();
  await look('waiting, nobody here', page);
  await field.fill('anna at home');
  await page.locator('.nobody form button').click();
  await page.getByRole('alert').waitFor();
  await look('e-mail address refused', page);
  await field.fill('anna@example.com');
  await page.locator('.nobody form button').click();
  await page.getByRole('log').getByText('anna@example.com').waitFor();
  await look('e-mail address given', page);
  await everybodyIs(walk, true);
}

async function inConversation(walk: Walk): Promise<string> {
  const { page, talk, look, megan, desk } = walk;
  const conversation = await takeFirst(walk);
  await megan.do('message:send', { conversation, id: newId(), text: talk.answer });
  const log = page.getByRole('log');
  await log.getByText(talk.answer).waitFor();
  const id = newId();
  const sent = { id, name: 'rose.png' };
  const { file } = value(
    await agentUpload({ origin: desk.origin }, { agent: megan, conversation }, PNG, sent),
  );
  await megan.do('file:send', { conversation, id, file });
  await log.getByText('rose.png').first().waitFor();
  await sayIn(composerOf(page), talk.thanks);
  await eventually('it is sent', async () => (await page.locator('.mine .fate svg').count()) > 0);
  await look('conversation', page);
  megan.socket.emit('typing:show', { conversation });
  await page.locator('.typing').getByText('Megan Kajitani').waitFor();
  await look('somebody is writing', page);
  return conversation;
}

/** One that cannot be sent, one on its way, and one that the relay refuses. */
async function filesOfTheirOwn({ page, words, look }: Walk): Promise<void> {
  const picker = page.locator('.composer input[type=file]');
  const onTheWay = '**/w/files?*';
  await page.route(onTheWay, () => undefined);
  await picker.setInputFiles([
    { name: 'tool.exe', mimeType: 'application/octet-stream', buffer: TEXT },
    { name: 'the-balcony-as-it-was-in-spring.png', mimeType: 'image/png', buffer: PNG },
  ]);
  await page.locator('.composer [role=alert]').waitFor();
  await page.getByRole('progressbar').waitFor();
  await look('file on its way, another that cannot be sent', page);
  await page.locator('.file .acts button').click();
  await page.getByRole('progressbar').waitFor({ state: 'detached' });
  await page.unroute(onTheWay);
  await picker.setInputFiles({ name: 'not-a-picture.png', mimeType: 'image/png', buffer: TEXT });
  await page.locator('.file .failed').waitFor();
  await look('file refused', page);
  await page.getByRole('button', { name: words.discard }).click();
  await page.locator('.file .failed').waitFor({ state: 'detached' });
}

async function whatMayGoWrong({ page, talk, look }: Walk): Promise<void> {
  const field = composerOf(page);
  await field.fill('x'.repeat(4_001));
  await page.locator('.composer [role=alert]').waitFor();
  await look('too long', page);
  await field.fill('');
  await page.locator('.composer [role=alert]').waitFor({ state: 'detached' });
  await page.context().setOffline(true);
  await page.locator('.status:not(:empty)').waitFor();
  await sayIn(field, talk.offline);
  await page.locator('.mine').getByText(talk.offline).waitFor();
  await look('line lost', page);
  await page.context().setOffline(false);
  await page.locator('.status:not(:empty)').waitFor({ state: 'detached' });
  await page.locator('.mine .fate').last().locator('svg').waitFor();
}

async function inTheMenu({ page, talk, words, look, megan }: Walk, conversation: string): Promise<void> {
  await megan.do('preference:note', {
    ...{ id: newId(), conversation, text: talk.likes, source: 'stated', quote: talk.thanks },
  });
  await page.locator('header .icon').first().click();
  await page.locator('.menu select').first().waitFor();
  await look('menu', page);
  await page.getByRole('button', { name: words.sounds }).click();
  await page.locator('.sounds input').waitFor();
  await look('sounds', page);
  await page.getByRole('button', { name: words.remembered }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(talk.likes).waitFor();
  await look('what is remembered', page);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.locator('.menu').waitFor({ state: 'detached' });
}

async function promisesAndOffers({ page, talk, look, megan }: Walk, conversation: string): Promise<void> {
  const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  for (const [index, text] of talk.promises.entries())
    await megan.do('promise:make', { id: newId(), conversation, text, due: inMinutes(60 + index) });
  await page.locator('.promised button').waitFor();
  await page.locator('.promised button').click();
  await look('promises', page);
  await page.locator('.promised button').click();
  await megan.do('extras:offer', { id: newId(), conversation, text: talk.offer, options: talk.options });
  await openTheOther(page);
  await page.locator('.extras input').fill('3');
  await look('something to choose', page);
  await page.locator('.extras input').press('Escape');
}

/** The list moves while the offer comes into it, and a click may meet what stood there before. */
async function openTheOther(page: Walk['page']): Promise<void> {
  const other = page.locator('.extras button[aria-expanded]');
  await eventually('there is a field for something else', async () => {
    if ((await other.getAttribute('aria-expanded')) === 'false') await other.click();
    return (await other.getAttribute('aria-expanded')) === 'true';
  });
}

async function atTheEnd(walk: Walk, conversation: string): Promise<void> {
  const { page, talk, words, look, megan, yijun } = walk;
  const to = yijun.person.id;
  await megan.do('conversation:hand-over', { conversation, id: newId(), to, note: '' });
  await page.locator('.faces').waitFor();
  await look('handed over', page);
  await yijun.do('conversation:close', { conversation, id: newId(), farewell: talk.farewell });
  await page.locator('.farewell').waitFor();
  const how = page.getByLabel(words.how);
  await how.waitFor();
  await look('ended', page);
  await how.fill(talk.thanks);
  await page.locator('.goodbye form button').first().click();
  await page.locator('.answered').getByText(talk.thanks).waitFor();
  await look('a question answered', page);
  await page.reload();
  await page.locator('.farewell').waitFor();
  await look('back again', page);
}

/** The conversation that waits, and is the only one with these words. */
async function takeFirst({ megan, talk }: Walk): Promise<string> {
  const conversation = await eventually('it waits', async () => {
    const { rows } = await megan.do('conversation:list', { view: 'waiting' });
    return rows.find(({ preview }) => preview?.text === talk.ask)?.id;
  });
  await megan.do('conversation:take', { conversation, id: newId() });
  return conversation;
}

function composerOf(page: Page) {
  return page.locator('.composer textarea');
}
