/** An answer to one of the questions after a goodbye, in the list: the question, and the visitor's own words. */
import type { PublicEntry } from '@fullname/shared/model';
import type { After } from './after.ts';
import { langOf, type Spoken } from './parts.tsx';

export type AnsweredProps = {
  readonly entry: Extract<PublicEntry, { kind: 'farewell-answered' }>;
  readonly shared: Spoken;
  readonly after: After;
};

export function Answered({ entry, shared, after }: AnsweredProps) {
  return (
    <div class="fact answered">
      <p>{after.more[entry.question]}</p>
      <p class="bubble" dir="auto" lang={langOf(entry.text, shared.locale)}>
        {entry.text}
      </p>
    </div>
  );
}
