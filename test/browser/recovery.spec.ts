/** A failure from its first word to its record being closed, as agents and the customer see it. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import {
  anotherBrowserOf,
  apologise,
  composer,
  consoleIn,
  goOver,
  handOver,
  logFailure,
  openRecord,
  openRow,
  openTask,
  pane,
  putRight,
  reply,
  sayAndTake,
  task,
  toTodo,
} from '../support/desk-acts.ts';
import { listenToSockets, openConsole, visitShop } from '../support/stage.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();
const MEGAN = 'Megan Kajitani';
const LIN = '林怡君';
/** A one-time link is good once: one console a person for the whole file. */
const consoles = new Map<string, Promise<Page>>();

function consoleOf(who: string): Promise<Page> {
  const opened = consoles.get(who) ?? openConsole(stage.browser, stage.desk, { who });
  consoles.set(who, opened);
  return opened;
}

describe('a failure', () => {
  test('is recorded by keyboard alone, with their words, and the relay adds load and shift', async () => {
    const megan = await consoleOf(MEGAN);
    const lin = await consoleOf(LIN);
    const chat = await visitShop(stage.browser, stage.desk, { as: 'ngozi-adeyemi' });
    await chat.say('It stood on the table for one evening.');
    await sayAndTake(chat, megan, 'The second vase came cracked as well.');
    await megan.getByRole('heading', { name: 'Ngozi Adeyemi' }).first().click();

    const hand = handOf(megan);
    const began = performance.now();
    await hand.press('f');
    await megan.locator('textarea:focus').waitFor();
    await hand.type('The replacement vase came cracked on Friday, packed in paper alone');
    await hand.tabTo(megan.getByRole('button', { name: 'Choose again' }));
    await hand.press('Enter');
    await megan.locator('.quote-pick :focus').waitFor();
    await hand.press('ArrowUp');
    await hand.press('Space');
    await megan.getByText('2 messages chosen').waitFor();
    await hand.press('Enter');
    await megan.getByRole('button', { name: 'Choose again' }).and(megan.locator(':focus')).waitFor();
    await hand.tabTo(megan.getByRole('button', { name: 'Element, severity, place and more' }));
    await hand.press('Enter');
    await hand.choose(megan.getByRole('group', { name: 'What failed' }), 'The product');
    await hand.choose(megan.getByRole('group', { name: 'How bad' }), 'felt');
    await hand.press('Control+Enter');
    await megan.getByText('Everybody who meets this customer will know.').waitFor();
    const seconds = (performance.now() - began) / 1000;
    console.info(`Recorded by keyboard: ${hand.strokes()} keystrokes, ${seconds.toFixed(1)} s of 30 s.`);

    const record = pane(megan).locator('.failure-panel');
    await record.getByRole('listitem').filter({ hasText: 'The second vase came cracked as well.' }).waitFor();
    const said = await record.innerText();
    expect(said).toContain('It stood on the table for one evening.');
    expect(said).toMatch(/What failed\s+The product/);
    expect(said).toMatch(/How bad\s+felt/);
    expect(said).toMatch(/Load\s+\d+\s?%/);
    expect(said).toMatch(/On shift\s+.*Megan Kajitani/);
    expect(said).toMatch(/On shift\s+.*林怡君/);
    await lin.bringToFront();
    await chat.page.context().close();
  });

  test('is read by the next agent before the first keystroke, and by no customer', async () => {
    const megan = await consoleOf(MEGAN);
    const seat = await consoleOf(LIN);
    const context = await stage.browser.newContext();
    const crossed = listenToSockets(context);
    const chat = await visitShop(context, stage.desk, { as: 'helen-papadakis' });
    await sayAndTake(chat, megan, 'The lemon tree has no label that my reader can read.');
    const way = await logFailure(megan, 'Lemon tree sent without its spoken label on Monday');
    await apologise(way);
    await goOver(way, 'A label that my telephone can read aloud');
    await reply(megan, 'Hello, Megan Kajitani here. I ask who can print one.');
    await handOver(megan, LIN, 'She reads by ear.');

    const fresh = await anotherBrowserOf(stage.browser, seat);
    const lin = await consoleIn(fresh, stage.desk.origin);
    await openRow(lin, 'Mine', 'Hello, Megan Kajitani here. I ask who can print one.');
    const strip = lin.getByRole('region', { name: 'Please know' });
    await strip.getByText('Lemon tree sent without its spoken label on Monday', { exact: true }).waitFor();
    expect(await strip.innerText()).toContain('A label that my telephone can read aloud');
    // It is this time, not last time.
    expect(await strip.getByRole('button', { name: 'Use this' }).count()).toBe(0);
    expect(await composer(lin).inputValue()).toBe('');

    await chat.log.getByText('I ask who can print one.').waitFor();
    expect(crossed().join('\n')).toContain('I ask who can print one.');
    for (const seen of [...crossed(), await chat.frame.locator('body').innerText()]) {
      expect(seen).not.toMatch(
        /spoken label|read aloud|reads by ear|failure-logged|failure-stepped|pleaseKnow/,
      );
    }
    await Promise.all([context.close(), fresh.close()]);
  });
});

