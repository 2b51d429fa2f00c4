/**
 * The README's pictures, taken from the running product: the demo shop and the console side by side, in three languages.
 * They are written to docs/pictures; look at them before you commit them.
 */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { atRest } from '../support/axe.ts';
import { chatFrame, launchBrowser } from '../support/browser.ts';
import { openRecord, pane, promise, toTodo } from '../support/desk-acts.ts';
import { atMost, type Measured, runTool, type Stage } from '../support/figures.ts';
import { root } from '../support/root.ts';
import { freePort, makeDataFolder, removeDataFolder, spawnRelay } from '../support/spawn-relay.ts';
import { type DemoDesk, demoDesk, openConsole, type VisitOptions, visitShop } from '../support/stage.ts';

const FOLDER = join(root, 'docs/pictures');
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** A page with pictures must stay light itself. */
const MAX_BYTES = 250_000;

type Camera = { shoot(page: Page, name: string): Promise<void>; readonly taken: Measured[] };
type Scene = { readonly browser: Browser; readonly desk: DemoDesk; readonly camera: Camera };

await runTool([], async (stage) => {
  const scene = await setUp(stage);
  await inEnglish(scene);
  await inSimplified(scene);
  await inTraditional(scene);
  return scene.camera.taken;
});

async function setUp(stage: Stage): Promise<Scene> {
  stage.progress('starting the relay with the demo desk');
  const dataDir = await makeDataFolder();
  stage.atEnd(() => removeDataFolder(dataDir));
  const relay = await spawnRelay({ dataDir, port: await freePort(), env: { LOG_LEVEL: 'error' } });
  stage.atEnd(() => relay.stop());
  const browser = await launchBrowser();
  stage.atEnd(() => browser.close());
  mkdirSync(FOLDER, { recursive: true });
  return { browser, desk: demoDesk(relay.port, relay.printed()), camera: openCamera(stage) };
}

function openCamera(stage: Stage): Camera {
  const taken: Measured[] = [];
  return {
    taken,
    shoot: async (page, name) => {
      const path = join(FOLDER, `${name}.png`);
      await page.evaluate(() => document.fonts.ready);
      // Without a pointer on the page no row looks hovered, and without a caret no picture differs by a blink.
      await page.mouse.move(0, 0);
      // The camera stops what moves in the page itself, and not in the chat's frame.
      await Promise.all(page.frames().map(atRest));
      await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
      const bytes = statSync(path).size;
      stage.progress(`docs/pictures/${name}.png`);
      taken.push(atMost(`${name}.png`, [bytes, 'B'], { must: MAX_BYTES }));
    },
  };
}

async function inEnglish({ browser, desk, camera }: Scene): Promise<void> {
  const launcher = await browser.newContext({ viewport: DESKTOP, locale: 'en-GB' });
  const shop = await launcher.newPage();
  await shop.goto(desk.shop, { waitUntil: 'networkidle' });
  await camera.shoot(shop, 'launcher');

  const console = await openConsole(browser, desk, {
    who: 'Megan Kajitani',
    locale: 'en-GB',
    viewport: DESKTOP,
  });
  const options = { viewport: DESKTOP, locale: 'en-GB' };
  const chat = await talk({ browser, desk }, console, {
    ...{ as: 'anna-lindqvist', options },
    ask: 'Hello, it is Anna. Has the second watering can left you yet?',
    answer:
      'Good morning Anna, Megan Kajitani here. I have read what happened last time, and I am sorry; you need not explain it again. The can left us at eight and is with you by four.',
    thanks: 'Oh good, thank you! I am at home from three.',
  });
  await camera.shoot(chat, 'chat');
  await camera.shoot(console, 'console');
  await console.emulateMedia({ colorScheme: 'dark' });
  await camera.shoot(console, 'console-dark');
  await console.emulateMedia({ colorScheme: 'light' });
  await shootRecovery({ chat, console, camera });
  await shootReader(
    { console, camera },
    'reader',
    'As I said, another department looks after that. Our policy is to wait, and they will call you as soon as possible.',
  );
  await console.goto(`${desk.origin}/console/#book/rules`);
  await console.locator('.page h3').first().waitFor();
  await camera.shoot(console, 'book');
  await console.goto(`${desk.origin}/console/`);

  const phone = await talk({ browser, desk }, console, {
    ...{ options: { ...PHONE, locale: 'en-GB' } },
    ask: 'Do you deliver to the hospital on Hill Road?',
    answer: 'Good morning, I am Megan Kajitani. We do, until five. Which ward, and may I put a card in?',
    thanks: 'Ward 6. “Welcome, you two!”',
  });
  await camera.shoot(phone, 'phone');
}

