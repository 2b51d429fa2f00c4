import type { ApiKey, NewApiKey } from '@fullname/shared/customers';
import type { ErrorCode } from '@fullname/shared/errors';
import { NAME_MAX_LENGTH } from '@fullname/shared/limits';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { dateOf, momentOf, whenOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { say, sayProblem } from '../../toast.ts';
import { TextField } from '../common/Field.tsx';
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
            <KeyRow key={key.id} of={key} onEnded={keys.reload} />
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

/** To end one cannot be undone: it is asked about in place. */
function KeyRow({ of: key, onEnded }: { readonly of: ApiKey; readonly onEnded: () => void }) {
  const t = words();
  const s = t.company.systems;
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const facts = [
    s.by(key.by.fullName, dateOf(key.at)),
    key.endedAt ? s.ended(dateOf(key.endedAt)) : key.usedAt ? s.used(whenOf(key.usedAt)) : s.unused,
  ];

  async function end() {
    setBusy(true);
    const answer = await api.endKey(key.id);
    setBusy(false);
    if (!answer.ok) return sayProblem(answer.code);
    setAsking(false);
    say(s.endDone(key.name));
    onEnded();
  }

  return (
    <li data-ended={key.endedAt !== null}>
      <div class="key-row">
        <p>
          <b dir="auto">{key.name}</b>
          <span class="source" title={momentOf(key.usedAt ?? key.at)}>
            {facts.join(' · ')}
          </span>
        </p>
        {!key.endedAt && !asking && (
          <button type="button" class="button" aria-label={s.endOf(key.name)} onClick={() => setAsking(true)}>
            {s.end}
          </button>
        )}
      </div>
      {asking && (
        <fieldset class="sure" aria-label={s.endOf(key.name)}>
          <p>{s.endSure(key.name)}</p>
          <button type="button" class="button" onClick={() => setAsking(false)}>
            {t.common.cancel}
          </button>
          <button
            type="button"
            class="button button-danger"
            disabled={busy}
            ref={(button) => button?.focus()}
            onClick={() => void end()}
          >
            {s.endYes}
          </button>
        </fieldset>
      )}
    </li>
  );
}
