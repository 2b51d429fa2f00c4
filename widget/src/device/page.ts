/**
 * The page on which a visitor has this device tell of answers. On the relay's own origin and in a window of its own, since a frame
 * may not ask. The chat's leave is in the fragment, which leaves the history with the first look.
 */

import { withOwnWords } from '@fullname/shared/fit-words';
import { isToken } from '@fullname/shared/ids';
import { dirOf, widgetLocaleOf } from '@fullname/shared/locale';
import { said } from '../said.ts';
import { DEVICE_WORDS, type DeviceWords } from './words.ts';

type About = { readonly name: string; readonly key: string };
type Policy = { createScriptURL(from: string): unknown };
type TrustedTypes = { createPolicy(name: string, rules: { createScriptURL(): string }): Policy };
type Word = keyof DeviceWords;
type Act = readonly [verb: Word, act: () => Promise<void>];
/** Why it did not come to be, as the page says it. */
type Trouble = 'deviceRefused' | 'deviceNoService' | 'deviceOver' | 'deviceLost';

const [grant = '', tag] = location.hash.slice(1).split(',');
const locale = [tag, ...navigator.languages].map((one) => widgetLocaleOf(one ?? '')).find(Boolean) ?? 'en';
const words = withOwnWords(DEVICE_WORDS[locale], said.strings?.[locale] ?? {});
const found = <One extends Element>(selector: string) => document.querySelector(selector) as One;
const buttons = [...document.querySelectorAll('button')];
let name = '';
let policy: Policy | undefined;

document.documentElement.lang = locale;
document.documentElement.dir = dirOf(locale);
document.title = words.deviceTitle;
found('h1').textContent = words.deviceTitle;
history.replaceState(null, '', location.pathname);
void begin();

/** Nothing is done before a press, whatever this device does now: any page can open this one. */
async function begin(): Promise<void> {
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window))
    return say('deviceCannot');
  say('deviceWait');
  const about = await aboutSite();
  const known = await subscribed();
  const told = known ? await toldOn(known) : 'none';
  if (!about || !told) return say('deviceLost', ['deviceAgain', begin]);
  name = about.name;
  const wish: Act = ['deviceYes', () => turnOn(about)];
  if (known && told === 'this') return isOn('deviceAlready', known);
  if (!isToken(grant)) return say('deviceOver');
  if (known && told === 'other') say('deviceElsewhere', wish, ['deviceStop', () => stop(known)]);
  else say('deviceLead', wish);
  explain();
}

/** Browsers ask only where it comes from a press: nothing is waited for before. */
async function turnOn(about: About): Promise<void> {
  hold();
  const permission = await Notification.requestPermission();
  const trouble = permission === 'granted' ? await subscribe(about) : 'deviceRefused';
  if (trouble === 'deviceOver') say(trouble);
  else if (trouble) say(trouble, ['deviceAgain', () => turnOn(about)]);
  else isOn('deviceOn', await subscribed());
}

/** Null once the relay has it. */
async function subscribe({ key }: About): Promise<Trouble | null> {
  const applicationServerKey = bytesOf(key);
  const wish = { userVisibleOnly: true, applicationServerKey };
  const before = await subscribed();
  let subscription: PushSubscription;
  try {
    await navigator.serviceWorker.register(workerAddress(), { scope: location.pathname });
    const { pushManager } = await navigator.serviceWorker.ready;
    subscription = await pushManager.subscribe(wish).catch(async () => {
      // One for an earlier key of the relay's stands in the way of any other.
      await (await pushManager.getSubscription())?.unsubscribe();
      return pushManager.subscribe(wish);
    });
  } catch {
    return 'deviceNoService';
  }
  const { endpoint, keys } = subscription.toJSON();
  const { trouble } = await ask('devices', {
    grant,
    subscription: { endpoint, keys: { p256dh: keys?.p256dh, auth: keys?.auth } },
  });
  // What the relay does not know of would only look as if it were on; one that was there before may still be another chat's.
  if (trouble && !before) await subscription.unsubscribe().catch(() => false);
  return trouble;
}

function isOn(word: Word, subscription: PushSubscription | null): void {
  say(word, ['deviceStop', () => stop(subscription)]);
  explain();
}

async function stop(subscription: PushSubscription | null): Promise<void> {
  hold();
  await subscription?.unsubscribe().catch(() => false);
  // Its push service says so as well, if the relay cannot be told now.
  await ask('stop', { endpoint: subscription?.endpoint });
  say('deviceStopped');
}

async function subscribed(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration().catch(() => undefined);
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** Whose answers the relay tells here: it may know of none, where its visitor has removed this device from elsewhere. */
async function toldOn({ endpoint }: PushSubscription): Promise<unknown> {
  return (await ask('told', { endpoint, grant: isToken(grant) ? grant : null })).value;
}

async function aboutSite(): Promise<About | null> {
  try {
    const { ok, value } = await (await fetch('about')).json();
    return ok ? value : null;
  } catch {
    return null;
  }
}

async function ask(what: string, asked: object): Promise<{ trouble: Trouble | null; value?: unknown }> {
  try {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(what, { method: 'POST', headers, body: JSON.stringify(asked) });
    if (answer.ok) return { trouble: null, value: (await answer.json()).value };
    return { trouble: answer.status < 500 && answer.status !== 429 ? 'deviceOver' : 'deviceLost' };
  } catch {
    return { trouble: 'deviceLost' };
  }
}

function hold(): void {
  for (const button of buttons) button.disabled = true;
}

function say(word: Word, ...acts: readonly Act[]): void {
  const line = found<HTMLElement>('p');
  line.textContent = put(word);
  found<HTMLElement>('ul').hidden = true;
  const focused = buttons.find((button) => button === document.activeElement);
  for (const [index, button] of buttons.entries()) {
    const [verb, act] = acts[index] ?? [];
    button.hidden = !verb;
    button.disabled = false;
    // What was wished is done: to take it back is not what the page asks for.
    button.className = verb === 'deviceStop' ? 'quiet' : '';
    button.textContent = verb ? put(verb) : '';
    button.onclick = () => void act?.();
  }
  line.tabIndex = -1;
  // Whoever has pressed the button that goes must be somewhere.
  if (focused?.hidden) line.focus();
}

function explain(): void {
  const list = found<HTMLElement>('ul');
  list.replaceChildren(
    ...(['deviceShown', 'deviceOthers', 'deviceToStop'] as const).map((line) => {
      const item = document.createElement('li');
      item.textContent = put(line);
      return item;
    }),
  );
  list.hidden = false;
}

/** Isolated: a name may be written the other way than the sentence around it. */
function put(word: Word): string {
  return words[word].replaceAll('{0}', () => `\u2068${name}\u2069`);
}

function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
}

/** The one address that this page makes a script of. */
function workerAddress(): string {
  const address = `${location.pathname}worker.js`;
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return address;
  // A policy's name is taken with its first use.
  policy ??= trustedTypes.createPolicy('fullname-worker', { createScriptURL: () => address });
  return policy.createScriptURL('') as string;
}
