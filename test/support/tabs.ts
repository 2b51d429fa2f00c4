/**
 * What can happen to a browser's tabs while a visitor writes: its renderer is killed, the network goes, the tab is frozen, two
 * others write at the same time. Each act gives what is wrong afterwards, by the lists on the screens and the log in the store.
 */
import { randomUUID } from 'node:crypto';
import { PROTOCOL } from '@fullname/shared/limits';
import type { Browser, BrowserContext, CDPSession } from 'playwright-core';
import type { ChaosProxy } from './chaos-proxy.ts';
import { eventually } from './eventually.ts';
import { openRawSocket, type RawSocket } from './raw-socket.ts';
import { type Chat, type DemoDesk, openChat, openConsole, visitShop } from './stage.ts';

export type TabGround = {
  readonly browser: Browser;
  /** The desk as it is reached through the proxy. */
  readonly desk: DemoDesk;
  readonly proxy: ChaosProxy;
  /** Asks the store. */
  readonly query: (sql: string, values: readonly string[]) => Promise<readonly { body: string }[]>;
};

const CAUGHT_UP_MS = 2_000;

/** The renderer is killed while three messages are stored and their acknowledgements are on the way; the page is opened again. */
export async function killWhileSending(ground: TabGround): Promise<string[]> {
  const { proxy } = ground;
  const { context, chat, first } = await aVisit(ground);
  proxy.set({ stalled: true }, 'down');
  const words = [1, 2, 3].map((number) => `said at the end ${number} ${randomUUID().slice(0, 8)}`);
  for (const text of words) await chat.say(text);
  await eventually('all are kept', async () => (await keptTexts(chat, words)).length === words.length);
  await crash(chat);
  proxy.calm();
  await chat.page.close();
  const page = await context.newPage();
  await page.goto(ground.desk.shop);
  const again = await openChat(page);
  return (await untilSame(ground, [again], [first, ...words])).concat(await closed(context));
}

/** No network at all while two messages are written, and back again. */
export async function offlineAndBack(ground: TabGround): Promise<string[]> {
  const { proxy } = ground;
  const { context, chat, first } = await aVisit(ground);
  await context.setOffline(true);
  proxy.drop(1);
  proxy.resetAll();
  const words = [1, 2].map((number) => `said without a network ${number} ${randomUUID().slice(0, 8)}`);
  for (const text of words) await chat.say(text);
  await eventually(
    'they wait',
    async () => (await shown(chat)).filter((one) => words.includes(one)).length === 2,
  );
  const early = (await storedAfter(ground, first)).filter((one) => words.includes(one));
  proxy.calm();
  await context.setOffline(false);
  const wrong = await untilSame(ground, [chat], [first, ...words]);
  return [...wrong, ...early.map((one) => `stored without a network: ${one}`), ...(await closed(context))];
}

/**
 * The tab's processes stand still while an agent answers; awake again it has it all within two seconds. Stopped by the system:
 * what the browser's own protocol calls frozen leaves a page running that a test has in its focus.
 */
export async function freezeAndWake(ground: TabGround): Promise<{ wrong: string[]; caughtUpMs: number }> {
  const agent = await anAgent(ground);
  const before = await renderers(ground);
  const { context, chat, first } = await aVisit(ground);
  const [row] = await ground.query('select conversation_id as body from entries where body = $1', [first]);
  const words = [1, 2, 3].map((number) => `said to a frozen tab ${number} ${randomUUID().slice(0, 8)}`);
  const own = (await renderers(ground)).filter((pid) => !before.includes(pid));
  if (own.length === 0) throw new Error('The tab has no process of its own.');
  for (const pid of own) process.kill(pid, 'SIGSTOP');
  const answers: unknown[] = [
    await agent.ask('conversation:take', { conversation: row?.body, id: randomUUID() }),
  ];
  try {
    for (const text of words) {
      const message = { conversation: row?.body, id: randomUUID(), text };
      answers.push(await agent.ask('message:send', message));
    }
  } finally {
    for (const pid of own) process.kill(pid, 'SIGCONT');
  }
  const refused = answers.find((answer) => (answer as { ok: boolean }).ok !== true);
  if (refused) throw new Error(`The agent was refused: ${JSON.stringify(refused)}`);
  const woken = performance.now();
  const seen = async () => (await chat.log.locator('.theirs .bubble').allInnerTexts()).join('|');
  await eventually('it has caught up', async () => (await seen()).includes(words[2] ?? ''), 30_000);
  const caughtUpMs = performance.now() - woken;
  const times = words.map((text) => seen().then((all) => all.split(text).length - 1));
  const wrong = [
    ...(await Promise.all(times)).flatMap((count, at) =>
      count === 1 ? [] : [`shown ${count} times: ${words[at]}`],
    ),
    ...(caughtUpMs > CAUGHT_UP_MS ? [`caught up after ${Math.round(caughtUpMs)} ms`] : []),
  ];
  agent.close();
  return { wrong: [...wrong, ...(await closed(context))], caughtUpMs };
}

/** Megan Kajitani's socket, by the session of her console. */
async function anAgent({ browser, desk }: TabGround): Promise<RawSocket> {
  agentCookie ??= await signIn(browser, desk);
  return openRawSocket({
    ...{ url: desk.origin.replace('http', 'ws'), namespace: '/agent', auth: { protocol: PROTOCOL } },
    headers: { origin: desk.origin, cookie: agentCookie },
  });
}

/** The link of a demo's person works once. */
let agentCookie: string | undefined;

