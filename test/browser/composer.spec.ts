/** The reader over the shoulder, as its writer meets it: by keyboard, through the accessibility tree, in three languages. */
import type { CDPSession, Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { type Chat, openConsole, visitShop } from '../support/stage.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();

type Language = {
  readonly locale: 'en' | 'zh-Hans' | 'zh-Hant';
  /** What a browser asks for. */
  readonly tag: string;
  readonly who: string;
  readonly panel: string;
  readonly ask: string;
  readonly draft: string;
  readonly found: string;
  readonly taken: string;
  readonly send: string;
};

/** The same rule in three languages, about words that no other rule speaks of. */
const LANGUAGES: readonly Language[] = [
  {
    locale: 'en',
    tag: 'en-GB',
    who: 'Megan Kajitani',
    panel: 'A remark on your words',
    ask: 'When does the fern come back?',
    draft: 'Good morning, I am Megan Kajitani. The fern returns to the yard-house.',
    found: 'yard-house',
    taken: 'Good morning, I am Megan Kajitani. The fern returns to the greenhouse.',
    send: 'Send',
  },
  {
    locale: 'zh-Hans',
    tag: 'zh-CN',
    who: 'Ingrid Solheim',
    panel: '对这段话的提醒',
    ask: '蕨什么时候回来？',
    draft: '您好，我是Ingrid Solheim。蕨已经回到院房里了。',
    found: '院房',
    taken: '您好，我是Ingrid Solheim。蕨已经回到温室里了。',
    send: '发送',
  },
  {
    locale: 'zh-Hant',
    tag: 'zh-TW',
    who: '林怡君',
    panel: '對這段話的提醒',
    ask: '蕨什麼時候回來？',
    draft: '您好，我是林怡君。蕨已經回到院房裡了。',
    found: '院房',
    taken: '您好，我是林怡君。蕨已經回到溫室裡了。',
    send: '傳送',
  },
];
const INSTEAD = { en: 'greenhouse', 'zh-Hans': '温室', 'zh-Hant': '溫室' };
const english = LANGUAGES[0] as Language;

/** One-time links are good once: one console a person for the whole file. */
const consoles = new Map<string, Promise<Page>>();
const consoleOf = ({ who, tag }: Pick<Language, 'who' | 'tag'>): Promise<Page> => {
  const opened = consoles.get(who) ?? openConsole(stage.browser, stage.desk, { who, locale: tag });
  consoles.set(who, opened);
  return opened;
};

beforeAll(async () => {
  const owner = await consoleOf({ who: 'Ingrid Solheim', tag: 'zh-CN' });
  for (const { locale, found } of LANGUAGES)
    expect(await owner.evaluate(publishRule, { locale, found, instead: INSTEAD[locale] })).toBe(true);
});

/** Runs in the owner's page. */
async function publishRule(rule: { locale: string; found: string; instead: string }): Promise<boolean> {
  const body = {
    locale: rule.locale,
    topic: 'own-words',
    title: `House rule (${rule.locale})`,
    finds: [rule.found],
    sayInstead: [rule.instead],
    replaces: 'words',
    reason: 'Plants live in a greenhouse.',
    where: 'anywhere',
    situations: [],
    when: [],
    unless: [],
    except: [],
    level: 'warning',
    mustFire: [{ text: rule.found }],
    mustNotFire: [{ text: rule.instead }],
  };
  const change = { id: crypto.randomUUID(), kind: 'rule', target: null, body, decide: 'publish' };
  const answer = await fetch('/api/book/changes', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(change),
  });
  return ((await answer.json()) as { ok: boolean }).ok;
}

/** A visitor who has asked, and the console of the person who took it; the field has the focus. */
async function begin(
  language: Language,
  ask = language.ask,
): Promise<{ chat: Chat; page: Page; field: Locator }> {
  const chat = await visitShop(stage.browser, stage.desk, { locale: language.tag });
  await chat.say(ask);
  const page = await consoleOf(language);
  await page.getByRole('tab').first().click();
  await page.locator('#rows').getByText(ask).first().click();
  await page.getByRole('log').getByText(ask).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('t');
  await page.locator('#composer:focus').waitFor();
  return { chat, page, field: page.locator('#composer') };
}

