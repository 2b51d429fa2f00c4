import type { Asking, PreChat, SiteSettings } from '@fullname/shared/site-settings';
import { siteWords } from '../../strings/site.ts';
import { SelectField } from '../book/fields.tsx';
import { Choice, Switch } from '../common/Field.tsx';
import { NumberField } from './fields.tsx';
import { Part } from './Part.tsx';
import { useSetup } from './setup.ts';

const MB = 1024 * 1024;
const MOST_MB = 25;

/** What is asked, taken and heard; and what is loaded before somebody agrees. */
export function Before() {
  const { form, stored, filled, set } = useSetup();
  const t = siteWords().before;
  const { preChat, attachments, sounds, push, consent } = form.settings;
  const asking = (['off', 'optional', 'required'] as const).map((value) => ({
    value,
    label: t.asking[value],
  }));
  return (
    <Part name="before" lead={t.lead}>
      <div class="settings-grid">
        {(['name', 'email', 'order'] as const satisfies readonly (keyof PreChat)[]).map((field) => (
          <SelectField<Asking, Asking>
            key={field}
            label={t[field]}
            value={preChat[field]}
            options={asking}
            onChange={(value) => set('preChat', { ...preChat, [field]: value })}
          />
        ))}
      </div>
      <Switch
        label={t.files}
        hint={t.filesHint}
        on={attachments.on}
        onChange={(on) => set('attachments', { ...attachments, on })}
      />
      {attachments.on && (
        <div class="settings-grid" key={filled}>
          <NumberField
            label={t.mostBytes}
            value={attachments.maxBytes / MB}
            from={1}
            to={MOST_MB}
            onChange={(size) => set('attachments', { ...attachments, maxBytes: size * MB })}
          />
        </div>
      )}
      <Switch label={t.sounds} hint={t.soundsHint} on={sounds.on} onChange={(on) => set('sounds', { on })} />
      <div class="switch-row">
        <div>
          <span class="switch-label">{t.mail}</span>
          <p class="field-hint">{stored.mail === null ? t.mailOff : t.mailOn(stored.mail)}</p>
        </div>
      </div>
      <Switch label={t.push} hint={t.pushHint} on={push.on} onChange={(on) => set('push', { on })} />
      <Choice<SiteSettings['consent']>
        label={t.consent}
        name="consent"
        value={consent}
        options={(['none', 'required'] as const).map((value) => ({
          value,
          label: t.consents[value],
          hint: t.consentHints[value],
        }))}
        onChange={(value) => set('consent', value)}
      />
    </Part>
  );
}
