import type { ErrorCode } from '@fullname/shared/errors';
import type { InternalRequest, RequestAct } from '@fullname/shared/recovery';
import { repairText } from '@fullname/shared/text';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { words } from '../../strings/index.ts';
import { say } from '../../toast.ts';
import { SelectField } from '../book/fields.tsx';
import { Choice, TextField } from '../common/Field.tsx';
import { MomentField, momentFrom } from '../common/MomentField.tsx';

const ACTS = ['answer', 'promise', 'decline'] as const;
const REASONS = ['safety', 'security', 'privacy', 'health', 'ethics'] as const;
type Act = (typeof ACTS)[number];
type Reason = (typeof REASONS)[number];
type ActOn = (act: RequestAct) => Promise<ErrorCode | null>;

/** Three ways to meet a colleague's wish: an answer, a promised time, or another way. One form is open at a time. */
export function ProviderActs({ request, act }: { readonly request: InternalRequest; readonly act: ActOn }) {
  const t = words().work.help;
  const [open, setOpen] = useState<Act | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => () => passFocusOn(box.current), []);
  const close = () => {
    // The form goes, and its field with it.
    box.current?.querySelector<HTMLElement>('[aria-expanded="true"]')?.focus();
    setOpen(null);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc backs out of whatever field has the focus.
    <div
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || !open) return;
        event.preventDefault();
        close();
      }}
    >
      <div class="task-acts">
        {ACTS.map((one) => (
          <button
            key={one}
            type="button"
            class={one === 'answer' ? 'button button-primary' : 'button'}
            aria-expanded={open === one}
            onClick={() => setOpen(open === one ? null : one)}
          >
            {t.act[one]}
          </button>
        ))}
      </div>
      {open === 'answer' && <AnswerForm request={request} act={act} onDone={close} />}
      {open === 'promise' && <PromiseForm act={act} onDone={close} />}
      {open === 'decline' && <DeclineForm request={request} act={act} onDone={close} />}
    </div>
  );
}

/** What is answered leaves this list: the focus goes to the next card, not to the top of the page. */
function passFocusOn(box: HTMLElement | null): void {
  if (!box?.contains(document.activeElement)) return;
  const cards = [...document.querySelectorAll<HTMLElement>('.request')];
  const at = cards.findIndex((card) => card.contains(box));
  (cards[at + 1] ?? cards[at - 1])?.querySelector<HTMLElement>('button')?.focus();
}

type FormProps = { readonly act: ActOn; readonly onDone: () => void };
type AnswerProps = FormProps & { readonly request: InternalRequest };

function AnswerForm({ request, act, onDone }: AnswerProps) {
  const t = words().work.help;
  const [text, setText] = useState('');
  const answer = repairText(text).trim();
  const sending = useSending(onDone);
  return (
    <ActForm
      sending={sending}
      label={t.act.answer}
      submit={t.answerDo}
      ready={answer !== ''}
      onSubmit={() => sending.run(act({ act: 'answer', text: answer }), t.answerDone(request.asker.fullName))}
    >
      <TextField label={t.answer} value={text} onChange={setText} rows={3} maxLength={2000} required focus />
    </ActForm>
  );
}

function PromiseForm({ act, onDone }: FormProps) {
  const t = words().work.help;
  const [local, setLocal] = useState('');
  const due = momentFrom(local);
  const sending = useSending(onDone);
  return (
    <ActForm
      sending={sending}
      label={t.act.promise}
      submit={t.promiseDo}
      ready={due !== null}
      onSubmit={() => due && sending.run(act({ act: 'promise', due }), t.promiseDone)}
    >
      <MomentField label={t.promiseBy} value={local} onChange={setLocal} />
    </ActForm>
  );
}

/** The same rule as towards customers: no plain no, but for five reasons. */
function DeclineForm({ request, act, onDone }: AnswerProps) {
  const t = words().work.help;
  const [text, setText] = useState('');
  const [way, setWay] = useState<'other-way' | 'no-way'>('other-way');
  const [instead, setInstead] = useState('');
  const [reason, setReason] = useState<Reason>('safety');
  const sending = useSending(onDone);
  const said = repairText(text).trim();
  const other = repairText(instead).trim();
  const ready = said !== '' && (way === 'no-way' || other !== '');
  return (
    <ActForm
      sending={sending}
      label={t.act.decline}
      submit={t.declineDo}
      ready={ready}
      onSubmit={() =>
        sending.run(
          act({ act: 'decline', text: said, ...(way === 'no-way' ? { reason } : { instead: other }) }),
          t.declineDone(request.asker.fullName),
        )
      }
    >
      <TextField
        label={t.declineText}
        value={text}
        onChange={setText}
        rows={2}
        maxLength={2000}
        required
        focus
      />
      <Choice
        label={t.way}
        name={`way-${request.id}`}
        value={way}
        options={[
          { value: 'other-way', label: t.otherWay },
          { value: 'no-way', label: t.noWay },
        ]}
        onChange={setWay}
      />
      {way === 'other-way' ? (
        <TextField label={t.instead} value={instead} onChange={setInstead} maxLength={1000} required />
      ) : (
        <SelectField<Reason, Reason>
          label={t.reasonIs}
          value={reason}
          options={REASONS.map((value) => ({ value, label: t.reasons[value] }))}
          onChange={setReason}
        />
      )}
    </ActForm>
  );
}

type Sending = {
  readonly busy: boolean;
  readonly problem: ErrorCode | null;
  readonly run: (asked: Promise<ErrorCode | null>, done: string) => void;
};

function useSending(onDone: () => void): Sending {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  async function finish(asked: Promise<ErrorCode | null>, done: string): Promise<void> {
    setBusy(true);
    const refused = await asked;
    setBusy(false);
    setProblem(refused);
    if (refused) return;
    say(done);
    onDone();
  }
  return { busy, problem, run: (asked, done) => void finish(asked, done) };
}

type ActFormProps = {
  readonly sending: Sending;
  readonly label: string;
  readonly submit: string;
  readonly ready: boolean;
  readonly onSubmit: () => void;
  readonly children: ComponentChildren;
};

function ActForm({ sending, label, submit, ready, onSubmit, children }: ActFormProps) {
  const t = words();
  return (
    <form
      class="record-form stack"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !sending.busy) onSubmit();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.currentTarget.requestSubmit();
      }}
    >
      {children}
      {sending.problem && (
        <p class="form-problem" role="alert">
          {t.errors[sending.problem]}
        </p>
      )}
      <footer class="form-foot">
        <button type="submit" class="button button-primary" disabled={!ready || sending.busy}>
          {submit}
        </button>
      </footer>
    </form>
  );
}
