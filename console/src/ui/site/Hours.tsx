import { CALL_BACKS_MOST, type CallBackRules, type OpeningHours } from '@fullname/shared/site-settings';
import { useState } from 'preact/hooks';
import { now } from '../../clock.ts';
import { locale } from '../../strings/index.ts';
import { siteWords } from '../../strings/site.ts';
import { SelectField } from '../book/fields.tsx';
import { Switch } from '../common/Field.tsx';
import { Day, dayName } from './Day.tsx';
import { NumberField } from './fields.tsx';
import { Holidays } from './Holidays.tsx';
import { Part } from './Part.tsx';
import { useSetup } from './setup.ts';
import {
  ALWAYS,
  DAYS,
  isAlways,
  keptWeek,
  type SaidSpan,
  type SaidWeek,
  saidWeek,
  USUAL_WEEK,
} from './week.ts';

/** When somebody is there: by the week, with nights, and other days. */
export function Hours() {
  const { filled } = useSetup();
  return (
    <Part name="hours" lead={siteWords().hours.lead}>
      <HoursFields key={`hours ${filled}`} />
      <CallBacks key={`call-backs ${filled}`} />
    </Part>
  );
}

type Opening = Pick<OpeningHours, 'week' | 'holidays'>;

function HoursFields() {
  const { form, set } = useSetup();
  const t = siteWords().hours;
  const { hours } = form.settings;
  const [isOpenAlways, setIsOpenAlways] = useState(isAlways(hours));
  /** What stands again where somebody thinks better of it. */
  const [before, setBefore] = useState<Opening>({ week: USUAL_WEEK, holidays: [] });
  const change = (part: Partial<OpeningHours>) => set('hours', { ...hours, ...part });
  function openAlways(on: boolean) {
    setIsOpenAlways(on);
    if (on) {
      setBefore({ week: hours.week, holidays: hours.holidays });
      change({ week: ALWAYS, holidays: [] });
    } else change({ ...before, timeZone: hours.timeZone === NOBODYS_ZONE ? ownZone() : hours.timeZone });
  }
  return (
    <>
      <Switch label={t.always} hint={t.alwaysHint} on={isOpenAlways} onChange={openAlways} />
      {!isOpenAlways && (
        <>
          <Zone value={hours.timeZone} onChange={(timeZone) => change({ timeZone })} />
          <WeekFields />
          <Holidays />
        </>
      )}
    </>
  );
}

/** Before anybody has set hours. Those who set them mean their own, more often than not. */
const NOBODYS_ZONE = 'UTC';

function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
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
            hasNights
            onChange={(spans) => change(withDay(day, spans))}
            onCopy={(days) => change(week.map((one, at) => (days.includes(at) ? (week[day] ?? []) : one)))}
          />
        </li>
      ))}
    </ul>
  );
}
