/** Through what is beside the desk: things to do, help, stories, the book, and what an owner sets. */

import type { Site } from '@fullname/shared/api';
import { en } from '../../console/src/strings/en.ts';
import type { Screen } from './foreign-fields.ts';
import { choose, fill, press } from './screens.ts';
import { type StrangeWire, strange } from './strange-wire.ts';
import { type ConsoleTour, goTo, inDialog, inMenu, open, openEach, settled } from './tour-console.ts';

const { book, work } = en;

export async function toDo(tour: ConsoleTour): Promise<void> {
  const { page } = tour;
  await goTo(tour, '#todo', 'to do');
  for (const kind of ['request', 'goodwill', 'wrap-up']) await openTask(tour, kind, 'to do: opened');
  const ways = page.locator('.task-body input[type=radio]');
  for (let at = 0; at < (await ways.count()); at += 1) {
    await press(ways.nth(at));
    await settled(page);
    await tour.glance(page, 'to do: opened');
  }
  await tour.see(page, 'to do: opened');
  const filter = (text: string) => page.locator('.todo-filters button', { hasText: text });
  await open(tour, filter(work.whose.all), 'to do: everybody’s');
  await open(tour, filter(work.state.ended), 'to do: what has ended');
  for (const kind of ['immediate', 'internal', 'goodwill', 'request'])
    await openTask(tour, kind, 'to do: what has ended, opened');
  await tour.see(page, 'to do: what has ended, opened');
  await goTo(tour, '#todo/promises', 'promises');
  await press(page.locator('main button[aria-expanded]'));
  await tour.glance(page, 'promises');
  await goTo(tour, '#todo/goodwill', 'goodwill');
}

/** The first of its kind. */
async function openTask({ page, glance }: ConsoleTour, kind: string, screen: Screen): Promise<void> {
  await press(page.locator(`.task[data-kind=${kind}] .task-open`));
  await settled(page);
  await glance(page, screen);
}

export async function colleagues(tour: ConsoleTour): Promise<void> {
  await goTo(tour, '#help', 'help among colleagues');
  await open(tour, tour.page.locator('.request-foot button'), 'help among colleagues: what was said');
  await goTo(tour, '#stories', 'stories, praise, notes and what is built');
  const tell = tour.page.locator('main button', { hasText: en.company.builds.notNow });
  await inDialog(tour, tell, 'why something is not built now');
  await goTo(tour, '#moments', 'first and last moments');
  for (const more of await tour.page.locator('main summary').all()) await press(more);
  await tour.see(tour.page, 'first and last moments: the answers');
}

export async function theBook(tour: ConsoleTour): Promise<void> {
  const { page } = tour;
  const entry = page.locator('.entry-card button');
  const report = (screen: Screen) => async () => {
    await fill(page.locator('dialog textarea'), 'text,situation\nx,y\n');
    await press(page.locator('dialog button[type=submit]'));
    await page.locator('dialog .problems').waitFor();
    await tour.see(page, screen);
  };
  await goTo(tour, '#book', 'the book: phrases');
  await inDialog(tour, entry.first(), 'the book: a phrase is changed');
  await inMenu(
    tour,
    '.section-acts',
    book.transfer.import,
    'the book: an import',
    report('the book: the report of an import'),
  );
  await goTo(tour, '#book/rules', 'the book: rules');
  await inDialog(tour, entry.first(), 'the book: a rule is changed');
  await goTo(tour, '#book/proposals', 'the book: proposals');
  await openEach(tour, 'main', 'the book: proposals');
  await goTo(tour, '#book/versions', 'the book: versions');
  await goTo(tour, '#book/figures', 'the book: figures');
  await goTo(tour, '#book/past', 'the book: what past words need');
  await goTo(tour, '#book/settings', 'the book: settings');
}

export async function settings(
  tour: ConsoleTour,
  { wire, site, proof }: { readonly wire: StrangeWire; readonly site: Site; readonly proof: string },
): Promise<void> {
  const { page } = tour;
  await goTo(tour, '#settings/account', 'settings: one’s account');
  await goTo(tour, '#settings/sites', 'settings: sites');
  await goTo(tour, `#settings/sites/${site.id}`, 'settings: a site');
  await lookedAt(tour, wire);
  await proven(tour, proof);
  await goTo(tour, '#settings/people', 'settings: people');
  await inDialog(tour, page.locator('.people .person .button').last(), 'settings: a person is changed');
  await goTo(tour, '#settings/systems', 'settings: other systems');
  const file = page.locator('.import input[type=file]');
  await choose(file, `${strange('file name')}.csv`, 'id,site\n1,2\n');
  await page.locator('.import .problems').waitFor();
  await tour.see(page, 'settings: the report of an import');
  await goTo(tour, '#settings/recovery', 'settings: recovery');
}

/** What the relay may say of a page that it was asked to look at. */
async function lookedAt(tour: ConsoleTour, wire: StrangeWire): Promise<void> {
  const { page } = tour;
  const url = 'https://larkspur.example/';
  const look = page.locator('.look-at:has(input)');
  const said = [
    { found: 'leads-away', url },
    { found: 'wrong-key', url, key: 'DEMO' },
    { found: 'other-relay', url, relay: 'https://other.example' },
    { found: 'blocked', url, blocked: ['script-src'] },
    { found: 'tag', url, unread: ['data-colour="red"'] },
  ];
  for (const report of said) {
    await page.route(/\/look$/, (route) =>
      route.fulfill({ json: { ok: true, value: wire.make('look', report) } }),
    );
    await fill(look.locator('input'), url);
    await press(look.locator('button[type=submit]'));
    await look.locator('.look-found p').first().waitFor();
    await tour.glance(page, 'settings: a page was looked at');
    await page.unroute(/\/look$/);
  }
  await tour.see(page, 'settings: a page was looked at');
}

/** Whom a proof of the owner's proves. */
async function proven({ page, see }: ConsoleTour, proof: string): Promise<void> {
  const trial = page.locator('.look-at:has(textarea)');
  await fill(trial.locator('textarea'), proof);
  await press(trial.locator('button[type=submit]:not(:disabled)'));
  await see(page, 'settings: a proof is tried');
}
