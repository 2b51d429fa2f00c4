import type { ApiKey, NewApiKey } from '@fullname/shared/customers';
import type { ErrorCode } from '@fullname/shared/errors';
import { NAME_MAX_LENGTH } from '@fullname/shared/limits';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { dateOf, momentOf, whenOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { TextField } from '../common/Field.tsx';
import { KeyRow } from '../common/KeyRow.tsx';
import { useLoaded } from '../common/load.ts';
import { SecretDialog } from './SecretDialog.tsx';
import { Troubled } from './Troubled.tsx';

/** One key for each system: made, seen to be used, ended. */
export function KeysCard() {
  const t = words().company.systems;
  const keys = useLoaded<ApiKey[]>(api.keys);
  const [made, setMade] = useState<NewApiKey | null>(null);
  return (
    <article class="card">
      <header>
        <h2>{t.keys}</h2>
        <p class="field-hint">{t.keysLead}</p>
      </header>
      {(!keys.value || keys.problem) && <Troubled loaded={keys} />}
      {keys.value?.length === 0 && <p>{t.none}</p>}
      {keys.value && keys.value.length > 0 && (
        <ul class="keys">
          {keys.value.map((key) => (
            <ApiKeyRow key={key.id} of={key} onEnded={keys.reload} />
          ))}
        </ul>
      )}
      <MakeKey
        onMade={(key) => {
          setMade(key);
          keys.reload();
        }}
      />
      {made && <SecretDialog made={made} onClose={() => setMade(null)} />}
    </article>
  );
}

function MakeKey({ onMade }: { readonly onMade: (made: NewApiKey) => void }) {
  const t = words();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (name.trim() === '' || busy) return;
    setBusy(true);
    const answer = await api.makeKey(name.trim());
    setBusy(false);
    setProblem(answer.ok ? null : answer.code);
    if (!answer.ok) return;
    setName('');
    onMade(answer.value);
  }

  return (
    <form class="make-key" onSubmit={(event) => void submit(event)}>
      <TextField
        label={t.company.systems.name}
        placeholder={t.company.systems.namePlaceholder}
        value={name}
        onChange={setName}
        maxLength={NAME_MAX_LENGTH}
        problem={problem && t.errors[problem]}
      />
      <button type="submit" class="button" disabled={name.trim() === '' || busy}>
        {t.company.systems.make}
      </button>
    </form>
  );
}

function ApiKeyRow({ of: key, onEnded }: { readonly of: ApiKey; readonly onEnded: () => void }) {
  const s = words().company.systems;
  const facts = [
    s.by(key.by.fullName, dateOf(key.at)),
    key.endedAt ? s.ended(dateOf(key.endedAt)) : key.usedAt ? s.used(whenOf(key.usedAt)) : s.unused,
  ];
  return (
    <KeyRow
      name={key.name}
      facts={facts}
      moment={momentOf(key.usedAt ?? key.at)}
      isEnded={key.endedAt !== null}
      end={{
        label: s.end,
        ofThis: s.endOf(key.name),
        sure: s.endSure(key.name),
        yes: s.endYes,
        done: s.endDone(key.name),
      }}
      onEnd={() => api.endKey(key.id)}
      onEnded={onEnded}
    />
  );
}