const panelOf = (page: Page, { panel }: Language = english) => page.getByRole('region', { name: panel });
const selectionIn = (field: Locator) =>
  field.evaluate((element: HTMLTextAreaElement) =>
    element.value.slice(element.selectionStart, element.selectionEnd),
  );
const isSaid = (chat: Chat, text: string) => chat.log.getByText(text).waitFor();

async function describedIn(session: CDPSession, selector: string): Promise<string> {
  const { result } = await session.send('Runtime.evaluate', {
    expression: `document.querySelector(${JSON.stringify(selector)})`,
  });
  const { nodes } = await session.send('Accessibility.getPartialAXTree', {
    objectId: result.objectId ?? '',
    fetchRelatives: false,
  });
  return String(nodes[0]?.description?.value ?? '');
}

describe.each(LANGUAGES)('a remark by keyboard alone, in $locale', (language) => {
  test('is heard, reached, taken, undone, and asked about once before the send', async () => {
    const { chat, page, field } = await begin(language);
    await page.keyboard.insertText(language.draft);
    const panel = panelOf(page, language);
    await panel.waitFor();

    const session = await page.context().newCDPSession(page);
    expect(await describedIn(session, '#composer')).toContain(`House rule (${language.locale})`);
    const status = page.getByRole('status').filter({ hasText: `House rule (${language.locale})` });
    await status.waitFor();
    expect(await page.locator('.under-ask').innerText()).toBe(language.found);

    await page.keyboard.press('Alt+j');
    await expect.poll(() => selectionIn(field)).toBe(language.found);
    await page.keyboard.press('Alt+Enter');
    await expect.poll(() => field.inputValue()).toBe(language.taken);
    await panel.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await expect.poll(() => field.inputValue()).toBe(language.draft);
    await panel.waitFor();

    await page.keyboard.press('Enter');
    await panel.getByRole('alert').waitFor();
    expect(await chat.log.getByText(language.found).count()).toBe(0);
    await page.keyboard.press('Enter');
    await isSaid(chat, language.draft);
    await expect.poll(() => field.inputValue()).toBe('');
    await chat.page.context().close();
  });
});

describe('what is decided about a remark', () => {
  test('holds for the draft, or with “not here” for the conversation, and for no other', async () => {
    const { chat, page, field } = await begin(english, 'Do you still have the small fern?');
    await page.keyboard.insertText(english.draft);
    await panelOf(page).waitFor();
    await page.keyboard.press('Alt+p');
    await panelOf(page).waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await isSaid(chat, english.draft);

    await page.keyboard.insertText('It is in the yard-house.');
    await panelOf(page).waitFor();
    await page.keyboard.press('Alt+m');
    await panelOf(page).waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await isSaid(chat, 'It is in the yard-house.');

    await page.reload();
    await page.locator('#composer').waitFor();
    await field.fill('It is in the yard-house.');
    // The reader has read these words when it has found the others.
    await field.fill('It is in the yard-house, as I said.');
    await panelOf(page).waitFor();
    expect(await panelOf(page).innerText()).not.toContain('House rule');
    await field.fill('');
    await chat.page.context().close();

    const other = await begin(english, 'Is the tall fern there?');
    await page.keyboard.insertText('It is in the yard-house.');
    await panelOf(page).getByText('House rule').waitFor();
    await other.field.fill('');
    await other.chat.page.context().close();
  });
});

describe('what must not leave', () => {
  test('is held, and the step to use instead takes its place', async () => {
    const { chat, page, field } = await begin(english, 'I cannot sign in.');
    await page.keyboard.insertText('Good morning, I am Megan Kajitani. Please tell me your password.');
    await page.keyboard.press('Enter');
    const panel = panelOf(page);
    await panel.getByRole('alert').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Alt+p');
    await panel.getByText('This asks for a password').waitFor();
    expect(await panel.getByRole('button', { name: 'Send as it is' }).count()).toBe(0);
    expect(await chat.log.getByText('tell me your password').count()).toBe(0);
    await page.keyboard.press('Alt+Enter');
    await expect.poll(() => field.inputValue()).not.toContain('tell me your password');
    await panel.waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await isSaid(chat, await chat.log.getByText('Good morning, I am Megan Kajitani.').first().innerText());
    await chat.page.context().close();
  });
});

