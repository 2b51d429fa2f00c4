import type { Version } from '@fullname/shared/book';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { dateOf, momentOf } from '../../format.ts';
import { settings } from '../../preferences.ts';
import { words } from '../../strings/index.ts';
import { say, sayProblem } from '../../toast.ts';
import { useLoaded } from '../common/load.ts';
import { Troubled } from '../settings/Troubled.tsx';
import { type EntryChange, EntryDiff } from './EntryDiff.tsx';
import { focusSoon } from './focus.ts';

/** How many changes of a version are drawn before somebody asks for all: the first edition has hundreds. */
const SHOWN = 12;

/** Every published version with what it changed, and one's own "I have read this". */
export function VersionsSection() {
  const { book } = useDesk();
  const t = words().book;
  const shelf = book.read(settings.value.locale);
  const versions = useLoaded(() => api.bookVersions(0), [shelf?.revision]);
  const acknowledged = shelf?.acknowledged ?? Number.POSITIVE_INFINITY;
  const unread = versions.value?.filter((one) => one.version > acknowledged).length ?? 0;
  return (
    <section class="page-body" aria-label={t.tabs.versions}>
      <p class="book-lead">{t.versions.lead}</p>
      {unread > 0 && (
        <Unread
          words={acknowledged === 0 ? t.versions.allNew : t.versions.toRead(unread)}
          version={versions.value?.[0]?.version ?? 0}
          onRead={versions.reload}
        />
      )}
      <Troubled loaded={versions} />
      {versions.value?.length === 0 && (
        <div class="empty">
          <h2>{t.versions.emptyTitle}</h2>
          <p>{t.versions.emptyText}</p>
        </div>
      )}
      <ol class="versions">
        {versions.value?.map((version) => (
          <VersionCard
            key={version.version}
            version={version}
            isNew={acknowledged > 0 && version.version > acknowledged}
          />
        ))}
      </ol>
    </section>
  );
}

type UnreadProps = { readonly words: string; readonly version: number; readonly onRead: () => void };

function Unread({ words: text, version, onRead }: UnreadProps) {
  const { book } = useDesk();
  const t = words().book.versions;
  const [busy, setBusy] = useState(false);
  async function acknowledge() {
    setBusy(true);
    const answer = await api.acknowledgeBook(version);
    await book.reload();
    setBusy(false);
    if (!answer.ok) return sayProblem(answer.code);
    onRead();
    say(t.acknowledged);
    focusSoon('.version');
  }
  return (
    <div class="to-read">
      <p>{text}</p>
      <button type="button" class="button button-primary" disabled={busy} onClick={() => void acknowledge()}>
        {t.acknowledge}
      </button>
    </div>
  );
}

function VersionCard({ version, isNew }: { readonly version: Version; readonly isNew: boolean }) {
  const t = words().book;
  const [all, setAll] = useState(false);
  const shown = all ? version.changes : version.changes.slice(0, SHOWN);
  return (
    <li class="card version" data-entry={String(version.version)} tabIndex={-1}>
      <header class="version-head">
        <h2>{t.versions.version(version.version)}</h2>
        {isNew && <span class="level level-new">{t.versions.new}</span>}
        <p class="source">
          <time dateTime={version.at} title={momentOf(version.at)}>
            {dateOf(version.at)}
          </time>
          {' · '}
          {version.by ? <span class="full-name">{version.by.fullName}</span> : t.fromMaker}
          {version.acknowledged.of > 0 &&
            ` · ${t.versions.readBy(version.acknowledged.by, version.acknowledged.of)}`}
        </p>
      </header>
      {version.note && <p class="version-note">{version.note}</p>}
      {shown.length === 0 ? (
        <p class="field-hint">{version.by ? t.versions.noChanges : t.versions.firstEdition}</p>
      ) : (
        <ul class="version-changes">
          {shown.map((change, index) => (
            // A version never changes: the place is the identity.
            <li key={`${version.version} ${index}`}>
              <h3>{wordFor(change)}</h3>
              <EntryDiff change={change} />
            </li>
          ))}
        </ul>
      )}
      {shown.length < version.changes.length && (
        <button type="button" class="link-button" onClick={() => setAll(true)}>
          {t.versions.showAll(version.changes.length)}
        </button>
      )}
    </li>
  );
}

function wordFor(change: EntryChange): string {
  const t = words().book.versions;
  if (change.before === null) return t.added[change.kind];
  return change.after === null ? t.takenOut[change.kind] : t.changed[change.kind];
}
