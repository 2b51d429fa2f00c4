/** The chat before anybody has the conversation: on the page, on the first screen, with the first words, and with a time that is chosen. */
import type { Member } from '@fullname/shared/api';
import { composerOf, everybodyIs, NOTHING, setUp, type Walk } from './chat-ground.ts';
import { call } from './console-api.ts';
import { USUAL } from './ease.ts';
import { sayIn } from './stage.ts';

const NAME = 'Anna Lindqvist';
/** As browsers name them. */
const TAGS: Readonly<Record<string, string>> = { 'zh-Hans': 'zh-CN', 'zh-Hant': 'zh-TW' };

/** Somebody says hello on the shop's page. */
export async function helloOnThePage({ browser, desk, locale, look }: Walk): Promise<void> {
  const context = await browser.newContext({ viewport: USUAL, locale: TAGS[locale] ?? locale });
  const page = await context.newPage();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(desk.shop);
  await page.locator('fullname-chat section.on').waitFor();
  await look('hello on the page', page, 'fullname-chat');
  await context.close();
}

export async function beforeTheFirstWord(walk: Walk): Promise<void> {
  const { page, look } = walk;
  // While nobody is here all are likely to answer; then the one who is, and the chat's head has her face.
  await page.locator('.begin li').nth(1).waitFor();
  await page.locator('.before input').nth(2).waitFor();
  await page.locator('.begin .ways').waitFor();
  await look('nobody here', page);
  await walk.megan.do('presence:set', { here: true });
  await page.locator('header .face').waitFor();
  await look('first screen', page);
  await askForSomebody(walk);
  await leaveAQuestionOpen(walk);
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

/** What the owner asks is led to, and corrected. */
async function leaveAQuestionOpen({ page, talk, look }: Walk): Promise<void> {
  const [name, email, order] = [0, 1, 2].map((index) => page.locator('.before input').nth(index));
  await email?.fill('anna at home');
  await composerOf(page).fill(talk.ask);
  await composerOf(page).press('Enter');
  await page.locator('.before [role=alert]').nth(1).waitFor();
  await look('a question left open', page);
  await email?.fill('');
  await name?.fill(NAME);
  await order?.fill('LR-20417');
}

/** The first words: refused, tried again, waiting for somebody who is here, and for somebody who is not. */
export async function untilSomebodyComes(walk: Walk): Promise<void> {
  const { page, talk, look } = walk;
  await setUp(walk, { identity: { required: true } });
  await sayIn(composerOf(page), talk.ask);
  await page.locator('.fate.failed').waitFor();
  await setUp(walk, { identity: { required: false } });
  await look('message refused', page);
  await page.locator('.fate.failed button').nth(1).click();
  await page.locator('.mine .fate svg').waitFor();
  await page.locator('.scroller > .fact').waitFor();
  await look('waiting', page);
  await everybodyIs(walk, false);
  await page.locator('.nobody .ways').waitFor();
  const field = page.locator('.nobody input');
  await field.waitFor();
  await look('waiting, nobody here', page);
  await chooseATime(walk);
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

/** By telephone, with a number that is none at first; then it stands as a card beside the other ways. */
async function chooseATime({ page, words, look }: Walk): Promise<void> {
  await page.getByRole('button', { name: words.callBack }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').waitFor();
  await dialog.getByRole('radio').nth(1).check();
  await dialog.locator('input[type=tel]').fill('668');
  await dialog.locator('input[type=tel]').press('Enter');
  await dialog.getByRole('alert').waitFor();
  await look('a time to be called back, and a number that is none', page);
  await dialog.locator('input[type=tel]').fill('+41 44 668 18 00');
  await dialog.locator('input[type=tel]').press('Enter');
  await dialog.locator('.next .act').waitFor();
  await look('a time is chosen', page);
  await dialog.locator('.next .act').click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('.call-back').waitFor();
  await look('the time that was chosen', page);
}

/** It has a person now, and is not needed any more. */
export async function calledBackBySomebody({ page, look }: Walk): Promise<void> {
  const card = page.locator('.call-back');
  await card.getByText('Megan Kajitani').waitFor();
  await look('the time has a person', page);
  await card.getByRole('button').nth(1).click();
  await card.waitFor({ state: 'detached' });
}

/** Somebody else comes while the only one who is here has her hands full; nothing is asked of them. */
export async function everybodyIsBusy(walk: Walk): Promise<void> {
  const { browser, desk, site, locale, words, look, megan, yijun, owner } = walk;
  const people = await call<Member[]>(owner, 'GET /api/people');
  const usual = people.find(({ id }) => id === megan.person.id)?.capacity;
  const hold = (capacity = usual) => call(owner, `PATCH /api/people/${megan.person.id}`, { capacity });
  await setUp(walk, NOTHING);
  await yijun.do('presence:set', { here: false });
  await hold(1);
  const context = await browser.newContext({ viewport: USUAL });
  const page = await context.newPage();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`${desk.origin}/w/${site.key}#${locale},light`);
  await page.getByRole('button', { name: words.callBack }).waitFor();
  await look('everybody is in conversation', page);
  await context.close();
  await hold();
  await yijun.do('presence:set', { here: true });
}