describe('the way back', () => {
  test('goes one step at a time, and its follow-ups are the ally’s, whoever put it right', async () => {
    const megan = await consoleOf(MEGAN);
    const lin = await consoleOf(LIN);
    const what = 'Two olive trees promised for the 1st, one came';
    const chat = await visitShop(stage.browser, stage.desk, { as: 'omar-haddad' });
    await sayAndTake(chat, megan, 'Only one of my olive trees has come.');
    await logFailure(megan, what);
    await handOver(megan, LIN, 'The pair is at the grower’s.');
    await openRow(lin, 'Mine', 'Only one of my olive trees has come.');
    const way = await openRecord(lin, what);

    await way.getByText('Offers come after the answer: ask first what would put it right.').waitFor();
    for (const offer of ['Give something', 'Offer extras'])
      expect(await way.getByRole('button', { name: offer }).isDisabled()).toBe(true);
    expect(await way.getByRole('textbox').count()).toBe(0);
    await apologise(way);
    const agreed = way.getByRole('button', { name: 'This is what they want' });
    await agreed.waitFor();
    expect(await agreed.isDisabled()).toBe(true);
    expect(await way.getByRole('textbox', { name: 'How it was put right' }).count()).toBe(0);
    await composer(lin).fill('Hello Omar, I am 林怡君.');
    await way.getByRole('button', { name: 'Ask it in the reply' }).click();
    expect(await composer(lin).inputValue()).toMatch(
      /^Hello Omar, I am 林怡君\.\s+What would put this right for you\?$/,
    );
    await composer(lin).press('Enter');
    await chat.log.getByText('What would put this right for you?').waitFor();
    const answer = 'The second tree at the door by Thursday, no voucher.';
    await chat.say(answer);
    await lin.getByRole('log').getByText(answer).waitFor();
    await way.getByRole('button', { name: 'Take their last message' }).click();
    await agreed.click();
    await way.locator('q').filter({ hasText: answer }).waitFor();
    await putRight(way, 'The second tree by courier on Thursday', 'A card by hand for the opening');
    await way.getByText(`${MEGAN}, by`).first().waitFor();
    expect(await way.getByText(`${MEGAN}, by`).count()).toBe(3);

    await toTodo(lin);
    await lin.locator('.task, .empty').first().waitFor();
    for (const kind of FOLLOW_UPS) expect(await task(lin, kind, what).count()).toBe(0);
    await toTodo(megan);
    for (const kind of FOLLOW_UPS) await task(megan, kind, what).waitFor();
    await megan.getByRole('listitem').getByRole('link', { name: 'Omar Haddad' }).first().click();
    await pane(megan).getByText('Ally: Megan Kajitani').waitFor();
    await chat.page.context().close();
  });

  test('goes on by three follow-ups to its end, and the record closes by itself', async () => {
    const megan = await consoleOf(MEGAN);
    const lin = await consoleOf(LIN);
    const what = 'Clay pots delivered broken on Wednesday';
    const chat = await visitShop(stage.browser, stage.desk, { as: 'anna-lindqvist' });
    await sayAndTake(chat, megan, 'All four clay pots came broken.');
    const way = await fixed(megan, what);

    await toTodo(megan);
    const immediate = await openTask(megan, 'Ask whether it holds', what);
    await immediate.getByRole('button', { name: 'Put it into the conversation' }).click();
    await composer(megan).and(megan.locator(':focus')).waitFor();
    const question = await composer(megan).inputValue();
    expect(question.length).toBeGreaterThan(20);
    await composer(megan).press('Enter');
    await chat.log.getByText(question).waitFor();
    await chat.say('Yes, they are whole, and the driver was kind.');
    await megan.getByRole('log').getByText('the driver was kind').waitFor();
    await openRecord(megan, what);
    await way.getByRole('button', { name: 'It works' }).click();
    await way.getByText('It closes by itself when all three are done.').waitFor();

    await toTodo(megan);
    expect(await task(megan, 'Ask whether it holds', what).count()).toBe(0);
    const internal = await openTask(megan, 'Brief your colleagues', what);
    await internal
      .getByRole('textbox', { name: 'Line 1' })
      .fill('Four pots came broken: the carton was single.');
    await internal.getByRole('textbox', { name: 'Line 2' }).fill('Four new ones by courier, and a trowel.');
    await internal.getByRole('textbox', { name: 'Line 3' }).fill('She is home after four.');
    await internal.getByRole('textbox', { name: 'Check again at the next order' }).fill('A double carton');
    await internal.getByLabel('Shown until').fill(inDays(30));
    await internal.getByRole('button', { name: 'Save and show to everybody' }).click();
    await megan.getByText('Everybody who meets this customer will know.').waitFor();

    await openRow(lin, 'All', 'the driver was kind');
    const strip = lin.getByRole('region', { name: 'Please know' });
    await strip.getByText('Four pots came broken: the carton was single.').waitFor();
    await strip.getByText('She is home after four.').waitFor();
    await strip.getByRole('checkbox', { name: 'A double carton' }).check();

    const wrapUp = await openTask(megan, 'A last word', what);
    await wrapUp.getByRole('radio', { name: /Personal message/ }).check();
    await wrapUp.getByText('They read it in the chat, from Megan Kajitani.').waitFor();
    const message = wrapUp.getByRole('textbox', { name: 'Message' });
    expect(await message.inputValue()).toContain('Megan Kajitani');
    await message.fill('Anna, I looked at the new carton myself. Yours, Megan Kajitani');
    await wrapUp.getByRole('button', { name: 'Send the message' }).click();
    await chat.log.getByText('I looked at the new carton myself.').waitFor();
    await pane(lin)
      .getByRole('button', { name: `Failure: ${what}` })
      .getByText('closed')
      .waitFor();
    await megan.getByRole('button', { name: 'Ended' }).click();
    for (const kind of FOLLOW_UPS) await task(megan, kind, what).getByText(`done by ${MEGAN}`).waitFor();
    await chat.page.context().close();
  });

  test('is opened again by “it still does not work”, in one click, with a second round', async () => {
    const megan = await consoleOf(MEGAN);
    const what = 'Watering can leaking since Tuesday';
    const chat = await visitShop(stage.browser, stage.desk, { as: 'omar-haddad' });
    await sayAndTake(chat, megan, 'The new watering can is leaking.');
    await fixed(megan, 'The can came a day late on Monday');
    const way = await fixed(megan, what);
    await chat.say('I am sorry to say so, but it still does not work.');
    const line = megan.getByRole('complementary', { name: 'What went wrong' });
    await line.getByText('They say that it still does not work. Open it again?').waitFor();
    expect(await line.innerText()).toContain(what);
    await line.getByRole('button', { name: 'Open it again' }).click();
    await way.getByText('It did not hold, and was opened again.').waitFor();
    await line.waitFor({ state: 'detached' });
    expect(await way.getByText('Last time, and it did not hold: A new one the same day').count()).toBe(1);

    await toTodo(megan);
    await megan.getByRole('button', { name: 'Ended' }).click();
    await task(megan, 'A last word', what).waitFor();
    await megan.getByRole('button', { name: 'Open', exact: true }).click();
    await megan
      .getByRole('button', { name: 'Open', exact: true })
      .and(megan.locator('[aria-pressed=true]'))
      .waitFor();
    expect(await task(megan, 'A last word', what).count()).toBe(0);
    await openRow(megan, 'Mine', 'it still does not work.');
    await openRecord(megan, what);
    await putRight(way, 'The tap was changed, and tried for an hour', 'A rose for the can');
    await toTodo(megan);
    for (const kind of FOLLOW_UPS) await task(megan, kind, what).waitFor();
    await chat.page.context().close();
  });
});

