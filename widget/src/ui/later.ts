/** The way from the lazy chunk to the next one, which knows promises and extras; it comes only when one is there. */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { Attach } from '../attach/attach.ts';
import { said } from '../said.ts';
import type { ChatState } from '../state.ts';
import type { After } from './after.ts';
import type { CallBackKit } from './call-back.tsx';
import type { Early } from './early.tsx';
import type { Kit } from './recovery.ts';

/** What a chunk makes in a language, made once. Rejects without a line; the next call asks again. */
function keptByLocale<Made>(load: (locale: WidgetLocale) => Promise<Made>) {
  const made = new Map<WidgetLocale, Promise<Made>>();
  return (locale: WidgetLocale): Promise<Made> => {
    const one = made.get(locale) ?? load(locale);
    made.set(locale, one);
    one.catch(() => made.delete(locale));
    return one;
  };
}

const KINDS = /^(promise|extras|ally)-/;

/** Whether the words or the card of anything here come with the next chunk. */
export function needsKit({ entries, conversation }: ChatState): boolean {
  return !!conversation?.promises?.length || entries.some(({ kind }) => KINDS.test(kind));
}

export const loadKit = keptByLocale<Kit>((locale) =>
  import('./recovery.ts').then(({ makeKit }) => makeKit(locale)),
);

/** Whether anybody has said goodbye, or answered one. */
export function needsAfter({ entries }: ChatState): boolean {
  return entries.some(({ kind }) => kind.startsWith('farewell'));
}

export const loadAfter = keptByLocale<After>((locale) =>
  import('./after.ts').then(({ makeAfter }) => makeAfter(locale)),
);

/** Whether a time was chosen, or is offered instead of a long wait. */
export function needsCallBack({ entries, conversation, expectation }: ChatState): boolean {
  const isDoomed = expectation?.full || expectation?.kind === 'nobody';
  return (
    (!!isDoomed && conversation?.status === 'waiting') || entries.some(({ kind }) => kind === 'call-back')
  );
}

export const loadCallBack = keptByLocale<CallBackKit>((locale) =>
  import('./call-back.tsx').then(({ makeCallBack }) => makeCallBack(locale)),
);

/** Whether the owner has said when they are open, where else a person is, or that devices may be told, and nobody is here. */
export function needsEarly({ conversation, expectation }: ChatState): boolean {
  return (
    !!(said.hours || said.otherWays || said.push) &&
    conversation?.status === 'waiting' &&
    expectation?.kind === 'nobody'
  );
}

export const loadEarly = keptByLocale<Early>((locale) =>
  import('./early.tsx').then(({ makeEarly }) => makeEarly(locale)),
);

/** What looks at files, sends them and draws them. */
export const loadAttach = keptByLocale<Attach>((locale) =>
  import('../attach/attach.ts').then(({ makeAttach }) => makeAttach(locale)),
);