/** The way back beside its conversation, a promise and extras in the chat, and what there is to do. */
async function shootRecovery({
  chat,
  console,
  camera,
}: {
  readonly chat: Page;
  readonly console: Page;
  readonly camera: Camera;
}): Promise<void> {
  await promise(console, 'A word when the courier has been');
  await pane(console).getByRole('button', { name: 'Offer extras' }).click();
  const dialog = console.getByRole('dialog', { name: 'Offer extras' });
  await dialog.getByRole('textbox').first().fill('You have waited twice. What may we put beside the can?');
  await dialog.getByRole('textbox', { name: /1$/ }).fill('A bag of seed compost');
  await dialog.getByRole('textbox', { name: /2$/ }).fill('Free delivery until the summer');
  await dialog.getByRole('button', { name: 'Offer', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await console.getByRole('status').getByRole('button').last().click();
  const frame = await chatFrame(chat);
  await frame.getByRole('button', { name: 'Something else' }).waitFor();
  await camera.shoot(chat, 'chat-promise');

  const record = await openRecord(
    console,
    'The watering can came six days late, the second late parcel in two months.',
  );
  await record.waitFor();
  await camera.shoot(console, 'recovery');
  await toTodo(console);
  await console.getByRole('heading', { name: 'Later' }).waitFor();
  await camera.shoot(console, 'to-do');
  await console.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Desk' }).click();
  await console.getByRole('log').waitFor();
}

async function inSimplified({ browser, desk, camera }: Scene): Promise<void> {
  const console = await openConsole(browser, desk, { who: '林怡君', locale: 'zh-CN', viewport: DESKTOP });
  const chat = await talk({ browser, desk }, console, {
    ...{ as: 'chen-siyuan', options: { viewport: DESKTOP, locale: 'zh-CN' } },
    ask: '您好，我订的牡丹今天能到吗？',
    answer: '陈思远您好，我是林怡君。花已经在路上了，下午四点前送到。',
    thanks: '太好了，谢谢您！',
  });
  await camera.shoot(chat, 'chat-zh-hans');
  await camera.shoot(console, 'console-zh-hans');
  await shootReader(
    { console, camera },
    'reader-zh-hans',
    '刚才说过了，按公司规定要等，这个归别的部门管，我们会尽快给您回复。',
  );
  await console.context().close();
}

async function inTraditional({ browser, desk, camera }: Scene): Promise<void> {
  const console = await openConsole(browser, desk, {
    who: 'Ingrid Solheim',
    locale: 'zh-TW',
    viewport: DESKTOP,
  });
  const chat = await talk({ browser, desk }, console, {
    ...{ as: 'lin-shufen', options: { viewport: DESKTOP, locale: 'zh-TW' } },
    ask: '您好，請問蘭花多久澆一次水？',
    answer: '林淑芬您好，我是 Ingrid Solheim。夏天每週一次，冬天兩週一次就好，澆透再放回盆裡。',
    thanks: '明白了，謝謝您！',
  });
  await camera.shoot(chat, 'chat-zh-hant');
  await camera.shoot(console, 'console-zh-hant');
  await shootReader(
    { console, camera },
    'reader-zh-hant',
    '剛才說過了，依公司規定要等，這不是我們部門的業務，會盡快回覆您。',
  );
}

/** A draft with things that the book would say otherwise; the draft is taken back afterwards. */
async function shootReader(
  { console, camera }: { readonly console: Page; readonly camera: Camera },
  name: string,
  draft: string,
): Promise<void> {
  const field = console.locator('.composer-field');
  await field.fill(draft);
  await console.locator('.remark').first().waitFor();
  await camera.shoot(console, name);
  await field.fill('');
}

type Talk = {
  readonly as?: string;
  readonly options: VisitOptions;
  readonly ask: string;
  readonly answer: string;
  readonly thanks: string;
};

/** A visitor asks, the agent takes it and answers, the visitor thanks. Leaves both pages open on it; gives the visitor's. */
async function talk(
  { browser, desk }: Pick<Scene, 'browser' | 'desk'>,
  console: Page,
  { as, options, ask, answer, thanks }: Talk,
): Promise<Page> {
  const chat = await visitShop(browser, desk, { ...(as !== undefined && { as }), ...options });
  await chat.say(ask);
  await console.getByRole('tab').first().click();
  await console.locator('#rows').getByText(ask).click();
  await console.getByRole('log').getByText(ask).waitFor();
  await console.locator('.thread-acts .button-primary').click();
  const box = console.locator('.composer-field');
  await box.fill(answer);
  await box.press('Enter');
  await chat.log.getByText(answer).waitFor();
  await chat.say(thanks);
  await console.getByRole('log').getByText(thanks).waitFor();
  return chat.page;
}