const FOLLOW_UPS = ['Ask whether it holds', 'Brief your colleagues', 'A last word'] as const;

/** A failure recorded and put right, all by one person. */
async function fixed(page: Page, what: string): Promise<Locator> {
  const way = await logFailure(page, what);
  await apologise(way);
  await goOver(way, 'New ones before the weekend');
  await putRight(way, 'A new one the same day', 'A trowel with a card');
  return way;
}

/** One hand at the keyboard, which counts. */
function handOf(page: Page) {
  let strokes = 0;
  const press = async (key: string) => {
    strokes += 1;
    await page.keyboard.press(key);
  };
  const isIn = (place: Locator) => place.evaluate((element) => element.contains(document.activeElement));
  const tabTo = async (place: Locator) => {
    for (let tabs = 0; tabs < 20; tabs += 1) {
      if (await isIn(place)) return;
      await press('Tab');
    }
    throw new Error(`Twenty tabs do not lead to ${place}`);
  };
  return {
    press,
    tabTo,
    type: async (text: string) => {
      strokes += text.length;
      await page.keyboard.type(text);
    },
    /** The option of a group of radios, by arrow keys. */
    choose: async (group: Locator, option: string) => {
      await tabTo(group);
      const wanted = group.getByRole('radio', { name: option, exact: true });
      for (let moves = 0; moves < 10; moves += 1) {
        if (await wanted.isChecked()) return;
        await press('ArrowRight');
      }
      throw new Error(`Ten arrows do not lead to “${option}”`);
    },
    strokes: () => strokes,
  };
}

/** yyyy-mm-dd */
function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
