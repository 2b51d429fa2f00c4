import type { Member } from '@fullname/shared/api';
import type { ErrorCode } from '@fullname/shared/errors';
import { nameProblem } from '@fullname/shared/full-name';
import type { Role } from '@fullname/shared/model';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import { CopyField } from '../common/CopyField.tsx';
import { Dialog } from '../common/Dialog.tsx';
import { DialogFoot } from '../common/DialogFoot.tsx';
import { Choice, Switch, TextField } from '../common/Field.tsx';
import { NameFields } from '../entry/NameFields.tsx';
import { Leaving } from './Leaving.tsx';
import { type MadeLink, useMemberActs } from './member-acts.ts';

type FormProps = { readonly onClose: () => void; readonly onDone: (made: MadeLink | null) => void };

const ROLES: readonly Role[] = ['owner', 'agent', 'back-office'];

/** Nobody is invited without a full name. */
export function InviteForm({ onClose, onDone }: FormProps) {
  const t = words();
  const [name, setName] = useState({ given: '', family: '' });
  const [professional, setProfessional] = useState(false);
  const [email, setEmail] = useState('');
  const [title, setTitle] = useState('');
  const [role, setRole] = useState<Role>('agent');
  const [problem, setProblem] = useState<ErrorCode | null>(null);

  async function submit() {
    if (nameProblem(name)) return setProblem('FULL_NAME');
    const answer = await api.invite({
      ...name,
      nameKind: professional ? 'professional' : 'legal',
      email: email.trim(),
      title: title.trim() || null,
      role,
    });
    if (answer.ok) onDone({ name: answer.value.member.fullName, link: answer.value.link });
    else setProblem(answer.code);
  }

  return (
    <Dialog title={t.settings.inviteTitle} onClose={onClose}>
      <PersonFormFrame problem={problem} submitText={t.settings.makeLink} onSubmit={submit} onClose={onClose}>
        <NameFields name={name} onChange={setName} title={t.settings.fullName} />
        <ProfessionalSwitch on={professional} onChange={setProfessional} />
        <TextField label={t.signIn.email} type="email" value={email} onChange={setEmail} required />
        <TitleField value={title} onChange={setTitle} />
        <RoleChoice role={role} onChange={setRole} />
      </PersonFormFrame>
    </Dialog>
  );
}

type PersonFormProps = FormProps & {
  readonly member: Member;
  /** Everybody, for who takes over. */
  readonly all: readonly Member[];
};

