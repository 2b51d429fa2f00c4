/** The way to "ask for somebody by name" on the first screen: it comes with the model, for without a line there is nobody to find. */
import type { Expectation } from '@fullname/shared/model';
import type { Talk } from '../talk.ts';
import type { Shared } from './parts.tsx';

export function offerToAsk(begin: () => Promise<Talk>, shared: Shared, expectation?: Expectation | null) {
  // No line just now: the line above the composer says so.
  const ask = () => import('./asking.tsx').then(({ askFor }) => askFor(begin, shared, '')).catch(() => {});
  const offerTime = (box: HTMLElement | null) =>
    void (
      box &&
      import('./call-back.tsx').then(({ offer }) => offer(box, begin, shared, expectation)).catch(() => {})
    );
  // Not before it is known who is there: it would move away from under the finger.
  return (
    expectation && (
      <p class="fact">
        {expectation.full && <span ref={offerTime} />}
        <button type="button" onClick={ask}>
          <u>{shared.strings.ask}</u>
        </button>
      </p>
    )
  );
}
