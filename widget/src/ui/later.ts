/** The way from the lazy chunk to the next one, which knows promises and extras; it comes only when one is there. */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { Attach } from '../attach/attach.ts';
import { said } from '../said.ts';
import type { ChatState } from '../state.ts';
import type { After } from './after.ts';
import type { CallBackKit } from './call-back.tsx';
import type { Early } from './early.tsx';
import type { Kit } from './recovery.ts';

const afters = new Map<WidgetLocale, Promise<After>>();
const earlies = new Map<WidgetLocale, Promise<Early>>();
const attaches = new Map<WidgetLocale, Promise<Attach>>();
const callBacks = new Map<WidgetLocale, Promise<CallBackKit>>();
const kits = new Map<WidgetLocale, Promise<Kit>>();
const KINDS = /^(promise|extras|ally)-/;

/** Whether the words or the card of anything here come with the next chunk. */
export function needsKit({ entries, conversation }: ChatState): boolean {
  return !!conversation?.promises?.length || entries.some(({ kind }) => KINDS.test(kind));
}

/** Rejects without a line; the next call asks again. */
export function loadKit(locale: WidgetLocale): Promise<Kit> {
  const kit = kits.get(locale) ?? import('./recovery.ts').then(({ makeKit }) => makeKit(locale));
  kits.set(locale, kit);
  kit.catch(() => kits.delete(locale));
  return kit;
}

/** Whether anybody has said goodbye, or answered one. */
export function needsAfter({ entries }: ChatState): boolean {
  return entries.some(({ kind }) => kind.startsWith('farewell'));
}

/** As `loadKit`. */
export function loadAfter(locale: WidgetLocale): Promise<After> {
  const after = afters.get(locale) ?? import('./after.ts').then(({ makeAfter }) => makeAfter(locale));
  afters.set(locale, after);
  after.catch(() => afters.delete(locale));
  return after;
}

/** Whether a time was chosen, or is offered instead of a long wait. */
export function needsCallBack({ entries, conversation, expectation }: ChatState): boolean {
  const isDoomed = expectation?.full || expectation?.kind === 'nobody';
  return (
    (!!isDoomed && conversation?.status === 'waiting') || entries.some(({ kind }) => kind === 'call-back')
  );
}

/** As `loadKit`. */
export function loadCallBack(locale: WidgetLocale): Promise<CallBackKit> {
  const kit =
    callBacks.get(locale) ?? import('./call-back.tsx').then(({ makeCallBack }) => makeCallBack(locale));
  callBacks.set(locale, kit);
  kit.catch(() => callBacks.delete(locale));
  return kit;
}

/** Whether the owner has said when they are open, or where else a person is, and nobody is here. */
export function needsEarly({ conversation, expectation }: ChatState): boolean {
  return (
    !!(said.hours || said.otherWays) && conversation?.status === 'waiting' && expectation?.kind === 'nobody'
  );
}

/** As `loadKit`. */
export function loadEarly(locale: WidgetLocale): Promise<Early> {
  const early = earlies.get(locale) ?? import('./early.tsx').then(({ makeEarly }) => makeEarly(locale));
  earlies.set(locale, early);
  early.catch(() => earlies.delete(locale));
  return early;
}

/** As `loadKit`: what looks at files, sends them and draws them. */
export function loadAttach(locale: WidgetLocale): Promise<Attach> {
  const attach =
    attaches.get(locale) ?? import('../attach/attach.ts').then(({ makeAttach }) => makeAttach(locale));
  attaches.set(locale, attach);
  attach.catch(() => attaches.delete(locale));
  return attach;
}
