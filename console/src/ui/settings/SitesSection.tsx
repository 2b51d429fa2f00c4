import type { Site, SiteDraft } from '@fullname/shared/api';
import type { ErrorCode } from '@fullname/shared/errors';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { hashOf } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { siteWords } from '../../strings/site.ts';
import { say } from '../../toast.ts';
import { CopyField } from '../common/CopyField.tsx';
import { Dialog } from '../common/Dialog.tsx';
import { DialogFoot } from '../common/DialogFoot.tsx';
import { TextField } from '../common/Field.tsx';
import { useLoaded } from '../common/load.ts';
import { Troubled } from './Troubled.tsx';

/** The places with the chat on them: name, allowed pages, the tag, and the secret that signs identities. */
export function SitesSection() {
  const t = words();
  const sites = useLoaded(api.sites);
  const [edited, setEdited] = useState<Site | 'new' | null>(null);
  return (
    <section class="page-body" aria-label={t.settings.sites}>
      <div class="page-lead">
        <p>{t.settings.sitesLead}</p>
        <button type="button" class="button button-primary" onClick={() => setEdited('new')}>
          {t.settings.addSite}
        </button>
      </div>
      <Troubled loaded={sites} />
      {sites.value?.length === 0 && <p class="field-hint">{t.settings.noSites}</p>}
      {sites.value?.map((site) => (
        <SiteCard key={site.id} site={site} onEdit={() => setEdited(site)} />
      ))}
      {edited && (
        <SiteForm
          site={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSaved={() => {
            setEdited(null);
            sites.reload();
            say(t.settings.siteSaved);
          }}
        />
      )}
    </section>
  );
}

function SiteCard({ site, onEdit }: { readonly site: Site; readonly onEdit: () => void }) {
  const t = words();
  return (
    <article class="card">
      <header class="card-head">
        <h2>{site.name}</h2>
        {site.demo && <span class="mark">{t.demo.mark}</span>}
        <a class="button" href={hashOf({ page: 'settings', section: 'sites', site: site.id })}>
          {siteWords().open(site.name)}
        </a>
        <button type="button" class="button" onClick={onEdit}>
          {t.common.edit}
        </button>
      </header>
      <dl class="facts">
        <div>
          <dt>{t.settings.hosts}</dt>
          <dd>
            {site.hosts.length === 0
              ? t.settings.noHosts
              : site.hosts.map((host) => <code key={host}>{host}</code>)}
          </dd>
        </div>
      </dl>
      <CopyField label={t.settings.tag} value={site.tag} hint={t.settings.tagHint} />
      <Secret site={site.id} />
    </article>
  );
}

function Secret({ site }: { readonly site: string }) {
  const t = words();
  const [secret, setSecret] = useState<string | null>(null);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  async function reveal() {
    const answer = await api.siteSecret(site);
    if (answer.ok) setSecret(answer.value.secret);
    else setProblem(answer.code);
  }
  if (secret) return <CopyField label={t.settings.secret} value={secret} hint={t.settings.secretHint} />;
  return (
    <div class="secret">
      <span>
        <b>{t.settings.secret}</b>
        <small>{problem ? t.errors[problem] : t.settings.secretHint}</small>
      </span>
      <button type="button" class="button" onClick={() => void reveal()}>
        {t.settings.reveal}
      </button>
    </div>
  );
}

type SiteFormProps = {
  readonly site: Site | null;
  readonly onClose: () => void;
  readonly onSaved: () => void;
};

function SiteForm({ site, onClose, onSaved }: SiteFormProps) {
  const t = words();
  const [name, setName] = useState(site?.name ?? '');
  const [hosts, setHosts] = useState(site?.hosts.join('\n') ?? '');
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const lines = hosts.split(/\s+/).filter(Boolean);
  const bad = lines.find((line) => originOf(line) === null);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (bad) return;
    const draft: SiteDraft = { name: name.trim(), hosts: lines.flatMap((line) => originOf(line) ?? []) };
    const answer = site ? await api.changeSite(site.id, draft) : await api.addSite(draft);
    if (answer.ok) onSaved();
    else setProblem(answer.code);
  }

  return (
    <Dialog title={site ? site.name : t.settings.addSite} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <TextField
          label={t.settings.siteName}
          value={name}
          onChange={setName}
          maxLength={80}
          required
          focus
        />
        <TextField
          label={t.settings.hosts}
          hint={t.settings.hostsHint}
          problem={bad ? t.settings.badHost(bad) : null}
          value={hosts}
          onChange={setHosts}
          rows={4}
        />
        <DialogFoot
          problem={problem}
          submit={t.common.save}
          disabled={!name.trim() || bad !== undefined}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
}

/** The origin of an address as people write it: with or without https://, with or without a path. */
function originOf(line: string): string | null {
  try {
    const url = new URL(line.includes('://') ? line : `https://${line}`);
    const isPage =
      (url.protocol === 'https:' || url.protocol === 'http:') && /[.:]|^localhost$/.test(url.host);
    return isPage ? url.origin : null;
  } catch {
    return null;
  }
}
