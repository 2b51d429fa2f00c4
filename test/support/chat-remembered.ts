/** What is remembered of a visitor, of every kind, and the page on which a device is told of answers. */
import type { Page } from 'playwright-core';
import { openPushService } from '../mail/push-service.ts';
import { composerOf, type Walk } from './chat-ground.ts';
import { eventually } from './eventually.ts';
import { aVisitor, newId } from './people.ts';
import { subscribeAs } from './stand-in-push.ts';

/** The menu is open. From the link in it: asked, refused by the browser, then allowed; and the page once more. */
export async function toldOnThisDevice({ page, look }: Walk): Promise<void> {
  const context = page.context();
  const service = await openPushService();
  await subscribeAs(context, service.aDevice());
  const link = page.locator('.menu .tell');
  const open = async (): Promise<Page> => {
    const [device] = await Promise.all([context.waitForEvent('page'), link.click()]);
    await device.emulateMedia({ reducedMotion: 'reduce' });
    await device.getByRole('button').first().waitFor();
    return device;
  };
  const asking = await open();
  await look('asked whether this device tells of answers', asking);
  await asking.getByRole('button').click();
  await asking.getByRole('list').waitFor({ state: 'hidden' });
  await look('the browser allows no notices', asking);
  await context.grantPermissions(['notifications'], { origin: new URL(page.url()).origin });
  await asking.getByRole('button').click();
  await asking.locator('.quiet').waitFor();
  await asking.close();
  const told = await open();
  await told.locator('.quiet').waitFor();
  await look('this device tells of answers', told);
  await told.close();
  await service.close();
}

/** What their pages say of them, and a time to be called back: by a second line of the same browser. */
export async function knownInEveryWay({ desk, site, locale, talk, page, said }: Walk): Promise<void> {
  const [, token, conversation] =
    /"token":"([0-9a-f]{64})","conversation":"([0-9a-f-]{36})"/.exec(said().join('\n')) ?? [];
  if (token === undefined || conversation === undefined) throw new Error('The chat has begun no talk.');
  const door = { origin: desk.origin, site, atClose: () => undefined };
  const same = await aVisitor(door, { token, conversation, locale });
  const { url, title } = { url: 'https://larkspur.example/cans/copper-watering-can?size=9', title: talk.ask };
  await same.do('page:view', { url, title });
  await same.do('page:tell', {
    conversation,
    attributes: { plan: talk.options[0] ?? '', visits: 3, 'member-of-the-garden-club': true },
    events: [{ id: newId(), name: 'basket', meta: { sum: 40, with: talk.offer }, ago: 60_000 }],
  });
  const [time] = (await same.do('call-back:find', {})).times;
  await same.do('call-back:book', { conversation, id: newId(), from: time?.from ?? '', way: 'chat' });
  same.close();
  await page.locator('.call-back').waitFor();
}

/** The list is open: what stands further down, then it is closed with what was planned taken back. */
export async function allThatIsRemembered({ page, look }: Walk): Promise<void> {
  const list = page.getByRole('dialog');
  await look('what is remembered', page);
  for (const [part, state] of [
    ['keptPage', 'what is remembered, from pages'],
    ['keptTold', 'what is remembered, of devices'],
  ] as const) {
    await list.locator(`#${part}`).evaluate((one) => one.scrollIntoView());
    await look(state, page);
  }
  await list
    .locator('section', { has: page.locator('#keptCall') })
    .getByRole('button')
    .click();
  await list.getByRole('status').last().waitFor();
  await eventually('nobody owes it any more', async () => (await page.locator('.call-back').count()) === 0);
  await composerOf(page).waitFor();
}
