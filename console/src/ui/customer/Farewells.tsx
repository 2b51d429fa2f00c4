import type { FarewellAnswer } from '@fullname/shared/model';
import { dateOf } from '../../format.ts';
import { words } from '../../strings/index.ts';

/** What this customer answered after somebody said goodbye, in their own words. Nothing where they did not. */
export function Farewells({ answers }: { readonly answers: readonly FarewellAnswer[] }) {
  const t = words();
  if (answers.length === 0) return null;
  return (
    <section>
      <h3>{t.customer.farewells}</h3>
      <ul class="records">
        {answers.map(({ conversation, question, text, at, person }) => (
          <li key={`${conversation} ${question} ${at}`}>
            <p dir="auto">{t.recovery.entries.farewellAnswered[question](text)}</p>
            <p class="source">
              {person.fullName} · <time dateTime={at}>{dateOf(at)}</time>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
