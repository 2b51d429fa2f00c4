/** While nobody is here: when somebody is. And where else a person can be reached, which the owner of the site has set. */
import type { OtherWay } from '@fullname/shared/site-settings';
import { isWholeDay, type OpenDay, offsetsIn, openDays, openingsFrom } from '../opening.ts';
import { said } from '../said.ts';
import type { ChatState } from '../state.ts';
import { say } from '../strings.ts';
import type { Early } from './early.tsx';
import type { Shared } from './parts.tsx';
import type { Teller } from './tell.ts';

type Given = { readonly shared: Shared; readonly early: Early };

/** By the opening hours, where nobody has said when they are back themself. */
export function Back({ chat, early }: Given & { readonly chat: ChatState }) {
  const { expectation } = chat;
  if (!said.hours || expectation?.kind !== 'nobody' || expectation.backAt) return null;
  const now = Date.now();
  const [next] = openingsFrom(said.hours, now);
  if (!next || next[0] <= now) return null;
  const { today, text } = early.clock.back(new Date(next[0]).toISOString());
  return <p class="fact">{say(early.more[today ? 'weAreBackAt' : 'weAreBackOn'], text)}</p>;
}

type ElsewhereProps = Given & { readonly chat: ChatState; readonly talk?: Teller | null };

export function Elsewhere({ chat, shared, early, talk = null }: ElsewhereProps) {
  const ways = (isAnswered(chat) ? [] : (said.otherWays ?? [])).flatMap((way) => {
    const href = hrefOf(way);
    return href ? [{ ...way, href }] : [];
  });
  // What cannot be loaded is left out.
  const tellIn = async (place: HTMLElement | null) =>
    (await import('./tell.ts').catch(() => null))?.tell(place, { talk, shared });
  return [
    said.push && talk && <p key="tell" ref={(place) => void tellIn(place)} />,
    said.hours && <Hours key="hours" shared={shared} early={early} />,
    ways.length > 0 && <small key="title">{early.more.waysTitle}</small>,
    ways.length > 0 && (
      <ul key="ways" class="ways" aria-label={early.more.waysTitle}>
        {ways.map(({ kind, label, value, href }) => (
          <li key={href + label}>
            {/* A page of its own for a page; what calls or writes leaves the one around the chat where it is. */}
            <a href={href} target={kind === 'link' ? '_blank' : '_top'} rel="noopener noreferrer">
              <bdi>{label}</bdi>
            </a>
            {kind !== 'link' && label !== value && <bdi dir="ltr">{value}</bdi>}
          </li>
        ))}
      </ul>
    ),
  ];
}

/** Somebody is here, or it is not known yet: then other ways would only lead away. */
function isAnswered({ expectation, line, problem }: ChatState): boolean {
  return !problem && (expectation ? expectation.kind === 'here' : line !== 'lost');
}

/** The next seven days, in the reader's own zone. */
function Hours({ early }: Given) {
  const { hours } = said;
  if (!hours) return null;
  const { more, locale } = early;
  const now = Date.now();
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' });
  const here = offsetsIn(undefined)(now);
  return (
    <details class="hours">
      <summary>{more.hoursTitle}</summary>
      <dl>
        {openDays(hours, now).map((day) => (
          <div key={day.at}>
            <dt>{weekday.format(day.at)}</dt>
            <dd>{spansOf(day, early)}</dd>
          </div>
        ))}
      </dl>
      {here !== offsetsIn(hours.timeZone)(now) && <p>{say(more.hoursZone, zoneName(locale, now))}</p>}
    </details>
  );
}

function spansOf(day: OpenDay, { more, clock }: Early): string {
  if (day.spans.length === 0) return more.hoursClosed;
  if (isWholeDay(day)) return more.hoursAllDay;
  const time = (at: number): string => clock.time(new Date(at).toISOString());
  return day.spans.map(([from, until]) => `${time(from)}–${time(until)}`).join(' · ');
}

function zoneName(locale: string, now: number): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: 'longGeneric' }).formatToParts(now);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** Null where it would not lead to a person: nothing else than these three is ever followed. */
function hrefOf({ kind, value }: OtherWay): string | null {
  // The zero that is dialled only within the country is written in brackets.
  if (kind === 'phone') return `tel:${value.replace(/\(0\)|[^+\d]/g, '')}`;
  if (kind === 'email') return `mailto:${encodeURIComponent(value).replace('%40', '@')}`;
  return /^https:\/\//i.test(value) ? value : null;
}