export function PersonForm({ member, all, onClose, onDone }: PersonFormProps) {
  const { person: me } = useDesk();
  const t = words();
  const [name, setName] = useState({ given: member.given, family: member.family });
  const [professional, setProfessional] = useState(member.nameKind === 'professional');
  const [title, setTitle] = useState(member.title ?? '');
  const [role, setRole] = useState<Role>(member.role);
  const [capacity, setCapacity] = useState(member.capacity?.toString() ?? '');
  const [budget, setBudget] = useState(member.goodwillBudget?.toString() ?? '');
  const acts = useMemberActs(member, onDone);
  const { problem, setProblem, leaving } = acts;

  function submit() {
    if (nameProblem(name)) return setProblem('FULL_NAME');
    const nameKind = professional ? ('professional' as const) : ('legal' as const);
    const goodwillBudget = budget.trim() === '' ? null : Number(budget.replace(',', '.'));
    if (goodwillBudget !== null && !(goodwillBudget >= 0)) return setProblem('INVALID_PAYLOAD');
    const held = Number(capacity);
    if (member.capacity !== undefined && !(Number.isInteger(held) && held >= 1 && held <= 50))
      return setProblem('INVALID_PAYLOAD');
    const change = {
      ...{ ...name, nameKind, title: title.trim() || null, role, goodwillBudget },
      ...(member.capacity !== undefined && { capacity: held }),
    };
    const stepsBack = role === 'back-office' && member.role !== 'back-office' && member.active;
    return stepsBack ? acts.stepBack(change) : acts.save(change);
  }

  if (leaving)
    return (
      <Dialog title={t.company.leaving.title(member.fullName)} onClose={onClose}>
        <Leaving
          member={member}
          hanging={leaving.hanging}
          successors={all.filter((one) => mayTakeOver(one) && one.id !== member.id)}
          me={me.id}
          toBackOffice={leaving.change.active !== false}
          problem={problem}
          onLeave={(successor) => acts.leave(leaving, successor)}
          onCancel={acts.stay}
        />
      </Dialog>
    );
  return (
    <Dialog title={t.settings.editPerson(member.fullName)} onClose={onClose}>
      <PersonFormFrame
        problem={problem}
        submitText={t.common.save}
        onSubmit={async () => submit()}
        onClose={onClose}
      >
        <NameFields name={name} onChange={setName} title={t.settings.fullName} />
        <ProfessionalSwitch on={professional} onChange={setProfessional} />
        <TitleField value={title} onChange={setTitle} />
        <RoleChoice role={role} onChange={setRole} />
        {member.capacity !== undefined && (
          <TextField
            label={t.company.capacity}
            hint={t.company.capacityHint}
            value={capacity}
            onChange={setCapacity}
            inputMode="decimal"
            maxLength={2}
          />
        )}
        <TextField
          label={t.company.ownBudget}
          hint={t.company.ownBudgetHint}
          value={budget}
          onChange={setBudget}
          inputMode="decimal"
          optional
        />
        <div class="person-acts">
          <button type="button" class="link-button" onClick={() => void acts.reset()}>
            {t.settings.reset}
          </button>
          <button
            type="button"
            class="link-button"
            onClick={() => void (member.active ? acts.stepBack({ active: false }) : acts.activate())}
          >
            {member.active ? t.settings.deactivate : t.settings.activate}
          </button>
        </div>
      </PersonFormFrame>
    </Dialog>
  );
}

function mayTakeOver({ active, joined, role }: Member): boolean {
  return active && joined && role !== 'back-office';
}

/** The link is shown once; whoever made it hands it over. */
export function LinkDialog({ made, onClose }: { readonly made: MadeLink; readonly onClose: () => void }) {
  const t = words();
  return (
    <Dialog title={t.settings.linkFor(made.name)} onClose={onClose}>
      <CopyField label={t.settings.linkFor(made.name)} value={made.link} hint={t.settings.linkHint} />
      <footer class="dialog-foot">
        <button type="button" class="button button-primary" onClick={onClose}>
          {t.common.done}
        </button>
      </footer>
    </Dialog>
  );
}

type PersonFormFrameProps = {
  readonly problem: ErrorCode | null;
  readonly submitText: string;
  readonly onSubmit: () => Promise<void>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
};

function PersonFormFrame({ problem, submitText, onSubmit, onClose, children }: PersonFormFrameProps) {
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
    >
      {children}
      <DialogFoot problem={problem} submit={submitText} onCancel={onClose} />
    </form>
  );
}

function ProfessionalSwitch({
  on,
  onChange,
}: {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  const t = words().settings;
  return <Switch label={t.professional} hint={t.professionalHint} on={on} onChange={onChange} />;
}

function TitleField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (title: string) => void;
}) {
  const t = words().settings;
  return (
    <TextField
      label={t.jobTitle}
      hint={t.jobTitleHint}
      value={value}
      onChange={onChange}
      maxLength={80}
      optional
    />
  );
}

function RoleChoice({ role, onChange }: { readonly role: Role; readonly onChange: (role: Role) => void }) {
  const t = words().settings;
  return (
    <Choice
      label={t.role}
      name="role"
      value={role}
      options={ROLES.map((one) => ({ value: one, label: t.roles[one], hint: t.roleHints[one] }))}
      onChange={onChange}
    />
  );
}
