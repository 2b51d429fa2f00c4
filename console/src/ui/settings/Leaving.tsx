import type { Member } from '@fullname/shared/api';
import type { ErrorCode } from '@fullname/shared/errors';
import type { Leaving as Hanging } from '@fullname/shared/recovery';
import { useState } from 'preact/hooks';
import { countOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { SelectField } from '../book/fields.tsx';
import { DialogFoot } from '../common/DialogFoot.tsx';

const COUNTS = ['customers', 'tasks', 'promises', 'requests', 'conversations'] as const;

type LeavingProps = {
  readonly member: Member;
  readonly hanging: Hanging;
  /** Who may take over: they answer customers and have joined. */
  readonly successors: readonly Member[];
  /** The owner who looks at this. */
  readonly me: string;
  /** Deactivated, or else moved behind the desk. */
  readonly toBackOffice: boolean;
  readonly problem: ErrorCode | null;
  readonly onLeave: (successor: Member) => Promise<void>;
  readonly onCancel: () => void;
};

/** Whoever may no longer answer customers hands over to a named person: what hangs on them, and who takes it. */
export function Leaving(props: LeavingProps) {
  const { member, hanging, successors, me, toBackOffice, problem, onLeave, onCancel } = props;
  const t = words();
  const s = t.company.leaving;
  const [to, setTo] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const chosen = successors.find((one) => one.id === to);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (!chosen || busy) return;
    setBusy(true);
    await onLeave(chosen);
    setBusy(false);
  }

  return (
    <form class="leaving" onSubmit={(event) => void submit(event)}>
      <section>
        <h3 class="tally-title">{s.hangs(member.fullName)}</h3>
        <dl class="tally">
          {COUNTS.filter((name) => hanging[name] > 0).map((name) => (
            <div key={name}>
              <dt>{s.counts[name]}</dt>
              <dd>{countOf(hanging[name])}</dd>
            </div>
          ))}
        </dl>
      </section>
      <p class="field-hint">{s.told}</p>
      {successors.length === 0 ? (
        <p>{s.nobody}</p>
      ) : (
        <SelectField<string, string | null>
          label={s.who}
          {...(successors.some((one) => one.id === me) ? { hint: s.atOnce } : {})}
          value={to}
          none={s.choose}
          options={successors.map(({ id, fullName }) => ({
            value: id,
            label: id === me ? s.yourself(fullName) : fullName,
          }))}
          onChange={setTo}
        />
      )}
      <DialogFoot
        problem={problem}
        submit={toBackOffice ? s.toBackOffice(member.fullName) : s.deactivate(member.fullName)}
        disabled={!chosen || busy}
        onCancel={onCancel}
      />
    </form>
  );
}

/** Whether anything hangs on somebody. */
export function hangs(hanging: Hanging): boolean {
  return COUNTS.some((name) => hanging[name] > 0);
}
