import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Firefox, type FirefoxTab, launchFirefox } from '../support/firefox.ts';
import { type HostPages, openHostPages } from '../support/host-pages.ts';
import { anAgent, newId } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

const program = process.env.FULLNAME_FIREFOX ?? '';
const LAUNCHER = `document.querySelector('fullname-chat').shadowRoot.querySelector('button')`;
const COMPOSER = `document.querySelector('textarea')`;
const LOG = `document.querySelector('[role="log"]')?.innerText ?? ''`;

/** A shop of another site than the relay's: there Firefox gives the frame a storage of its own, parted by the shop. */
let shop: HostPages;
let relay: Relay;
let firefox: Firefox;

beforeAll(async () => {
  if (!program) return;
  shop = await openHostPages((_, response) => {
    response.setHeader('content-type', 'text/html');
    const tag = `<script async src="${relay.origin}/w/${relay.site.key}.js"></script>`;
    response.end(`<!doctype html><html lang="en"><title>A shop</title><h1>Flowers</h1>${tag}`);
  });
  relay = await openRelay({ hosts: [shopAt()] });
  firefox = await launchFirefox(program);
});
afterAll(async () => {
  await firefox?.close();
  shop?.close();
  await relay?.close();
});

const shopAt = (): string => `http://127.0.0.1:${shop.port}`;

async function openChat(tab: FirefoxTab) {
  await tab.page.click(LAUNCHER);
  const frame = await tab.frame(`${relay.origin}/w/`);
  await eventually('one can write', () => frame.evaluate(`document.activeElement === ${COMPOSER}`));
  return frame;
}

test.skipIf(!program)(
  'in Firefox one writes, is answered by full name, and finds it again after a reload',
  async () => {
    const agent = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
    onTestFinished(agent.close);
    const tab = await firefox.open(shopAt());
    const chat = await openChat(tab);
    await chat.type('Do you have white peonies?\n');
    const conversation = await eventually('it waits at the desk', async () => {
      const { rows } = await agent.do('conversation:list', { view: 'waiting' });
      return rows.find(({ preview }) => preview?.text === 'Do you have white peonies?')?.id;
    });
    await agent.do('conversation:take', { conversation, id: newId() });
    await agent.say(conversation, 'From October on.');
    await eventually('the answer is there', async () =>
      String(await chat.evaluate(LOG)).includes('From October on.'),
    );
    expect(await chat.evaluate(`document.querySelector('header').innerText`)).toContain('Megan Kajitani');

    await tab.reload();
    const again = await openChat(tab);
    await eventually('both are found again', async () => {
      const log = String(await again.evaluate(LOG));
      return log.includes('Do you have white peonies?') && log.includes('From October on.');
    });
    await again.click(COMPOSER);
    await again.type('Please keep one.\n');
    await eventually('it goes on', async () =>
      (await agent.read(conversation)).some(
        (entry) => entry.kind === 'message' && entry.text === 'Please keep one.',
      ),
    );
  },
);
