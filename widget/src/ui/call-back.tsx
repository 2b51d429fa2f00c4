/** A time at which the visitor is called back: the way to choose one, what was chosen, and its lines. One chunk, in one language. */
import type { WidgetLocale } from '@fullname/shared/locale';
import { render } from 'preact';
import { loadMore, type More } from '../more-words.ts';
import { pageSettings } from '../settings.ts';
import { dressAsking, takePlace } from './asking-sheet.ts';
import { CallBack, type Calling } from './CallBack.tsx';
import { CallBackCard, CallBackLine } from './CallBackCard.tsx';
import { lineOf, type Span, spansIn } from './call-back-line.tsx';
import type { Shared } from './parts.tsx';

export type CallBackKit = {
  readonly locale: WidgetLocale;
  readonly more: More;
  readonly span: Span;
  /** Opens the dialog over the chat, once; `moves` is the call-back that gets another time. */
  choose(begin: () => Promise<Calling>, shared: Shared, moves: string | null): void;
} & typeof parts;

const parts = { Card: CallBackCard, Line: CallBackLine, lineOf };

export async function makeCallBack(locale: WidgetLocale): Promise<CallBackKit> {
  const more = await loadMore(locale);
  dressAsking();
  const span = spansIn(locale);
  return {
    ...{ ...parts, locale, more, span },
    choose(begin, shared, moves) {
      const place = takePlace(locale);
      if (!place) return;
      const close = (write: boolean): void => {
        render(null, place.box);
        place.close(write);
      };
      const all = { begin, shared, more, span, moves };
      render(<CallBack {...all} onClose={close} />, place.box);
    },
  };
}

/** Before the first word, where everybody has their hands full: says so, and offers a time. */
export async function offer(box: HTMLElement, begin: () => Promise<Calling>, shared: Shared): Promise<void> {
  if (!pageSettings().callBack.on) return;
  const kit = await makeCallBack(shared.locale);
  const { more } = kit;
  render(
    [
      <br key="break" />,
      more.callBackFull,
      ' ',
      <button key="choose" type="button" onClick={() => kit.choose(begin, shared, null)}>
        <u>{more.callBack}</u>
      </button>,
    ],
    box,
  );
}
