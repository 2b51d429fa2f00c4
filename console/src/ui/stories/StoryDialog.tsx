import { MESSAGE_MAX_LENGTH } from '@fullname/shared/limits';
import { MAY_TELL, STORY_KINDS, type Story, type StoryDraft } from '@fullname/shared/recovery';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say } from '../../toast.ts';
import { RestoredLine } from '../book/FormFoot.tsx';
import { SelectField } from '../book/fields.tsx';
import { useKept } from '../book/kept.ts';
import { Choice, TextField } from '../common/Field.tsx';
import { useLoaded } from '../common/load.ts';
import { colleaguesOf } from '../company/colleagues.ts';
import { MoneyField } from '../recovery/fields.tsx';
import { clean } from './clean.ts';
import { WriteDialog } from './WriteDialog.tsx';

type Form = {
  readonly kind: Story['kind'];
  readonly what: string;
  readonly why: string;
  readonly about: string;
  readonly mayTell: Story['mayTell'];
  readonly amount: string;
  readonly currency: string;
};

type StoryDialogProps = {
  /** Where it happened; null: nowhere in particular. */
  readonly conversation: string | null;
  readonly about?: string;
  readonly onClose: () => void;
};

/** From a conversation: whose it is, is whoever has it, unless that is oneself. */
export function StoryHere({ thread, onClose }: { readonly thread: Thread; readonly onClose: () => void }) {
  const { id } = useDesk().person;
  const { holder, contact } = thread.detail.value;
  const about = [holder, contact].find((one) => one && one.id !== id)?.id;
  return <StoryDialog conversation={thread.id} {...(about ? { about } : {})} onClose={onClose} />;
}

/** A story that people remember: what, why, what it cost, whose, and who may hear it. */
export function StoryDialog({ conversation, about = '', onClose }: StoryDialogProps) {
  const desk = useDesk();
  const t = words().company.stories;
  const { value: settings } = useLoaded(api.recoverySettings);
  const kept = useKept<Form>(`story.${desk.person.id}.${conversation ?? ''}`, {
    kind: 'recovery',
    what: '',
    why: '',
    about,
    mayTell: 'company',
    amount: '',
    currency: '',
  });
  const { form } = kept;
  const currency = form.currency || (settings?.currency ?? '');
  const cost = costOf(form.amount, currency);
  const draft = draftOf(form, { cost, conversation });
  const people = colleaguesOf(desk, { withMe: true });

  return (
    <WriteDialog
      title={t.tell}
      submitText={t.submit}
      ready={draft.what !== '' && draft.why !== '' && cost !== undefined}
      of={JSON.stringify(draft)}
      send={(id) => api.tellStory({ ...draft, id })}
      onDone={() => {
        kept.forget();
        say(t.done);
        desk.work.changed();
        onClose();
      }}
      onClose={onClose}
    >
      <RestoredLine kept={kept} />
      <TextField
        label={t.what}
        placeholder={t.whatPlaceholder}
        value={form.what}
        onChange={(what) => kept.set({ what })}
        rows={4}
        maxLength={MESSAGE_MAX_LENGTH}
        required
        focus
      />
      <TextField
        label={t.why}
        placeholder={t.whyPlaceholder}
        value={form.why}
        onChange={(why) => kept.set({ why })}
        rows={2}
        maxLength={MESSAGE_MAX_LENGTH}
        required
      />
      <Choice
        label={t.kind}
        name="story-kind"
        value={form.kind}
        options={STORY_KINDS.map((value) => ({ value, label: t.kinds[value], hint: t.kindHints[value] }))}
        onChange={(kind) => kept.set({ kind })}
      />
      <div class="field-pair">
        <SelectField<string, string>
          label={t.about}
          value={form.about}
          none={t.aboutNobody}
          options={people.map(({ id, fullName }) => ({ value: id, label: fullName }))}
          onChange={(next) => kept.set({ about: next ?? '' })}
        />
        <MoneyField
          label={t.cost}
          amount={form.amount}
          currency={currency}
          onAmount={(amount) => kept.set({ amount })}
          onCurrency={(next) => kept.set({ currency: next })}
        />
      </div>
      <Choice
        label={t.mayTell}
        name="may-tell"
        value={form.mayTell}
        options={MAY_TELL.map((value) => ({
          value,
          label: t.mayTells[value],
          hint: t.mayTellHints[value],
        }))}
        onChange={(mayTell) => kept.set({ mayTell })}
      />
    </WriteDialog>
  );
}

/** Null where nothing was said of it; undefined while it is no amount. */
function costOf(amount: string, currency: string): Story['cost'] | undefined {
  if (amount.trim() === '') return null;
  const number = Number(amount.trim().replace(',', '.'));
  const code = currency.trim().toUpperCase();
  if (!Number.isFinite(number) || number < 0 || !/^[A-Z]{3}$/.test(code)) return undefined;
  return { amount: number, currency: code };
}

type Beside = { readonly cost: Story['cost'] | undefined; readonly conversation: string | null };

function draftOf(form: Form, { cost, conversation }: Beside): Omit<StoryDraft, 'id'> {
  return {
    kind: form.kind,
    what: clean(form.what),
    why: clean(form.why),
    cost: cost ?? null,
    mayTell: form.mayTell,
    ...(form.about ? { about: form.about } : {}),
    ...(conversation ? { conversation } : {}),
  };
}
