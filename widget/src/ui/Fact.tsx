/** Lines between the words: who is there now, who was asked to help, where the answer goes. */
import type { PublicEntry } from '@fullname/shared/model';
import { fill } from '../strings.ts';
import { Face, Name, type Spoken } from './parts.tsx';

export function Fact({ entry, shared }: { entry: PublicEntry; shared: Spoken }) {
  const { words, locale } = shared;
  if (entry.kind === 'joined') {
    return <p class="fact hello">{fill(words.speaking, <Name person={entry.person} locale={locale} />)}</p>;
  }
  if (entry.kind === 'handed-over') {
    const { from, to, contact } = entry;
    return (
      <div class="fact">
        <span class="faces">
          <Face person={from} />
          <Face person={to} />
        </span>
        <p>
          {fill(
            words.handedOver,
            <Name person={from} locale={locale} />,
            <Name person={to} locale={locale} />,
            <Name person={contact} locale={locale} />,
          )}
        </p>
      </div>
    );
  }
  // What its visitor has had removed since has left nothing to say.
  if (entry.kind === 'email-given')
    return entry.email && <p class="fact">{fill(words.emailGiven, entry.email)}</p>;
  if (entry.kind === 'introduced') {
    const { name, email, order } = entry;
    const said = [name, email, order].filter(Boolean).join(' · ');
    return (
      said && (
        <p class="fact" dir="auto">
          {fill(words.introduced, said)}
        </p>
      )
    );
  }
  if (entry.kind === 'person-asked')
    return <p class="fact">{fill(words.asked, <Name person={entry.person} locale={locale} />)}</p>;
  return null;
}
