import type { BookSettings } from '@fullname/shared/book';
import type { ErrorCode } from '@fullname/shared/errors';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import { say } from '../../toast.ts';
import { Choice, TextField } from '../common/Field.tsx';
import { useLoaded } from '../common/load.ts';
import { Troubled } from '../settings/Troubled.tsx';

/** What an owner decides about the reader over the shoulder. */
export function SettingsSection() {
  const t = words().book;
  const loaded = useLoaded(api.bookSettings, []);
  return (
    <section class="page-body" aria-label={t.tabs.settings}>
      <Troubled loaded={loaded} />
      {loaded.value && <SettingsForm stored={loaded.value} />}
    </section>
  );
}

function SettingsForm({ stored }: { readonly stored: BookSettings }) {
  const { book } = useDesk();
  const t = words();
  const [refusal, setRefusal] = useState(stored.refusal);
  const [contacts, setContacts] = useState(stored.contacts.join('\n'));
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const answer = await api.changeBookSettings({
      refusal,
      contacts: contacts.split(/[\n,，、;；]/).flatMap((line) => line.trim() || []),
    });
    setBusy(false);
    setProblem(answer.ok ? null : answer.code);
    if (!answer.ok) return;
    setContacts(answer.value.contacts.join('\n'));
    await book.reload();
    say(t.book.settings.saved);
  }

  return (
    <form class="card stack" onSubmit={(event) => void submit(event)}>
      <Choice
        label={t.book.settings.refusal}
        name="refusal"
        value={refusal}
        options={(['ask', 'stop', 'off'] as const).map((value) => ({
          value,
          label: t.book.settings.refusals[value],
          hint: t.book.settings.refusalHints[value],
        }))}
        onChange={setRefusal}
      />
      <TextField
        label={t.book.settings.contacts}
        hint={t.book.settings.contactsHint}
        value={contacts}
        onChange={setContacts}
        rows={5}
        optional
      />
      {problem && (
        <p class="form-problem" role="alert">
          {t.errors[problem]}
        </p>
      )}
      <button type="submit" class="button button-primary" disabled={busy}>
        {t.common.save}
      </button>
    </form>
  );
}
