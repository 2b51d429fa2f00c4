import type { ChatCsp, InstallReport, Site } from '@fullname/shared/api';
import type { ErrorCode } from '@fullname/shared/errors';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { countOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { siteWords } from '../../strings/site.ts';
import { SelectField } from '../book/fields.tsx';
import { TextField } from '../common/Field.tsx';
import { useLoaded } from '../common/load.ts';
import { GuideLink } from '../guides/GuidesSection.tsx';
import { CopyButton } from '../todo/CopyButton.tsx';
import { LinesField } from './fields.tsx';
import { Part } from './Part.tsx';
import { useSetup } from './setup.ts';

type Way = keyof ReturnType<typeof siteWords>['install']['ways'];
const WAYS: readonly Way[] = ['html', 'settings', 'gtm', 'wordpress', 'shopify', 'react'];

/** Where the chat may be, what to paste there, and whether it has arrived. */
export function Install() {
  const { form, stored, filled, problems, problem, tried, change } = useSetup();
  const t = siteWords().install;
  const csp = useLoaded<ChatCsp>(() => api.siteCsp(stored.site.id), [], stored.site.id);
  const [way, setWay] = useState<Way>('html');
  const bad = problems.find((one) => one.startsWith('hosts.'));
  const badHost = bad === undefined ? null : t.badHost(form.hosts[Number(bad.split('.')[1])] ?? '');
  return (
    <Part name="install" lead={t.lead}>
      <TextField
        label={t.name}
        value={form.name}
        maxLength={80}
        problem={tried && form.name.trim() === '' ? t.badName : null}
        onChange={(name) => change({ name })}
      />
      <LinesField
        key={filled}
        label={t.hosts}
        hint={t.hostsHint}
        values={form.hosts}
        problem={(tried ? badHost : null) ?? (problem === 'BAD_HOST' ? words().errors.BAD_HOST : null)}
        onChange={(hosts) => change({ hosts })}
      />
      <SelectField<Way, Way>
        label={t.way}
        hint={t.hints[way]}
        value={way}
        options={WAYS.map((value) => ({ value, label: t.ways[value] }))}
        onChange={setWay}
      />
      <Snippet label={t.tag} text={tagFor(way, stored.site)} />
      <GuideLink guide="install" />
      {csp.value && (
        <Snippet
          label={t.csp}
          hint={t.cspHint}
          text={csp.value.hostPage.map((line) => `${line};`).join('\n')}
        />
      )}
      <Look />
    </Part>
  );
}

type SnippetProps = { readonly label: string; readonly text: string; readonly hint?: string };

/** Lines to take along. */
function Snippet({ label, text, hint }: SnippetProps) {
  return (
    <section class="snippet" aria-label={label}>
      <h3>{label}</h3>
      {hint && <p class="field-hint">{hint}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by keyboard. */}
      <pre class="code" tabIndex={0}>
        {text}
      </pre>
      <CopyButton text={text} />
    </section>
  );
}

/** Fetches a page of the site, and says what is in the chat's way. */
function Look() {
  const { stored, isChanged } = useSetup();
  const t = siteWords().install;
  const [url, setUrl] = useState(stored.site.hosts.find((host) => !host.includes('*')) ?? '');
  const [report, setReport] = useState<InstallReport | null>(null);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);

  async function look(event: SubmitEvent) {
    event.preventDefault();
    if (busy || url.trim() === '') return;
    setBusy(true);
    setReport(null);
    const answer = await api.lookAtSite(stored.site.id, url.trim());
    setBusy(false);
    setProblem(answer.ok ? null : answer.code);
    if (answer.ok) setReport(answer.value);
  }

  return (
    <form class="stack look-at" onSubmit={(event) => void look(event)}>
      <h3>{t.look}</h3>
      <p class="field-hint">{t.lookHint}</p>
      <TextField
        label={t.lookAt}
        value={url}
        maxLength={2_000}
        problem={problem && words().errors[problem]}
        onChange={setUrl}
      />
      <button type="submit" class="button start" disabled={busy || url.trim() === ''}>
        {busy ? t.looking : t.lookDo}
      </button>
      {isChanged && <p class="field-hint">{t.unsavedFirst}</p>}
      <div role="status" class="look-found" data-good={report?.found === 'tag' && !report.unread}>
        {report && <Found report={report} />}
      </div>
    </form>
  );
}

function Found({ report }: { readonly report: InstallReport }) {
  const lines = 'blocked' in report ? report.blocked : [];
  const unread = report.found === 'tag' ? (report.unread ?? []) : [];
  return (
    <>
      <p>
        {textOf(report)} {report.found === 'leads-away' && <code>{report.url}</code>}
      </p>
      {lines.length > 0 && <pre class="code">{lines.map((line) => `${line};`).join('\n')}</pre>}
      {unread.length > 0 && (
        <>
          <p>{siteWords().install.unread}</p>
          <pre class="code">{unread.join('\n')}</pre>
        </>
      )}
    </>
  );
}

function textOf(report: InstallReport): string {
  const t = siteWords().install;
  if (report.found === 'refused') return t.refused(countOf(report.status));
  if (report.found === 'wrong-key') return t.wrongKey(report.key);
  if (report.found === 'other-relay') return t.otherRelay(report.relay);
  return t.found[report.found];
}

function tagFor(way: Way, { key, tag }: Site): string {
  if (way === 'react') {
    const origin = /"(.*)\/w\//.exec(tag)?.[1];
    // Quoted by itself: to those who look for imports this would be one of the console's.
    const from = JSON.stringify('@fullname/widget/react');
    return `import { FullnameChat } from ${from};\n\n<FullnameChat origin="${origin}" site="${key}" />`;
  }
  if (way !== 'settings') return tag;
  return tag.replace(
    '<script async',
    '<script async\n  data-locale="de"\n  data-position="left"\n  data-theme="dark"\n ',
  );
}
