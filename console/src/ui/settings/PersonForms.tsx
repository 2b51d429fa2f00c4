import type { Member } from '@fullname/shared/api';
import type { ErrorCode } from '@fullname/shared/errors';
import { nameProblem } from '@fullname/shared/full-name';
import type { Role } from '@fullname/shared/model';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { words } from '../../strings/index.ts';
import { say } from '../../toast.ts';
import { CopyField } from '../common/CopyField.tsx';
import { Dialog } from '../common/Dialog.tsx';
import { Choice, Switch, TextField } from '../common/Field.tsx';
import { NameFields } from '../entry/NameFields.tsx';

export type MadeLink = { readonly name: string; readonly link: string };
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

export function PersonForm({ member, onClose, onDone }: FormProps & { readonly member: Member }) {
  const t = words();
  const [name, setName] = useState({ given: member.given, family: member.family });
  const [professional, setProfessional] = useState(member.nameKind === 'professional');
  const [title, setTitle] = useState(member.title ?? '');
  const [role, setRole] = useState<Role>(member.role);
  const [problem, setProblem] = useState<ErrorCode | null>(null);

  async function submit() {
    if (nameProblem(name)) return setProblem('FULL_NAME');
    const answer = await api.changeMember(member.id, {
      ...name,
      nameKind: professional ? 'professional' : 'legal',
      title: title.trim() || null,
      role,
    });
    if (!answer.ok) return setProblem(answer.code);
    say(t.common.saved);
    onDone(null);
  }

  async function setActive(active: boolean) {
    const answer = await api.changeMember(member.id, { active });
    if (!answer.ok) return setProblem(answer.code);
    const undo = () => void api.changeMember(member.id, { active: !active }).then(() => onDone(null));
    say((active ? t.settings.activated : t.settings.deactivated)(member.fullName), undo);
    onDone(null);
  }

  async function reset() {
    const answer = await api.resetMember(member.id);
    if (answer.ok) onDone({ name: member.fullName, link: answer.value.link });
    else setProblem(answer.code);
  }

  return (
    <Dialog title={t.settings.editPerson(member.fullName)} onClose={onClose}>
      <PersonFormFrame problem={problem} submitText={t.common.save} onSubmit={submit} onClose={onClose}>
        <NameFields name={name} onChange={setName} title={t.settings.fullName} />
        <ProfessionalSwitch on={professional} onChange={setProfessional} />
        <TitleField value={title} onChange={setTitle} />
        <RoleChoice role={role} onChange={setRole} />
        <div class="person-acts">
          <button type="button" class="link-button" onClick={() => void reset()}>
            {t.settings.reset}
          </button>
          <button type="button" class="link-button" onClick={() => void setActive(!member.active)}>
            {member.active ? t.settings.deactivate : t.settings.activate}
          </button>
        </div>
      </PersonFormFrame>
    </Dialog>
  );
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
  const t = words();
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
    >
      {children}
      {problem && (
        <p class="form-problem" role="alert">
          {t.errors[problem]}
        </p>
      )}
      <footer class="dialog-foot">
        <button type="button" class="button" onClick={onClose}>
          {t.common.cancel}
        </button>
        <button type="submit" class="button button-primary">
          {submitText}
        </button>
      </footer>
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
