import { AA_TEXT, readableAccent, type Scheme } from '@fullname/shared/colour';
import type { Appearance as Look } from '@fullname/shared/site-settings';
import { words } from '../../strings/index.ts';
import { siteWords } from '../../strings/site.ts';
import { Choice, Field, TextField } from '../common/Field.tsx';
import { NumberField } from './fields.tsx';
import { Part } from './Part.tsx';
import { Preview } from './Preview.tsx';
import { useSetup } from './setup.ts';

const OFFSET_MOST = 400;

/** How the button and the chat look; beside it what visitors will see. */
export function Appearance() {
  const { form, filled, marked, set } = useSetup();
  const t = siteWords().appearance;
  const look = form.settings.appearance;
  const change = (part: Partial<Look>) => set('appearance', { ...look, ...part });
  const textProblem = (name: 'launcherText' | 'welcome') =>
    marked(`appearance.${name}`) ? siteWords().badText : null;
  return (
    <Part name="appearance" lead={t.lead}>
      <div class="look">
        <div class="stack" key={filled}>
          <AccentField value={look.accent} onChange={(accent) => change({ accent })} />
          <Choice
            label={t.theme}
            name="theme"
            value={look.theme}
            options={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: t.themes[value] }))}
            onChange={(theme) => change({ theme })}
          />
          <Choice
            label={t.position}
            name="position"
            value={look.position}
            options={(['right', 'left'] as const).map((value) => ({ value, label: t.positions[value] }))}
            onChange={(position) => change({ position })}
          />
          <div class="field-pair">
            <NumberField
              label={t.offsetX}
              value={look.offsetX}
              from={0}
              to={OFFSET_MOST}
              onChange={(offsetX) => change({ offsetX })}
            />
            <NumberField
              label={t.offsetY}
              value={look.offsetY}
              from={0}
              to={OFFSET_MOST}
              onChange={(offsetY) => change({ offsetY })}
            />
          </div>
          <TextField
            label={t.launcherText}
            hint={t.launcherHint}
            value={look.launcherText}
            maxLength={80}
            problem={textProblem('launcherText')}
            onChange={(launcherText) => change({ launcherText })}
          />
          <TextField
            label={t.welcome}
            hint={t.welcomeHint}
            rows={3}
            value={look.welcome}
            maxLength={500}
            problem={textProblem('welcome')}
            onChange={(welcome) => change({ welcome })}
          />
        </div>
        <Preview />
      </div>
    </Part>
  );
}

type AccentProps = { readonly value: string; readonly onChange: (value: string) => void };

/** By the browser's own picker or written; what it becomes in each scheme, and why. */
function AccentField({ value, onChange }: AccentProps) {
  const t = siteWords().appearance;
  const isColour = /^#[0-9a-f]{6}$/.test(value);
  return (
    <div class="accent">
      <Field label={t.accent} hint={t.accentHint} problem={isColour ? null : t.badAccent}>
        {(ids) => (
          <div class="accent-fields">
            <input
              type="color"
              aria-label={t.pick}
              value={isColour ? value : '#000000'}
              onInput={(event) => onChange(event.currentTarget.value)}
            />
            <input
              {...ids}
              class="code"
              value={value}
              maxLength={7}
              spellcheck={false}
              aria-invalid={!isColour}
              onInput={(event) => onChange(event.currentTarget.value.trim().toLowerCase())}
            />
          </div>
        )}
      </Field>
      {isColour && (
        <ul class="accent-why" aria-live="polite">
          <Becomes accent={value} scheme="light" />
          <Becomes accent={value} scheme="dark" />
        </ul>
      )}
    </div>
  );
}

function Becomes({ accent, scheme }: { readonly accent: string; readonly scheme: Scheme }) {
  const t = siteWords().appearance;
  const drawn = readableAccent(accent, scheme);
  const ratio = drawn.given.toFixed(1);
  return (
    <li>
      <svg class="swatch-drawn" viewBox="0 0 16 16" aria-hidden="true">
        <rect width="16" height="16" rx="4" fill={drawn.accent} />
      </svg>
      <span>
        {words().common.label(t.scheme[scheme])}
        {drawn.accent === accent ? t.asIs(ratio) : `${t.moved(ratio, String(AA_TEXT))} ${drawn.accent}`}
      </span>
    </li>
  );
}
