import type { OtherWay } from '@fullname/shared/site-settings';
import { siteWords } from '../../strings/site.ts';
import { SelectField } from '../book/fields.tsx';
import { TextField } from '../common/Field.tsx';
import { Part } from './Part.tsx';
import { useSetup } from './setup.ts';

const KINDS = ['phone', 'email', 'link'] as const;

/** How else one reaches a person. */
export function Ways() {
  const { form, marked, set } = useSetup();
  const t = siteWords().ways;
  const ways = form.settings.otherWays;
  const put = (at: number, part: Partial<OtherWay>) =>
    set(
      'otherWays',
      ways.map((one, index) => (index === at ? { ...one, ...part } : one)),
    );
  return (
    <Part name="ways" lead={t.lead}>
      {ways.length === 0 && <p class="field-hint">{t.none}</p>}
      {ways.map((way, at) => (
        // A way that is being written has no name yet.
        <div class="way" key={at}>
          <SelectField<OtherWay['kind'], OtherWay['kind']>
            label={t.kind}
            value={way.kind}
            options={KINDS.map((value) => ({ value, label: t.kinds[value] }))}
            onChange={(kind) => put(at, { kind })}
          />
          <TextField
            label={t.label}
            value={way.label}
            maxLength={80}
            onChange={(label) => put(at, { label })}
          />
          <TextField
            label={t.value[way.kind]}
            value={way.value}
            maxLength={2_000}
            problem={marked(`otherWays.${at}`) ? t.bad[way.kind] : null}
            onChange={(value) => put(at, { value })}
          />
          <button
            type="button"
            class="link-button"
            onClick={() =>
              set(
                'otherWays',
                ways.filter((_, index) => index !== at),
              )
            }
          >
            {t.remove(way.label || t.thisWay)}
          </button>
        </div>
      ))}
      <button
        type="button"
        class="button"
        onClick={() => set('otherWays', [...ways, { kind: 'phone', label: '', value: '' }])}
      >
        {t.add}
      </button>
    </Part>
  );
}
