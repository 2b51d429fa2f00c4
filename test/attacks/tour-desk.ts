/** Through the desk: the list, conversations in every state, the customer beside them, and every dialog about them. */
import { en } from '../../console/src/strings/en.ts';
import type { Stranger } from './long-day.ts';
import { fill, press } from './screens.ts';
import { type ConsoleTour, goTo, inDialog, inMenu, open, openEach, settled } from './tour-console.ts';

const { company, giving, thread, work } = en;

/** Of whom nobody knows: one waits, one is answered. */
export async function strangers(tour: ConsoleTour, waiting: Stranger, answered: string): Promise<void> {
  const { page } = tour;
  await goTo(tour, '#', 'the list');
  await waiting.say('It is for my mother.');
  await tour.see(page, 'the list: somebody says more');
  await goTo(tour, `#c=${waiting.id}`, 'a conversation that waits');
  await goTo(tour, `#c=${answered}`, 'a stranger');
  await page.locator('.composer-field').first().fill('Please hurry up.');
  await tour.see(page, 'a stranger: words that the reader stops at');
  await fill(page.locator('.link-customer input'), 'Samuel');
  await page.locator('.found-customer').first().waitFor();
  await tour.see(page, 'a stranger: customers found');
}

/** A conversation and its customer, with all that was recorded. */
export async function aConversation(tour: ConsoleTour, conversation: string): Promise<void> {
  const { page } = tour;
  await goTo(tour, `#c=${conversation}`, 'a conversation');
  await openEach(tour, 'main', 'a conversation: what opens in it');
  await tour.see(page, 'a conversation: what opens in it');
  const failure = page.locator('.timeline-item[data-kind=failure]');
  await open(tour, failure.locator('.timeline-head'), 'a failure’s record');
  const acts = failure.locator('.history-acts button');
  await open(tour, acts.last(), 'a failure’s record: what was changed');
  await open(tour, acts.first(), 'a failure’s record: to be changed');
}

export async function aCustomerOfMany(tour: ConsoleTour, conversation: string): Promise<void> {
  await goTo(tour, `#c=${conversation}`, 'a customer of many years');
  const earlier = tour.page.locator('.timeline-item[data-kind=conversation] .timeline-head');
  await open(tour, earlier, 'a customer of many years: what was said before');
}

export async function closed(tour: ConsoleTour, conversation: string): Promise<void> {
  await goTo(tour, `#c=${conversation}`, 'a conversation that is closed');
}

export async function slipping(tour: ConsoleTour, conversation: string): Promise<void> {
  await goTo(tour, `#c=${conversation}`, 'a conversation with a promise that may take longer');
}

/** The list of colleagues as it came, and as it is once somebody has come or gone. */
export async function handingOver(tour: ConsoleTour, change: () => Promise<void>): Promise<void> {
  const opener = tour.page.locator('.thread-acts button', { hasText: thread.handOver });
  await inDialog(tour, opener, 'handing over');
  await change();
  await inDialog(tour, opener, 'handing over: somebody has gone');
}

export async function dialogs(tour: ConsoleTour): Promise<void> {
  const { page } = tour;
  await inDialog(
    tour,
    page.locator('.thread-acts button', { hasText: thread.close }),
    'closing with a farewell',
  );
  const beside = (text: string) => page.locator('.customer [aria-haspopup=dialog]', { hasText: text });
  await inDialog(tour, beside(giving.gift.open), 'giving something');
  await inDialog(tour, beside(giving.extras.open), 'offering extras');
  await inDialog(tour, beside(work.help.ask), 'asking a colleague for help');
  await inMenu(tour, '.thread-acts', company.builds.open, 'building with a customer');
  await inMenu(tour, '.thread-acts', company.stories.tell, 'telling a story');
  await inMenu(tour, '.thread-acts', company.praise.open, 'praising a colleague');
  await inMenu(tour, '.thread-acts', 'A note to', 'a note to a colleague');
  await page.keyboard.press('Control+k');
  await page.locator('dialog[open]').waitFor();
  await tour.see(page, 'the palette');
  await page.keyboard.press('Escape');
}

/** Of a customer's whole record; and the phrases, while nothing is written. */
export async function records(tour: ConsoleTour): Promise<void> {
  const { page } = tour;
  await page.locator('.composer-field').first().fill('/');
  await tour.see(page, 'phrases');
  await page.locator('.composer-field').first().fill('');
  await inMenu(tour, '.customer', company.merges.open, 'merged records');
  await inMenu(tour, '.customer', company.give.open, 'giving a customer to a colleague', async (dialog) => {
    await press(dialog.locator('input[type=radio]:not(:disabled)'));
    await settled(page);
    await tour.glance(page, 'giving a customer to a colleague');
  });
  await inMenu(tour, '.customer', company.merge.open, 'merging', async (dialog) => {
    await fill(dialog.locator('.find-customer input'), 'Sam Reed');
    await dialog.locator('.found-customer').first().waitFor();
    await open(tour, dialog.locator('.found-customer'), 'merging: side by side');
  });
}
