import { REFUSAL_REASONS } from '@fullname/shared/reader/reading';
import { useId } from 'preact/hooks';
import type { Shoulder } from '../../../reader/shoulder.ts';
import { words } from '../../../strings/index.ts';

/** The five reasons for a plain no; chosen again, a reason is taken back. */
export function RefusalReasons({ shoulder }: { readonly shoulder: Shoulder }) {
  const t = words().reader;
  const name = useId();
  const chosen = shoulder.memory.reason.value;
  return (
    <fieldset class="plain-no">
      <legend>{t.reasonsTitle}</legend>
      {REFUSAL_REASONS.map((reason) => (
        <label key={reason} class="plain-no-reason" data-on={reason === chosen}>
          <input
            type="radio"
            class="visually-hidden"
            name={name}
            checked={reason === chosen}
            onClick={() => shoulder.chooseReason(reason === chosen ? null : reason)}
          />
          {t.reasons[reason]}
        </label>
      ))}
    </fieldset>
  );
}
