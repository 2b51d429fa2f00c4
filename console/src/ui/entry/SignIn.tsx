import type { ErrorCode } from '@fullname/shared/errors';
import { useState } from 'preact/hooks';
import { signIn } from '../../session.ts';
import { words } from '../../strings/index.ts';
import { PasswordField, TextField } from '../common/Field.tsx';
import { EntryPage } from './EntryPage.tsx';

export function SignIn({
  ended,
  problem: before,
}: {
  readonly ended: boolean;
  readonly problem: ErrorCode | null;
}) {
  const t = words();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState(before);
  const [busy, setBusy] = useState(false);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem(await signIn(email.trim(), password));
    setBusy(false);
  }

  return (
    <EntryPage title={t.signIn.title} lead={ended ? t.signIn.ended : t.signIn.lead}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        {problem && (
          <p class="form-problem" role="alert">
            {t.errors[problem]}
          </p>
        )}
        <TextField
          label={t.signIn.email}
          type="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          required
          focus
        />
        <PasswordField label={t.signIn.password} value={password} onChange={setPassword} />
        <button type="submit" class="button button-primary button-wide" disabled={busy}>
          {t.signIn.submit}
        </button>
        <p class="field-hint">{t.signIn.noAccount}</p>
      </form>
    </EntryPage>
  );
}
