import { locale } from '../../strings/index.ts';
import { siteWords } from '../../strings/site.ts';
import { useSetup } from './setup.ts';
import { DAYS, isAllDay, isNight, type SaidSpan } from './week.ts';

const FIRST_SPAN: SaidSpan = { from: '09:00', to: '17:00' };
const ALL_DAY: SaidSpan = { from: '00:00', to: '00:00' };

type DayProps = {
  readonly name: string;
  readonly spans: readonly SaidSpan[];
  readonly path: string;
  readonly onChange: (spans: readonly SaidSpan[]) => void;
  /** Whether hours may go on past midnight: after a holiday comes a day of the week, with hours of its own. */
  readonly hasNights?: boolean;
  /** Without it there is nothing to copy to. */
  readonly onCopy?: (days: readonly number[]) => void;
};

/** The hours of one day. */
export function Day({ name, spans, path, hasNights = false, onChange, onCopy }: DayProps) {
  const { marked } = useSetup();
  const t = siteWords().hours;
  const put = (at: number, span: SaidSpan) =>
    onChange(spans.map((one, index) => (index === at ? span : one)));
  return (
    <fieldset class="week-day" {...(marked(path) ? { 'aria-invalid': true } : {})}>
      <legend>{name}</legend>
      <div class="day-spans">
        {spans.length === 0 && <p>{t.closed}</p>}
        {isAllDay(spans) ? (
          <p>{t.allDay}</p>
        ) : (
          spans.map((span, at) => (
            // Spans have no name but their place.
            <div class="span" key={at}>
              <Time label={t.from(name)} value={span.from} onChange={(from) => put(at, { ...span, from })} />
              <span aria-hidden="true">{t.until}</span>
              <Time label={t.to(name)} value={span.to} onChange={(to) => put(at, { ...span, to })} />
              {hasNights && isNight(span) && <small>{t.night}</small>}
              <button
                type="button"
                class="link-button"
                aria-label={t.remove(`${name} ${span.from}–${span.to}`)}
                onClick={() => onChange(spans.filter((_, index) => index !== at))}
              >
                ✕
              </button>
            </div>
          ))
        )}
        {marked(path) && <p class="field-problem">{t.bad}</p>}
      </div>
      <div class="day-acts">
        {!isAllDay(spans) && (
          <button
            type="button"
            class="link-button"
            aria-label={t.add(name)}
            onClick={() => onChange([...spans, FIRST_SPAN])}
          >
            {t.addShort}
          </button>
        )}
        {spans.length > 0 && (
          <button
            type="button"
            class="link-button"
            aria-label={t.closeDay(name)}
            onClick={() => onChange([])}
          >
            {t.close}
          </button>
        )}
        {spans.length === 0 && (
          <button
            type="button"
            class="link-button"
            aria-label={`${name}: ${t.allDay}`}
            onClick={() => onChange([ALL_DAY])}
          >
            {t.allDay}
          </button>
        )}
        {onCopy && <CopyTo name={name} onCopy={onCopy} />}
      </div>
    </fieldset>
  );
}

function CopyTo({
  name,
  onCopy,
}: {
  readonly name: string;
  readonly onCopy: (days: readonly number[]) => void;
}) {
  const t = siteWords().hours;
  const targets: Readonly<Record<string, readonly number[]>> = {
    weekdays: DAYS.slice(0, 5),
    all: DAYS,
    ...Object.fromEntries(DAYS.map((day) => [String(day), [day]])),
  };
  return (
    <select
      class="copy-to"
      aria-label={t.copyOf(name)}
      value=""
      onChange={(event) => {
        const days = targets[event.currentTarget.value];
        event.currentTarget.value = '';
        if (days) onCopy(days);
      }}
    >
      <option value="">{t.copyTo}…</option>
      <option value="weekdays">{t.targets.weekdays}</option>
      <option value="all">{t.targets.all}</option>
      {DAYS.map((day) => (
        <option key={day} value={String(day)}>
          {dayName(day)}
        </option>
      ))}
    </select>
  );
}

type TimeProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
};

function Time({ label, value, onChange }: TimeProps) {
  return (
    <input
      type="time"
      class="time"
      aria-label={label}
      value={value}
      required
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Monday is 0. */
export function dayName(day: number): string {
  const monday = Date.UTC(2024, 0, 1);
  return new Intl.DateTimeFormat(locale(), { weekday: 'long', timeZone: 'UTC' }).format(
    monday + day * 86_400_000,
  );
}
