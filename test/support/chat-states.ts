/**
 * The chat in its states, one after the other in one page, as a visitor comes into them: for tests that look at each, and for
 * pictures. Nothing is feigned: every state is reached by what a visitor, an agent or an owner does.
 */
import type { WidgetLocale } from '@fullname/shared/locale';
import { agentUpload, value } from '../files/upload.ts';
import {
  beforeTheFirstWord,
  calledBackBySomebody,
  everybodyIsBusy,
  helloOnThePage,
  untilSomebodyComes,
} from './chat-before.ts';
import {
  codeMailedTo,
  composerOf,
  everybodyIs,
  everything,
  type Ground,
  type Look,
  setUp,
  type Walk,
  wordsOf,
} from './chat-ground.ts';
import { allThatIsRemembered, knownInEveryWay, toldOnThisDevice } from './chat-remembered.ts';
import { USUAL } from './ease.ts';
import { eventually } from './eventually.ts';
import { newId } from './people.ts';
import { PNG, TEXT } from './pictures.ts';
import { listenToSockets, sayIn } from './stage.ts';
import { TALK } from './talk-in-languages.ts';

/** A part that nobody comes into any more would be looked at no more. */
export const STATES = 41;
const LOW = { width: 380, height: 420 };

/** Comes into every state in turn and calls `look` there; the chat is a page of its own. Afterwards both agents are here, and nothing is set. */
export async function walkStates(ground: Ground, locale: WidgetLocale, look: Look): Promise<void> {
  const context = await ground.browser.newContext({ viewport: USUAL });
  const said = listenToSockets(context);
  // A page that stands still, as for somebody who wants no motion.
  const page = await context.newPage();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const walk: Walk = { ...ground, page, locale, talk: TALK[locale], words: wordsOf(locale), look, said };
  await everybodyIs(ground, false);
  await setUp(ground, everything(walk.talk, ground.megan.person.id));
  await page.goto(`${ground.desk.origin}/w/${ground.site.key}#${locale},light`);
  await beforeTheFirstWord(walk);
  await helloOnThePage(walk);
  await untilSomebodyComes(walk);
  const conversation = await takeFirst(walk);
  await calledBackBySomebody(walk);
  await everybodyIsBusy(walk);
  await inConversation(walk, conversation);
  await whileTheyReadFurtherUp(walk, conversation);
  await filesOfTheirOwn(walk);
  await whatMayGoWrong(walk);
  await inTheMenu(walk, conversation);
  await promisesAndOffers(walk, conversation);
  await atTheEnd(walk, conversation);
  await byMail(walk);
  await context.close();
  await setUp(ground, { push: { on: false } });
}

async function inConversation({ page, talk, look, megan, desk }: Walk, conversation: string): Promise<void> {
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
}

/** Twice: a list that has just become lower is held at its end once more. */
async function toTheTop(list: Element): Promise<boolean> {
  list.scrollTo(0, 0);
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  return list.scrollTop === 0;
}

/** A message is copied; then more is said than is in sight, below the line where they left off. */
async function whileTheyReadFurtherUp(
  { page, talk, look, megan }: Walk,
  conversation: string,
): Promise<void> {
  const log = page.getByRole('log');
  await log.locator('.bubble', { hasText: talk.thanks }).hover();
  await page.locator('.copies.shown button').click();
  await page.locator('.copies [role=status]:not(:empty)').waitFor({ state: 'attached' });
  await look('a message copied', page);
  await page.mouse.move(0, 0);
  // Where a language says little, all of it would be in sight.
  await page.setViewportSize(LOW);
  const list = page.locator('.scroller');
  await eventually('they read further up', () => list.evaluate(toTheTop));
  for (const text of talk.news) await megan.do('message:send', { conversation, id: newId(), text });
  await page.locator('.below').waitFor();
  await page.setViewportSize(USUAL);
  await page.locator('.new').scrollIntoViewIfNeeded();
  await look('new messages', page);
  await list.evaluate((one) => one.scrollTo(0, one.scrollHeight));
  await page.locator('.below').waitFor({ state: 'detached' });
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

async function inTheMenu(walk: Walk, conversation: string): Promise<void> {
  const { page, talk, words, look, megan } = walk;
  await knownInEveryWay(walk);
  await megan.do('preference:note', {
    ...{ id: newId(), conversation, text: talk.likes, source: 'stated', quote: talk.thanks },
  });
  await page.locator('header .icon').first().click();
  await page.locator('.menu select').first().waitFor();
  await page.locator('.menu .tell').waitFor();
  await look('menu', page);
  await toldOnThisDevice(walk);
  await page.getByRole('button', { name: words.sounds }).click();
  await page.locator('.sounds input').waitFor();
  await look('sounds', page);
  await page.getByRole('button', { name: words.remembered }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(talk.likes).waitFor();
  await allThatIsRemembered(walk);
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
}

/** To an address of which a code is the proof; then back again, where the address is known. */
async function byMail(walk: Walk): Promise<void> {
  const { page, words, look } = walk;
  const address = `anna-${newId().slice(0, 8)}@example.com`;
  const form = page.locator('.by-mail form');
  await page.getByRole('button', { name: words.mailThis }).click();
  await form.locator('input').fill(address);
  await look('by e-mail, to which address', page);
  await form.locator('input').press('Enter');
  const code = form.locator('input[autocomplete=one-time-code]');
  await code.fill('12');
  await code.press('Enter');
  await page.locator('.by-mail [role=alert]').waitFor();
  await look('by e-mail, a code that is wrong', page);
  await code.fill(await codeMailedTo(walk, address));
  await code.press('Enter');
  await page.locator('.by-mail').waitFor({ state: 'detached' });
  await look('by e-mail, on its way', page);
  await page.reload();
  await page.locator('.farewell').waitFor();
  await page.getByRole('button', { name: words.mailThis }).click();
  await page.locator('.by-mail .act').waitFor();
  await look('back again, and by e-mail to the address that is known', page);
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
