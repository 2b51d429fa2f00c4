import type { Member, SessionInfo } from '@fullname/shared/api';
import type { Locator, Page } from 'playwright-core';
import { SHOP } from '../../server/src/demo/content/shop.ts';
import { call, enterByLink, tokenIn } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgentWith, type Door, newId } from '../support/people.ts';
import type { DemoDesk } from '../support/stage.ts';

/** The demo shop, as a socket without a browser comes to it. */
export function shopDoor(desk: DemoDesk): Door {
  // Sockets end with the test's relay.
  return { origin: desk.origin, site: { key: SHOP.key }, atClose: () => undefined };
}

/** One of the demo's people by the link that the relay printed for them, without a console. */
export function signedIn(desk: DemoDesk, who: string): Promise<{ cookie: string; person: Member }> {
  const line = desk.printed.split('\n').find((one) => one.includes(who));
  if (line === undefined) throw new Error(`The relay printed no link for ${who}:\n${desk.printed}`);
  return enterByLink(desk.origin, tokenIn(line));
}

/** Whoever is at this console, by one more socket: for what a test needs done and does not look at. */
export async function agentAt(desk: DemoDesk, console: Page): Promise<Agent> {
  const cookies = await console.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const { person } = await call<SessionInfo>({ origin: desk.origin, cookie }, 'GET /api/session');
  return anAgentWith(shopDoor(desk), { cookie, person });
}

/** Takes the waiting conversation whose last words are these; gives its id. */
export async function takeWaiting(agent: Agent, words: string): Promise<string> {
  const conversation = await eventually(`“${words}” waits`, async () => {
    const { rows } = await agent.do('conversation:list', { view: 'waiting' });
    return rows.find(({ preview }) => preview?.text === words)?.id;
  });
  await agent.do('conversation:take', { conversation, id: newId() });
  return conversation;
}

/** Shows a conversation of one's own at the console; gives the customer's pane beside it. */
export async function showMine(console: Page, words: string): Promise<Locator> {
  await console.getByRole('tab', { name: 'Mine' }).click();
  await console.locator('#rows').getByText(words).click();
  const pane = console.locator('.customer');
  await pane.waitFor();
  return pane;
}
