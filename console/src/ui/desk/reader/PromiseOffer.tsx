import type { PromiseFinding } from '@fullname/shared/reader/reading';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { localOf, whenOf } from '../../../format.ts';
import { optionKey } from '../../../keys.ts';
import { dueFor } from '../../../reader/due-for.ts';
import type { Shoulder } from '../../../reader/shoulder.ts';
import { words } from '../../../strings/index.ts';

type PromiseOfferProps = {
  readonly promise: PromiseFinding;
  readonly shoulder: Shoulder;
  readonly field: RefObject<HTMLTextAreaElement | null>;
};

/** A promise in the draft becomes a record with a time, if its person says so, and when the words are sent. */
export function PromiseOffer({ promise, shoulder, field }: PromiseOfferProps) {
  const t = words().reader.promise;
  const kept = shoulder.memory.promises.value.get(promise.text);
  const due = shoulder.dues.value.get(promise.text) ?? kept?.due;
  useEffect(() => {
    if (due) return;
    void dueFor(promise, shoulder.thread.detail.peek().locale).then((found) => {
      if (!shoulder.dues.peek().has(promise.text)) shoulder.setDue(promise.text, found);
    });
  }, [promise.text]);
  if (!due) return null;
  // The button that was pressed goes away: who works by keyboard is back where they wrote.
  const back = () => field.current?.focus();

  function change(local: string) {
    const time = Date.parse(local);
    if (!Number.isNaN(time)) shoulder.setDue(promise.text, new Date(time).toISOString());
  }

  return (
    <div class="promise-offer">
      {kept ? (
        <>
          <p>{t.kept(whenOf(kept.due))}</p>
          <button
            type="button"
            class="link-button"
            onClick={() => {
              shoulder.letPromise(promise.text);
              back();
            }}
          >
            {t.drop}
          </button>
        </>
      ) : (
        <button
          type="button"
          class="offer"
          aria-keyshortcuts="Alt+Enter"
          onClick={() => {
            shoulder.keepPromise(promise.text);
            back();
          }}
        >
          {t.keep(whenOf(due))}
          <span class="kbd" aria-hidden="true">
            {optionKey} ↵
          </span>
        </button>
      )}
      <label class="promise-due">
        {t.due}
        <input
          type="datetime-local"
          value={localOf(new Date(due))}
          onChange={(event) => change(event.currentTarget.value)}
        />
      </label>
    </div>
  );
}
