import type { Labels, PageData, PageEvent } from '@fullname/shared/page-data';
import { dateOf, momentOf, timeOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { Fact } from './Fact.tsx';

const SHOWN = 5;

/** What the page says of its visitor, and what they did there, the latest first. Labels: nobody has proven them. */
export function ToldByPage({ told }: { readonly told: PageData | undefined }) {
  const t = words().customer;
  const labels = Object.entries(told?.labels ?? {}).sort(([one], [other]) => one.localeCompare(other));
  const events = [...(told?.events ?? [])].sort((one, other) => other.at.localeCompare(one.at));
  if (labels.length + events.length === 0) return null;
  return (
    <section>
      <h3>{t.told}</h3>
      {labels.length > 0 && (
        <dl class="facts">
          {labels.map(([name, value]) => (
            <Fact key={name} name={name} value={textOf(value)} />
          ))}
        </dl>
      )}
      {events.length > 0 && <Events events={events.slice(0, SHOWN)} />}
      {events.length > SHOWN && (
        <details>
          <summary>{t.toldEarlier(events.length - SHOWN)}</summary>
          <Events events={events.slice(SHOWN)} />
        </details>
      )}
      <p class="field-hint">{t.toldNote}</p>
    </section>
  );
}

function Events({ events }: { readonly events: readonly PageEvent[] }) {
  return (
    <ul class="records">
      {events.map(({ id, name, meta, at }) => (
        <li key={id}>
          <p dir="auto">{name}</p>
          <p class="source">
            {Object.keys(meta).length > 0 && <bdi>{metaOf(meta)} · </bdi>}
            <time dateTime={at} title={momentOf(at)}>
              {dateOf(at)} {timeOf(at)}
            </time>
          </p>
        </li>
      ))}
    </ul>
  );
}

function metaOf(meta: Labels): string {
  const t = words().common;
  return Object.entries(meta)
    .map(([name, value]) => t.label(name) + textOf(value))
    .join(' · ');
}

function textOf(value: Labels[string]): string {
  if (typeof value !== 'boolean') return String(value);
  return value ? words().customer.toldYes : words().customer.toldNo;
}
