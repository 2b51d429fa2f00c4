import type { Member } from '@fullname/shared/api';
import type { WidgetLocale } from '@fullname/shared/locale';
import type { HelloRule } from '@fullname/shared/site-settings';
import { api } from '../../api.ts';
import { countOf } from '../../format.ts';
import { newId } from '../../ids.ts';
import { siteWords } from '../../strings/site.ts';
import { say } from '../../toast.ts';
import { SelectField } from '../book/fields.tsx';
import { Face } from '../common/Face.tsx';
import { TextField } from '../common/Field.tsx';
import { useLoaded } from '../common/load.ts';
import { LinesField, NumberField } from './fields.tsx';
import { languageOptions } from './Languages.tsx';
import { Part } from './Part.tsx';
import { useSetup } from './setup.ts';

const MOST_SECONDS = 3_600;
const USUAL_SECONDS = 20;

/** Who says hello first, where and to whom; the first that fits is said. */
export function Hellos() {
  const { form, filled, set } = useSetup();
  const t = siteWords().hellos;
  const { hellos } = form.settings;
  const people = useLoaded<Member[]>(api.people);
  const change = (next: readonly HelloRule[]) => set('hellos', next);
  const move = (from: number, to: number) => {
    const next = [...hellos];
    next.splice(to, 0, ...next.splice(from, 1));
    change(next);
  };
  const fresh = (): HelloRule => ({
    id: newId(),
    pages: [],
    afterSeconds: USUAL_SECONDS,
    returning: null,
    person: null,
    locale: null,
    text: '',
  });
  return (
    <Part name="hellos" lead={t.lead}>
      {hellos.length === 0 && <p class="field-hint">{t.none}</p>}
      {hellos.map((rule, at) => (
        <Hello
          key={`${filled} ${rule.id}`}
          rule={rule}
          at={at}
          isLast={at === hellos.length - 1}
          people={people.value ?? []}
          onChange={(part) => change(hellos.map((one, index) => (index === at ? { ...one, ...part } : one)))}
          onMove={(to) => move(at, to)}
          onRemove={() => {
            change(hellos.filter((one) => one.id !== rule.id));
            say(t.removed, () => change(hellos));
          }}
        />
      ))}
      <button type="button" class="button" onClick={() => change([...hellos, fresh()])}>
        {t.add}
      </button>
    </Part>
  );
}

type HelloProps = {
  readonly rule: HelloRule;
  readonly at: number;
  readonly isLast: boolean;
  readonly people: readonly Member[];
  readonly onChange: (part: Partial<HelloRule>) => void;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
};

function Hello({ rule, at, isLast, people, onChange, onMove, onRemove }: HelloProps) {
  const { marked } = useSetup();
  const t = siteWords().hellos;
  const place = countOf(at + 1);
  const signs = people.find(({ id }) => id === rule.person);
  const speakers = people.filter(({ active, joined, role }) => active && joined && role !== 'back-office');
  const whom = rule.returning === null ? 'all' : rule.returning ? 'back' : 'new';
  return (
    <fieldset class="hello">
      <legend>{t.title(place)}</legend>
      <div class="hello-acts">
        {at > 0 && (
          <button
            type="button"
            class="link-button"
            aria-label={t.moveUp(place)}
            onClick={() => onMove(at - 1)}
          >
            {t.up}
          </button>
        )}
        {!isLast && (
          <button
            type="button"
            class="link-button"
            aria-label={t.moveDown(place)}
            onClick={() => onMove(at + 1)}
          >
            {t.down}
          </button>
        )}
        <button type="button" class="link-button" aria-label={t.removeOf(place)} onClick={onRemove}>
          {t.remove}
        </button>
      </div>
      <TextField
        label={t.text}
        rows={2}
        value={rule.text}
        maxLength={500}
        problem={marked(`hellos.${at}`) && rule.text.trim() === '' ? t.bad : null}
        onChange={(text) => onChange({ text })}
      />
      <div class="settings-grid">
        <SelectField<string, string | null>
          label={t.person}
          hint={t.personHint}
          value={rule.person}
          none={t.anybody}
          options={speakers.map(({ id, fullName }) => ({ value: id, label: fullName }))}
          onChange={(person) => onChange({ person })}
        />
        <SelectField<WidgetLocale, WidgetLocale | null>
          label={t.language}
          value={rule.locale}
          none={t.anyLanguage}
          options={languageOptions()}
          onChange={(locale) => onChange({ locale })}
        />
        <SelectField<'all' | 'new' | 'back', 'all' | 'new' | 'back'>
          label={t.whom}
          hint={t.whomHint}
          value={whom}
          options={(['all', 'new', 'back'] as const).map((value) => ({ value, label: t.whoms[value] }))}
          onChange={(next) => onChange({ returning: next === 'all' ? null : next === 'back' })}
        />
        <NumberField
          label={t.after}
          value={rule.afterSeconds}
          from={0}
          to={MOST_SECONDS}
          onChange={(afterSeconds) => onChange({ afterSeconds })}
        />
      </div>
      <LinesField
        label={t.pages}
        hint={siteWords().pages.onlyHint}
        values={rule.pages}
        rows={2}
        problem={marked(`hellos.${at}.pages`) ? siteWords().pages.bad : null}
        onChange={(pages) => onChange({ pages })}
      />
      {rule.text.trim() !== '' && (
        <figure class="hello-preview">
          <figcaption>{t.preview}</figcaption>
          <div>
            <Face name={signs?.fullName ?? '…'} size="small" />
            <p dir="auto">
              <b>{signs?.fullName ?? t.anybody}</b>
              {rule.text}
            </p>
          </div>
        </figure>
      )}
    </fieldset>
  );
}
