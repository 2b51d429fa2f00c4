/**
 * The page on which a visitor has this device tell of answers. On the relay's own origin and in a window of its own, since a frame
 * may not ask. The chat's leave is in the fragment, which leaves the history with the first look.
 */
import { isToken } from '@fullname/shared/ids';
import { dirOf, widgetLocaleOf } from '@fullname/shared/locale';
import { type DeviceWords, WORDS } from './words.ts';

type About = { readonly name: string; readonly key: string };
type Policy = { createScriptURL(from: string): unknown };
type TrustedTypes = { createPolicy(name: string, rules: { createScriptURL(): string }): Policy };
/** Why it did not come to be, as the page says it. */
type Trouble = 'refused' | 'noService' | 'over' | 'lost';

const [grant = '', tag] = location.hash.slice(1).split(',');
const locale = [tag, ...navigator.languages].map((one) => widgetLocaleOf(one ?? '')).find(Boolean) ?? 'en';
const words = WORDS[locale];
const found = <One extends Element>(selector: string) => document.querySelector(selector) as One;
const button = found<HTMLButtonElement>('button');
let name = '';
let policy: Policy | undefined;

document.documentElement.lang = locale;
document.documentElement.dir = dirOf(locale);
document.title = words.title;
found('h1').textContent = words.title;
history.replaceState(null, '', location.pathname);
void begin();

async function begin(): Promise<void> {
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window))
    return say('cannot');
  say('wait');
  const about = await aboutSite();
  if (!about) return say('lost', 'again', begin);
  name = about.name;
  const known = await subscribed();
  // With a leave of a chat's nothing is done before the press, also where this device is known: any page can open this one.
  if (!isToken(grant)) return known ? isOn(known) : say('over');
  say('lead', 'yes', () => turnOn(about));
  explain('shown', 'others', 'toStop');
}

/** Browsers ask only where it comes from a press: nothing is waited for before. */
async function turnOn(about: About): Promise<void> {
  button.disabled = true;
  const permission = await Notification.requestPermission();
  const trouble = permission === 'granted' ? await subscribe(about) : 'refused';
  if (trouble === 'over') say(trouble);
  else if (trouble) say(trouble, 'again', () => turnOn(about));
  else isOn(await subscribed());
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
    return 'noService';
  }
  const { endpoint, keys } = subscription.toJSON();
  const answer = await ask('devices', {
    grant,
    subscription: { endpoint, keys: { p256dh: keys?.p256dh, auth: keys?.auth } },
  });
  if (answer === 'ok') return null;
  // What the relay does not know of would only look as if it were on; one that was there before may still be another chat's.
  if (!before) await subscription.unsubscribe().catch(() => false);
  return answer;
}

function isOn(subscription: PushSubscription | null): void {
  say('on', 'stop', async () => {
    button.disabled = true;
    await subscription?.unsubscribe().catch(() => false);
    // Its push service says so as well, if the relay cannot be told now.
    await ask('stop', { endpoint: subscription?.endpoint });
    say('stopped');
  });
  explain('shown', 'others', 'toStop');
}

async function subscribed(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration().catch(() => undefined);
  return (await registration?.pushManager.getSubscription()) ?? null;
}

async function aboutSite(): Promise<About | null> {
  try {
    const { ok, value } = await (await fetch('about')).json();
    return ok ? value : null;
  } catch {
    return null;
  }
}

async function ask(what: string, asked: object): Promise<'ok' | 'over' | 'lost'> {
  try {
    const headers = { 'content-type': 'application/json' };
    const { status } = await fetch(what, { method: 'POST', headers, body: JSON.stringify(asked) });
    if (status < 300) return 'ok';
    return status < 500 && status !== 429 ? 'over' : 'lost';
  } catch {
    return 'lost';
  }
}

function say(word: keyof DeviceWords, verb?: keyof DeviceWords, act?: () => Promise<void>): void {
  const line = found<HTMLElement>('p');
  line.textContent = put(word);
  found<HTMLElement>('ul').hidden = true;
  // Whoever has pressed the button that goes must be somewhere.
  const hadFocus = document.activeElement === button;
  button.hidden = !verb;
  button.disabled = false;
  // What was wished is done: to take it back is not what the page asks for.
  button.className = verb === 'stop' ? 'quiet' : '';
  button.textContent = verb ? put(verb) : '';
  button.onclick = () => void act?.();
  line.tabIndex = -1;
  if (hadFocus && !verb) line.focus();
}

function explain(...lines: readonly (keyof DeviceWords)[]): void {
  const list = found<HTMLElement>('ul');
  list.replaceChildren(
    ...lines.map((line) => {
      const item = document.createElement('li');
      item.textContent = put(line);
      return item;
    }),
  );
  list.hidden = false;
}

/** Isolated: a name may be written the other way than the sentence around it. */
function put(word: keyof DeviceWords): string {
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