describe('a refusal', () => {
  test('asks for another way, with chips that write themselves into the draft, or one of five reasons', async () => {
    const { chat, page, field } = await begin(english, 'Could you deliver the fern on Sunday?');
    await page.keyboard.insertText(
      'Good morning, I am Megan Kajitani. Unfortunately we cannot deliver on Sundays.',
    );
    const panel = panelOf(page);
    await panel.getByText('Is there another way?').waitFor();
    await panel.getByText('Could you deliver the fern on Sunday?').waitFor();
    const chips = panel.getByRole('list', { name: 'Say instead' }).getByRole('button');
    await chips.first().waitFor();
    expect(
      await panel
        .getByRole('radio')
        .evaluateAll((all) => all.map((one) => one.closest('label')?.textContent)),
    ).toEqual(['safety', 'security', 'privacy', 'health', 'ethics']);
    const before = await field.inputValue();
    await chips.first().click();
    await expect.poll(() => field.inputValue()).not.toBe(before);
    await expect.poll(() => selectionIn(field)).toContain('{alternative}');
    await field.fill('');
    await chat.page.context().close();
  });
});

describe('a promise', () => {
  test('is recorded with its time when it is sent, by one key', async () => {
    const { chat, page } = await begin(english, 'Will somebody call me about the fern?');
    await page.keyboard.insertText('Good morning, I am Megan Kajitani. I will call you tomorrow at 16:00.');
    const panel = panelOf(page);
    await panel.getByRole('button', { name: /Keep as a promise, due .*16:00/ }).waitFor();
    await page.keyboard.press('Alt+Enter');
    await panel.getByText(/Recorded when you send this/).waitFor();
    expect(
      await page
        .getByRole('log')
        .getByText(/Megan Kajitani promised/)
        .count(),
    ).toBe(0);
    await page.keyboard.press('Enter');
    await isSaid(chat, 'I will call you tomorrow at 16:00.');
    await page
      .getByRole('log')
      .getByText(/Megan Kajitani promised: .*I will call you/)
      .waitFor();
    await chat.page.context().close();
  });
});

