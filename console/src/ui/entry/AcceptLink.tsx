import type { LinkInfo } from '@fullname/shared/api';
import type { ErrorCode } from '@fullname/shared/errors';
import { nameProblem } from '@fullname/shared/full-name';
import { useState } from 'preact/hooks';
import { acceptLink } from '../../session.ts';
import { words } from '../../strings/index.ts';
import { PasswordField, TextField } from '../common/Field.tsx';
import { EntryPage } from './EntryPage.tsx';
import { NameFields } from './NameFields.tsx';

/** What a one-time link opens: the owner's set-up, an invitation, or a new password. */
export function AcceptLink({ token, link }: { readonly token: string; readonly link: LinkInfo }) {
  const t = words();
  const texts = {
    setup: [t.accept.setupTitle, t.accept.setupLead, t.accept.submitSetup],
    invite: [t.accept.inviteTitle, t.accept.inviteLead, t.accept.submitInvite],
    reset: [t.accept.resetTitle, t.accept.resetLead, t.accept.submitReset],
    'sign-in': [t.signIn.title, t.signIn.lead, t.signIn.submit],
  } as const;
  const [title, lead, submitText] = texts[link.kind];
  const asksName = link.kind === 'setup' || link.kind === 'invite';
  const [name, setName] = useState({ given: link.given ?? '', family: link.family ?? '' });
  const [email, setEmail] = useState(link.email ?? '');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (asksName && nameProblem(name)) return setProblem('FULL_NAME');
    setBusy(true);
    setProblem(
      await acceptLink(token, {
        password,
        ...(asksName ? name : {}),
        ...(link.kind === 'setup' ? { email: email.trim() } : {}),
      }),
    );
    setBusy(false);
  }

  return (
    <EntryPage title={title} lead={lead}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        {asksName && <NameFields name={name} onChange={setName} focus />}
        {link.kind === 'setup' ? (
          <TextField
            label={t.signIn.email}
            type="email"
            autoComplete="username"
            value={email}
            onChange={setEmail}
            required
          />
        ) : (
          // Password managers keep the new password under this name.
          <input
            class="visually-hidden"
            type="email"
            autocomplete="username"
            value={email}
            readOnly
            tabIndex={-1}
            aria-hidden="true"
          />
        )}
        <PasswordField
          label={t.signIn.password}
          hint={t.accept.passwordHint}
          value={password}
          onChange={setPassword}
          focus={!asksName}
          fresh
        />
        {problem && (
          <p class="form-problem" role="alert">
            {t.errors[problem]}
          </p>
        )}
        <button type="submit" class="button button-primary button-wide" disabled={busy}>
          {submitText}
        </button>
      </form>
    </EntryPage>
  );
}
