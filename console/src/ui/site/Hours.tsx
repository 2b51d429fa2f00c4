import {
  CALL_BACKS_MOST,
  type CallBackRules,
  type OpeningHours,
  type Span,
} from '@fullname/shared/site-settings';
import { useState } from 'preact/hooks';
import { now } from '../../clock.ts';
import { locale } from '../../strings/index.ts';
import { siteWords } from '../../strings/site.ts';
import { SelectField } from '../book/fields.tsx';
import { Switch, TextField } from '../common/Field.tsx';
import { NumberField } from './fields.tsx';
import {
  ALWAYS,
  DAYS,
  isAllDay,
  isAlways,
  isNight,
  keptWeek,
  type SaidSpan,
  type SaidWeek,
  saidWeek,
  USUAL_WEEK,
} from './hours.ts';
import { Part } from './Part.tsx';
import { useSetup } from './setup.ts';

const FIRST_SPAN: SaidSpan = { from: '09:00', to: '17:00' };
const ALL_DAY: SaidSpan = { from: '00:00', to: '00:00' };

/** When somebody is there: by the week, with nights, and other days. */
export function Hours() {
  const { form, filled, set } = useSetup();
  const t = siteWords().hours;
  const { hours } = form.settings;
  const [isOpenAlways, setIsOpenAlways] = useState(isAlways(hours));
  const change = (part: Partial<OpeningHours>) => set('hours', { ...hours, ...part });
  return (
    <Part name="hours" lead={t.lead}>
      <Switch
        label={t.always}
        hint={t.alwaysHint}
        on={isOpenAlways}
        onChange={(on) => {
          setIsOpenAlways(on);
          change(on ? { week: ALWAYS, holidays: [] } : { week: USUAL_WEEK });
        }}
      />
      {!isOpenAlways && (
        <>
          <Zone value={hours.timeZone} onChange={(timeZone) => change({ timeZone })} />
          <WeekFields key={`week ${filled}`} />
          <Holidays />
        </>
      )}
      <CallBacks key={`call-backs ${filled}`} />
    </Part>
  );
}

/** A time at which visitors are called back, for those who would wait in vain. */
function CallBacks() {
  const { form, set } = useSetup();
  const t = siteWords().hours;
  const { callBack } = form.settings;
  const change = (part: Partial<CallBackRules>) => set('callBack', { ...callBack, ...part });
  return (
    <>
      <Switch label={t.callBack} hint={t.callBackHint} on={callBack.on} onChange={(on) => change({ on })} />
      {callBack.on && (
        <>
          <div class="settings-grid">
            <NumberField
              label={t.atOnce}
              value={callBack.atOnce}
              from={1}
              to={CALL_BACKS_MOST}
              onChange={(atOnce) => change({ atOnce })}
            />
          </div>
          <Switch
            label={t.telephone}
            hint={t.telephoneHint}
            on={callBack.telephone}
            onChange={(telephone) => change({ telephone })}
          />
        </>
      )}
    </>
  );
}

function Zone({ value, onChange }: { readonly value: string; readonly onChange: (zone: string) => void }) {
  const t = siteWords().hours;
  const zones = [...new Set(['UTC', value, ...Intl.supportedValuesOf('timeZone')])].sort();
  const time = new Intl.DateTimeFormat(locale(), {
    hour: 'numeric',
    minute: '2-digit',
    weekday: 'long',
    timeZone: value,
  });
  return (
    <SelectField<string, string>
      label={t.zone}
      hint={t.now(time.format(now.value))}
      value={value}
      options={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      onChange={onChange}
    />
  );
}

function WeekFields() {
  const { form, set } = useSetup();
  const { hours } = form.settings;
  const [week, setWeek] = useState<SaidWeek>(() => saidWeek(hours.week));
  function change(next: SaidWeek) {
    setWeek(next);
    set('hours', { ...hours, week: keptWeek(next) });
  }
  const withDay = (day: number, spans: readonly SaidSpan[]) =>
    week.map((one, at) => (at === day ? spans : one));
  return (
    <ul class="week">
      {DAYS.map((day) => (
        <li key={day}>
          <Day
            name={dayName(day)}
            spans={week[day] ?? []}
            path={`hours.week.${day}`}
            onChange={(spans) => change(withDay(day, spans))}
            onCopy={(days) => change(week.map((one, at) => (days.includes(at) ? (week[day] ?? []) : one)))}
          />
        </li>
      ))}
    </ul>
  );
}

type DayProps = {
  readonly name: string;
  readonly spans: readonly SaidSpan[];
  readonly path: string;
  readonly onChange: (spans: readonly SaidSpan[]) => void;
  /** Without it there is nothing to copy to. */
  readonly onCopy?: (days: readonly number[]) => void;
};

function Day({ name, spans, path, onChange, onCopy }: DayProps) {
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
              {isNight(span) && <small>{t.night}</small>}
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

function Holidays() {
  const { form, marked, set } = useSetup();
  const t = siteWords().hours;
  const { hours } = form.settings;
  type Holiday = OpeningHours['holidays'][number];
  const change = (holidays: readonly Holiday[]) => set('hours', { ...hours, holidays });
  const put = (at: number, day: Holiday) =>
    change(hours.holidays.map((one, index) => (index === at ? day : one)));
  return (
    <section class="stack" aria-labelledby="holidays">
      <header>
        <h3 id="holidays">{t.holidays}</h3>
        <p class="field-hint">{hours.holidays.length === 0 ? t.noHolidays : t.holidaysHint}</p>
      </header>
      <ul class="week">
        {hours.holidays.map((day, at) => (
          // A day that is being chosen has no name yet.
          <li key={at} class="holiday">
            <TextField
              label={t.date}
              type="date"
              value={day.date}
              problem={marked(`hours.holidays.${at}`) && day.date === '' ? t.badDate : null}
              onChange={(date) => put(at, { ...day, date })}
            />
            <Day
              name={day.date || t.addHoliday}
              spans={(day.hours ?? []).map(([from, to]) => ({ from, to: to === '24:00' ? '00:00' : to }))}
              path={`hours.holidays.${at}.hours`}
              onChange={(spans) =>
                put(at, spans.length === 0 ? { date: day.date } : { ...day, hours: spans.map(spanOf) })
              }
            />
            <button
              type="button"
              class="link-button"
              onClick={() => change(hours.holidays.filter((_, index) => index !== at))}
            >
              {t.removeHoliday(day.date)}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="button start" onClick={() => change([...hours.holidays, { date: '' }])}>
        {t.addHoliday}
      </button>
    </section>
  );
}

function spanOf({ from, to }: SaidSpan): Span {
  return [from, to === '00:00' ? '24:00' : to];
}

/** Monday is 0. */
function dayName(day: number): string {
  const monday = Date.UTC(2024, 0, 1);
  return new Intl.DateTimeFormat(locale(), { weekday: 'long', timeZone: 'UTC' }).format(
    monday + day * 86_400_000,
  );
}