async function signIn(browser: Browser, desk: DemoDesk): Promise<string> {
  const page = await openConsole(browser, desk, { who: 'Megan Kajitani' });
  const cookies = await page.context().cookies(desk.origin);
  await page.context().close();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** The browser's processes that draw pages. */
async function renderers({ browser }: TabGround): Promise<number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/** Three tabs of one visitor write at once. */
export async function threeTabs(ground: TabGround): Promise<string[]> {
  const { context, chat, first } = await aVisit(ground);
  const tabs = [chat, await anotherTab(ground, context), await anotherTab(ground, context)];
  const words = tabs.map((_, tab) =>
    [1, 2, 3].map((number) => `tab ${tab} says ${number} ${randomUUID().slice(0, 8)}`),
  );
  await Promise.all(
    tabs.map(async (tab, index) => {
      for (const text of words[index] ?? []) await tab.say(text);
    }),
  );
  const wrong = await untilSame(ground, tabs, [first, ...words.flat()]);
  const log = await storedAfter(ground, first);
  const outOfTurn = words.filter((own) => log.filter((one) => own.includes(one)).join() !== own.join());
  return [
    ...wrong,
    ...outOfTurn.map((own) => `out of a tab’s order: ${own.join(', ')}`),
    ...(await closed(context)),
  ];
}

/** A new visitor, whose first message is stored. */
async function aVisit(ground: TabGround): Promise<{ context: BrowserContext; chat: Chat; first: string }> {
  const context = await ground.browser.newContext();
  const chat = await visitShop(context, ground.desk);
  const first = `the first words ${randomUUID().slice(0, 8)}`;
  await chat.say(first);
  await eventually('it is stored', async () => (await storedAfter(ground, first)).length === 1);
  return { context, chat, first };
}

async function anotherTab({ desk }: TabGround, context: BrowserContext): Promise<Chat> {
  const page = await context.newPage();
  await page.goto(desk.shop);
  return openChat(page);
}

async function closed(context: BrowserContext): Promise<[]> {
  await context.close();
  return [];
}

/** Waits until every tab shows what is said, and nothing waits to be sent; then compares screens and store. */
async function untilSame(
  ground: TabGround,
  chats: readonly Chat[],
  said: readonly string[],
): Promise<string[]> {
  const [first = ''] = said;
  const isThere = async (chat: Chat) => {
    const list = await shown(chat);
    return said.every((text) => list.includes(text)) && !(await chat.log.innerText()).includes('sending');
  };
  const late: string[] = [];
  for (const chat of chats) {
    await eventually('it shows everything, and all is sent', () => isThere(chat), 30_000).catch(async () => {
      const list = (await shown(chat)).join(' | ');
      const kept = (await keptTexts(chat, said)).join(' | ');
      late.push(
        `a tab does not come to rest; it shows: ${list}; its composer holds: ${await chat.composer.inputValue()}; its storage: ${kept}`,
      );
    });
  }
  const log = await storedAfter(ground, first);
  const wrong = said.flatMap((text) => {
    const times = log.filter((one) => one === text).length;
    return times === 1 ? [] : [`stored ${times} times: ${text}`];
  });
  const screens = await Promise.all(chats.map(shown));
  const different = screens.flatMap((list) =>
    list.join('|') === log.join('|') ? [] : [`a tab shows ${list.join(' | ')} instead of ${log.join(' | ')}`],
  );
  return [...late, ...wrong, ...different];
}

/** The words in the bubbles, from top to bottom, from the first message on. */
async function shown({ log }: Chat): Promise<string[]> {
  const bubbles = await log.locator('.mine .bubble').allInnerTexts();
  return bubbles.map((text) => text.replace(/^You:\s*/, '').trim());
}

/** The visitor's words as the store has them. */
async function storedAfter({ query }: TabGround, first: string): Promise<string[]> {
  const rows = await query(
    `select body from entries where sender_kind = 'visitor' and kind = 'message' and conversation_id =
       (select conversation_id from entries where body = $1) order by seq`,
    [first],
  );
  return rows.map(({ body }) => body);
}

/** Of these words, those that are in the browser's storage: the frame's, or the host page's where the frame may have none. */
async function keptTexts({ page, frame }: Chat, words: readonly string[]): Promise<string[]> {
  const kept = await Promise.all(
    [frame, page.mainFrame()].map((one) => one.evaluate(readStorage).catch(() => '')),
  );
  return words.filter((text) => kept.join().includes(text));
}

/** Runs in the browser. */
async function readStorage(): Promise<string> {
  const settled = <Value>(request: IDBRequest<Value>) =>
    new Promise<Value>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const found: unknown[] = [];
  try {
    found.push({ ...localStorage });
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        found.push(await settled(database.transaction(store).objectStore(store).getAll()));
      }
      database.close();
    }
  } catch {
    // A frame that may keep nothing.
  }
  return JSON.stringify(found);
}

/** Kills the processes that draw the page and the chat, as a crash or a lack of memory would. Fails where they live on. */
async function crash(chat: Chat): Promise<void> {
  const isDead = chat.page.waitForEvent('crash', { timeout: 60_000 });
  for (const session of (await sessionsOf(chat)).toReversed()) {
    // It never answers: nobody is left who could.
    void session.send('Page.crash').catch(() => undefined);
  }
  await isDead;
}

/** The page's and, where the frame has a process of its own, the frame's. */
async function sessionsOf({ page, frame }: Chat): Promise<CDPSession[]> {
  const context = page.context();
  const own = await context.newCDPSession(frame).catch(() => null);
  return [await context.newCDPSession(page), ...(own ? [own] : [])];
}
