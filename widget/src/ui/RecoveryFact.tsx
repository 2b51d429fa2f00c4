/** A promise on its way, or a new ally: one line between the words. */
import type { PublicEntry } from '@fullname/shared/model';
import { langOf, Name, type Spoken } from './parts.tsx';
import type { Kit } from './recovery.ts';
import { lineOf } from './recovery-line.ts';

export function RecoveryFact({ entry, shared, kit }: { entry: PublicEntry; shared: Spoken; kit: Kit }) {
  const { locale } = shared;
  const line = lineOf(entry, kit.said, {
    name: (person) => <Name person={person} locale={locale} />,
    words: (text) => <bdi lang={langOf(text, locale)}>{text}</bdi>,
    time: (iso) => <time dateTime={iso}>{kit.when.due(iso)}</time>,
  });
  return line && <p class="fact">{line}</p>;
}
