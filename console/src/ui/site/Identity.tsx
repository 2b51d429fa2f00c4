import type { IdentityKey, IdentityKeyDraft, NewIdentityKey } from '@fullname/shared/api';
import type { ErrorCode } from '@fullname/shared/errors';
import { NAME_MAX_LENGTH } from '@fullname/shared/limits';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { dateOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { siteWords } from '../../strings/site.ts';
import { SelectField } from '../book/fields.tsx';
import { CopyField } from '../common/CopyField.tsx';
import { Dialog } from '../common/Dialog.tsx';
import { Switch, TextField } from '../common/Field.tsx';
import { KeyRow } from '../common/KeyRow.tsx';
import { useLoaded } from '../common/load.ts';
import { GuideLink } from '../guides/GuidesSection.tsx';
import { Troubled } from '../settings/Troubled.tsx';
import { Part } from './Part.tsx';
import { useSetup } from './setup.ts';
import { TryProof } from './TryProof.tsx';

type Kind = IdentityKey['kind'];
const KINDS: readonly Kind[] = ['HS256', 'EdDSA', 'hash'];

/** Whether one must be signed in, and the keys that prove it. Keys are made and retired at once; they do not wait for the save. */
export function Identity() {
  const { form, stored, set } = useSetup();
  const t = siteWords().identity;
  const keys = useLoaded<IdentityKey[]>(() => api.identityKeys(stored.site.id), [], stored.site.id);
  const [made, setMade] = useState<NewIdentityKey | null>(null);
  return (
    <Part name="identity" lead={t.lead}>
      <GuideLink guide="identity" />
      <Switch
        label={t.required}
        hint={t.requiredHint}
        on={form.settings.identity.required}
        onChange={(required) => set('identity', { required })}
      />
      <section class="stack" aria-labelledby="identity-keys">
        <header>
          <h3 id="identity-keys">{t.keys}</h3>
          <p class="field-hint">{keys.value?.length === 0 ? t.none : t.keysHint}</p>
        </header>
        {(!keys.value || keys.problem) && <Troubled loaded={keys} />}
        {keys.value && keys.value.length > 0 && (
          <ul class="keys">
            {keys.value.map((key) => (
              <IdentityKeyRow key={key.kid} site={stored.site.id} of={key} onRetired={keys.reload} />
            ))}
          </ul>
        )}
        <MakeKey
          site={stored.site.id}
          onMade={(key) => {
            setMade(key);
            keys.reload();
          }}
        />
      </section>
      <TryProof site={stored.site.id} />
      {made && <Made made={made} onClose={() => setMade(null)} />}
    </Part>
  );
}

type MakeKeyProps = { readonly site: string; readonly onMade: (made: NewIdentityKey) => void };

function MakeKey({ site, onMade }: MakeKeyProps) {
  const t = siteWords().identity;
  const [kind, setKind] = useState<Kind>('HS256');
  const [name, setName] = useState('');
  const [publicKey, setPublicKey] = useState('');
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);
  const isReady = name.trim() !== '' && (kind !== 'EdDSA' || publicKey.trim() !== '');

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (!isReady || busy) return;
    const draft: IdentityKeyDraft =
      kind === 'EdDSA' ? { kind, name: name.trim(), publicKey } : { kind, name: name.trim() };
    setBusy(true);
    const answer = await api.makeIdentityKey(site, draft);
    setBusy(false);
    setProblem(answer.ok ? null : answer.code);
    if (!answer.ok) return;
    setName('');
    setPublicKey('');
    onMade(answer.value);
  }

  const text = problem && words().errors[problem];
  return (
    <form class="stack" onSubmit={(event) => void submit(event)}>
      <div class="settings-grid">
        <SelectField<Kind, Kind>
          label={t.kind}
          hint={t.kindHints[kind]}
          value={kind}
          options={KINDS.map((value) => ({ value, label: t.kinds[value] }))}
          onChange={setKind}
        />
        <TextField
          label={t.name}
          placeholder={t.namePlaceholder}
          value={name}
          maxLength={NAME_MAX_LENGTH}
          problem={problem === 'BAD_KEY' ? null : text}
          onChange={setName}
        />
      </div>
      {kind === 'EdDSA' && (
        <TextField
          label={t.publicKey}
          hint={t.publicKeyHint}
          rows={4}
          value={publicKey}
          maxLength={2_000}
          problem={problem === 'BAD_KEY' ? text : null}
          onChange={setPublicKey}
        />
      )}
      <button type="submit" class="button start" disabled={!isReady || busy}>
        {t.make}
      </button>
    </form>
  );
}

type IdentityKeyRowProps = {
  readonly site: string;
  readonly of: IdentityKey;
  readonly onRetired: () => void;
};

function IdentityKeyRow({ site, of: key, onRetired }: IdentityKeyRowProps) {
  const t = siteWords().identity;
  const facts = [
    t.kinds[key.kind],
    `kid ${key.kid}`,
    key.retiredAt ? t.retired(dateOf(key.retiredAt)) : t.since(dateOf(key.at)),
  ];
  return (
    <KeyRow
      name={key.name}
      facts={facts}
      isEnded={key.retiredAt !== null}
      end={{
        label: t.retire,
        ofThis: t.retireOf(key.name),
        sure: t.sure(key.name),
        yes: t.yes,
        done: t.done(key.name),
      }}
      onEnd={() => api.retireIdentityKey(site, key.kid)}
      onEnded={onRetired}
    />
  );
}

/** The secret, this once; a pair of keys has none here. */
function Made({ made, onClose }: { readonly made: NewIdentityKey; readonly onClose: () => void }) {
  const t = siteWords().identity;
  return (
    <Dialog title={t.made(made.key.name)} onClose={onClose} wide>
      <div class="stack">
        {made.secret !== null && <CopyField label={t.secret} value={made.secret} hint={t.secretHint} />}
        <CopyField label={t.kid} value={made.key.kid} />
        <footer class="dialog-foot">
          <button type="button" class="button button-primary" onClick={onClose}>
            {t.copied}
          </button>
        </footer>
      </div>
    </Dialog>
  );
}
