/** A time at which the visitor is called back: the way to choose one, what was chosen, and its lines. One chunk, in one language. */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { Expectation } from '@fullname/shared/model';
import { render } from 'preact';
import { loadMore, type More } from '../more-words.ts';
import { pageSettings } from '../settings.ts';
import { dressAsking, takePlace } from './asking-sheet.ts';
import { CallBack, type CallBackProps, type Calling } from './CallBack.tsx';
import { CallBackCard, CallBackLine } from './CallBackCard.tsx';
import { lineOf, type Span, spansIn } from './call-back-line.tsx';
import type { Shared } from './parts.tsx';

export type CallBackKit = {
  readonly locale: WidgetLocale;
  readonly more: More;
  readonly span: Span;
  /** Opens the dialog over the chat, once. */
  choose(begin: () => Promise<Calling>, shared: Shared, wish: Pick<CallBackProps, 'moves' | 'reached'>): void;
} & typeof parts;

const parts = { Card: CallBackCard, Line: CallBackLine, lineOf };

export async function makeCallBack(locale: WidgetLocale): Promise<CallBackKit> {
  const more = await loadMore(locale);
  dressAsking();
  const span = spansIn(locale);
  return {
    ...{ ...parts, locale, more, span },
    choose(begin, shared, wish) {
      const place = takePlace(locale);
      if (!place) return;
      const close = (write: boolean): void => {
        render(null, place.box);
        place.close(write);
      };
      const all = { begin, shared, more, span, ...wish };
      render(<CallBack {...all} onClose={close} />, place.box);
    },
  };
}

/** Before the first word, where everybody has their hands full: says so, and offers a time. Where no minutes are known, it is all that is said of the wait. */
export async function offer(
  box: HTMLElement,
  begin: () => Promise<Calling>,
  shared: Shared,
  expectation: Expectation | null | undefined,
): Promise<void> {
  if (!pageSettings().callBack.on) return;
  const kit = await makeCallBack(shared.locale);
  const { more } = kit;
  box.className = expectation?.kind === 'here' && expectation.minutes ? '' : 'alone';
  render(
    [
      more.callBackFull,
      ' ',
      <button
        key="choose"
        type="button"
        onClick={() => kit.choose(begin, shared, { moves: null, reached: false })}
      >
        <u>{more.callBack}</u>
      </button>,
    ],
    box,
  );
}
