/** Through the relay's pages behind links: a visitor's, and those of somebody who is invited or signs in. */
import type { Page } from 'playwright-core';
import type { Database } from '../../server/src/store/database.ts';
import { call } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { aVisitor, newId } from '../support/people.ts';
import type { Looking } from './drawn-fields.ts';
import type { People } from './long-day.ts';
import { OWN_WORDS, STRANGE, wrapped } from './strange-wire.ts';

export const ADDRESS = 'ada@example.com';
/** As long as an owner's words may be. */
const WORDS_MOST = 500;

export async function ofDevices({ see }: Looking, page: Page, { door, site }: People): Promise<void> {
  await page.goto(`${door.origin}/n/${site.key}/#${'a'.repeat(64)},en`);
  await see(page, 'a page behind a link: this device');
}

export async function ofLinks({ see }: Looking, page: Page, { door, owner, site }: People): Promise<void> {
  await page.goto(`${door.origin}/c/?s=${site.key}`);
  await see(page, 'a page behind a link: on with the conversation');
  const member = { given: 'Ada', family: 'Lovelace', email: 'ada.lovelace@example.com', role: 'agent' };
  const { link } = await call<{ link: string }>(owner, 'POST /api/people', member);
  await page.goto(link);
  await page.locator('form').waitFor();
  await see(page, 'a page behind a link: an invitation');
  await page.goto(`${door.origin}/console/`);
  await page.locator('form').waitFor();
  await see(page, 'signing in');
}

/** Somebody has gone before they were answered, and has left an address. */
export async function writtenTo({ door, ingrid }: People): Promise<void> {
  const visitor = await aVisitor(door);
  await visitor.say('I wait for a letter.');
  await visitor.do('email:give', { conversation: visitor.conversation, id: newId(), email: ADDRESS });
  visitor.close();
  const conversation = await eventually('it waits', async () => {
    const { rows } = await ingrid.do('conversation:list', { view: 'waiting' });
    return rows.find(({ preview }) => preview?.text === 'I wait for a letter.')?.id;
  });
  await ingrid.do('conversation:take', { conversation, id: newId() });
  await ingrid.say(conversation, 'Here it is.');
}

/** The relay writes this page itself: an owner's words come to it as they are allowed, the address as no rule would let it in. */
export async function thatStops(
  { see, glance }: Looking,
  page: Page,
  { owner, site }: People,
  link: string,
  { pool }: Database,
): Promise<void> {
  const screen = 'a page behind a link: no more such mail';
  const id = new URL(link).searchParams.get('mail');
  const packs = packed(WORDS_MOST - OWN_WORDS.length - 20);
  const rounds = Math.ceil(packs.length / 3);
  for (let round = 0; round < rounds; round += 1) {
    const [stopTitle = '', stopYes = '', ask = ''] = packs
      .slice(3 * round, 3 * round + 3)
      .map((some) => wrapped(OWN_WORDS, some));
    const strings = { en: { stopTitle, stopYes, stopAsk: `{0} ${ask}` } };
    await call(owner, `PUT /api/sites/${site.id}/settings`, { strings });
    const to = wrapped(
      'mail.to',
      STRANGE.filter((_, at) => at % rounds === round),
    );
    await pool.query('update mails set to_address = $1 where id = $2', [to, id]);
    await page.goto(link);
    await glance(page, screen);
  }
  await see(page, screen);
}

/** Braces that stand for nothing are refused in an owner's words. */
function packed(most: number): string[][] {
  const runs: string[][] = [[]];
  for (const one of STRANGE.filter((text) => !/[{}]/.test(text))) {
    const last = runs.at(-1) ?? [];
    if ([...last, one].join(' ').length < most) last.push(one);
    else runs.push([one]);
  }
  return runs;
}