describe('a farewell', () => {
  test('without thanks and what happens next is pointed out once, with words from the book', async () => {
    const { chat, page, field } = await begin(english, 'That is all about the fern.');
    await field.fill('Good morning, I am Megan Kajitani. With pleasure.');
    await page.keyboard.press('Enter');
    await isSaid(chat, 'With pleasure.');
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('Bye.');
    await dialog.getByRole('button', { name: 'Say goodbye and close' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByText(/Not there yet: thanks/).waitFor();
    await dialog.getByRole('textbox').press('Alt+Enter');
    await expect.poll(() => dialog.getByRole('textbox').inputValue()).toMatch(/^Bye\. .{20}/);
    await dialog.getByRole('button', { name: 'Say goodbye and close' }).click();
    await dialog.waitFor({ state: 'detached' });
    await isSaid(chat, 'Bye.');
    await chat.page.context().close();
  });
});

describe('an input method at work', () => {
  test('is not disturbed: nothing appears, moves or is written until it is done', async () => {
    const language = LANGUAGES[2] as Language;
    const { chat, page, field } = await begin(language, '請問小蕨還有嗎？');
    const session = await page.context().newCDPSession(page);
    await page.keyboard.insertText('回到');
    for (const text of ['ㄩ', 'ㄩㄢ', '院房']) {
      await session.send('Input.imeSetComposition', {
        text,
        selectionStart: text.length,
        selectionEnd: text.length,
      });
      expect(await field.inputValue()).toBe(`回到${text}`);
    }
    // Long enough for a reading of an ordinary draft many times over.
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    expect(await panelOf(page, language).count()).toBe(0);
    await session.send('Input.insertText', { text: '院房' });
    await panelOf(page, language).waitFor();
    expect(await field.inputValue()).toBe('回到院房');
    await field.fill('');
    await chat.page.context().close();
  });
});

describe('the lines under the words', () => {
  test('lie under the very words, also in a long draft that is scrolled', async () => {
    const { chat, page, field } = await begin(english, 'Tell me all about ferns, please.');
    const line = 'A fern that is kept in the yard-house grows slowly but surely towards the light. ';
    await field.fill(`${line.repeat(9)}\n\n`.repeat(4));
    await page.locator('.under-ask').first().waitFor();
    const sizes = () =>
      page.evaluate(() => {
        const element = document.querySelector<HTMLTextAreaElement>('#composer');
        const mirror = document.querySelector('.mirror');
        return [element, mirror].map((one) => [one?.clientWidth, one?.scrollHeight, one?.scrollTop]);
      });
    const [own, drawn] = await sizes();
    expect(drawn?.[0]).toBe(own?.[0]);
    expect(Math.abs((drawn?.[1] ?? 0) - (own?.[1] ?? 0))).toBeLessThan(4);
    await field.evaluate((element) => {
      element.scrollTop = 120;
    });
    await expect.poll(async () => (await sizes()).map((one) => one[2])).toEqual([120, 120]);

    // Whoever goes to a remark sees its words, however far away they stand.
    await field.press('Control+End');
    await page.keyboard.press('Alt+j');
    const current = page.locator('.under[data-current="true"]').first();
    await expect.poll(() => isInSight(current, field)).toBe(true);
    expect(await field.evaluate((element: HTMLTextAreaElement) => element.selectionStart)).toBeLessThan(60);
    await page.keyboard.press('Alt+k');
    await expect.poll(() => isInSight(current, field)).toBe(true);
    const [end, length] = await field.evaluate((element: HTMLTextAreaElement) => [
      element.selectionEnd,
      element.value.length,
    ]);
    expect((length ?? 0) - (end ?? 0)).toBeLessThan(60);
    const [scrolled, followed] = (await sizes()).map((one) => one[2]);
    expect(scrolled).toBeGreaterThan(120);
    expect(followed).toBe(scrolled);
    await field.fill('');
    await chat.page.context().close();
  });
});

describe('words of the draft', () => {
  test('are proposed for the book by keyboard, and the focus comes back to them', async () => {
    const { chat, page, field } = await begin(english, 'How do you pack a fern?');
    const words = 'Good morning, I am Megan Kajitani. Every fern travels in straw.';
    await page.keyboard.insertText(words);
    await page.keyboard.press('Control+a');
    const propose = page.getByRole('button', { name: 'Propose for the book…' });
    await propose.waitFor();
    await propose.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Why').focus();
    await page.keyboard.insertText('People like to hear how it is packed.');
    await dialog.getByRole('button', { name: 'Propose it' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('#composer:focus').waitFor();
    expect(await selectionIn(field)).toBe(words);
    await field.fill('');
    await page.goto(`${stage.desk.origin}/console/#book/proposals`);
    await page.getByRole('main').getByText('Every fern travels in straw.').first().waitFor();
    await page.goto(`${stage.desk.origin}/console/#desk`);
    await page.getByRole('tab').first().waitFor();
    await chat.page.context().close();
  });
});

/** A customer to whom something is owed asks for what the draft refuses, with as many other remarks as a draft can well have. */
const CROWDED = {
  en: {
    ask: 'Can you send me a new vase today?',
    draft:
      'Hi Anna, unfortunately we can not do that. As I said, this is another department and our policy is to wait. We will get back to you as soon as possible.',
  },
  'zh-Hans': {
    ask: '今天能给我重新寄一个花瓶吗？',
    draft:
      '您好，很抱歉，我们不能这样做。我刚才说过了，这是其他部门负责的，按照公司规定需要等待。我们会尽快回复您。',
  },
  'zh-Hant': {
    ask: '今天可以重新寄一個花瓶給我嗎？',
    draft:
      '您好，很抱歉，我們沒辦法這樣做。我剛才說過了，這是其他部門負責的，依公司規定需要等待。我們會盡快回覆您。',
  },
};

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1280, height: 860 },
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
  { width: 1280, height: 620 },
] as const;

/** Runs in the page: the log is as low as this from now on; `scrolled`, it has just moved, and that is not told yet. */
function lower({ pixels, scrolled }: { pixels: number; scrolled: boolean }): void {
  const log = document.querySelector('.log');
  if (!log) throw new Error('There is no log.');
  if (scrolled && log.scrollTop === 0) throw new Error('The log does not scroll.');
  if (scrolled) log.scrollTop -= 1;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`.log { max-height: ${pixels}px; }`);
  document.adoptedStyleSheets = [sheet];
}

/** Runs in the page: how many pixels of the log are below what is seen of it. */
function belowTheLog(): number {
  const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = document.querySelector('.log') ?? {};
  return scrollHeight - scrollTop - clientHeight;
}

describe.each(LANGUAGES)('a question about a refusal, in $locale', (language) => {
  test('leaves the last words, the question and the button in sight, in a low window too', async () => {
    const { ask, draft } = CROWDED[language.locale];
    const chat = await visitShop(stage.browser, stage.desk, { locale: language.tag, as: 'anna-lindqvist' });
    await chat.say(ask);
    const page = await consoleOf(language);
    await page.getByRole('tab').first().click();
    await page.locator('#rows').getByText(ask).first().click();
    const said = page.getByRole('log').locator('.bubble').getByText(ask).last();
    await said.waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('t');
    await page.locator('#composer:focus').waitFor();
    await page.locator('.please-know-strip').waitFor();
    await page.keyboard.insertText(draft);
    const panel = panelOf(page, language);
    await panel.waitFor();
    await page.keyboard.press('Enter');
    await panel.getByRole('alert').waitFor();
    for (const size of SIZES) {
      await page.setViewportSize(size);
      // The log is brought to its end once it has its new size.
      await expect.poll(() => isInSight(said, page.getByRole('log'))).toBe(true);
      const shown = [
        page.locator('#composer'),
        panel.getByRole('alert'),
        panel.locator('.remark-stopped button').first(),
        panel.locator('.remark-stopped button').last(),
        page.locator('.composer-foot button').last(),
      ];
      for (const one of shown) expect(await isInSight(one, page.locator('.thread'))).toBe(true);
      expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    await expect.poll(() => isInSight(said, page.getByRole('log'))).toBe(true);
    for (const lowered of [
      { pixels: 140, scrolled: false },
      { pixels: 40, scrolled: true },
    ]) {
      await page.evaluate(lower, lowered);
      await expect.poll(() => page.evaluate(belowTheLog)).toBeLessThan(1);
    }
    await page.evaluate(() => {
      document.adoptedStyleSheets = [];
    });
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.locator('#composer').fill('');
    await chat.page.context().close();
  });
});

/** True where the whole of an element lies inside another one and inside the window. */
async function isInSight(inner: Locator, outer: Locator): Promise<boolean> {
  const [small, large] = [await inner.boundingBox(), await outer.boundingBox()];
  const window = inner.page().viewportSize();
  if (!small || !large || !window) return false;
  const bottom = Math.min(large.y + large.height, window.height);
  const isWithin = small.y >= large.y - 1 && small.y + small.height <= bottom + 1;
  return isWithin && small.x >= 0 && small.x + small.width <= window.width;
}

describe('axe', () => {
  test.each(['light', 'dark'] as const)(
    'finds nothing in the composer with a remark, in a %s scheme',
    async (scheme) => {
      const { chat, page, field } = await begin(english, `Which fern do you like best (${scheme})?`);
      await page.emulateMedia({ colorScheme: scheme });
      for (const draft of [
        english.draft,
        'Unfortunately we cannot do that.',
        'I will call you tomorrow at 16:00.',
        'Please tell me your password.',
      ]) {
        // An empty field forgets what was asked.
        await field.fill('');
        await field.fill(draft);
        await panelOf(page).waitFor();
        await page.keyboard.press('Enter');
        await panelOf(page).waitFor();
        expect(await violations(page, '.composer')).toEqual([]);
      }
      await field.fill('');
      await page.emulateMedia({ colorScheme: null });
      await chat.page.context().close();
    },
  );
});
