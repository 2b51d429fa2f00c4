import { type KnownAddress, type MergePreview, type MergeSide, MOVES } from '@fullname/shared/customers';
import type { ComponentChildren } from 'preact';
import { countOf, dateOf, languageName } from '../../format.ts';
import { words } from '../../strings/index.ts';

type PreviewProps = {
  readonly preview: MergePreview;
  readonly busy: boolean;
  readonly onSwap: () => void;
  readonly onOther: () => void;
};

/** What a merge would do: both records side by side, whose word stays, what goes over, and what the addresses are worth. */
export function Preview({ preview, busy, onSwap, onOther }: PreviewProps) {
  const t = words().company.merge;
  return (
    <>
      <Sides preview={preview} />
      <p class="merge-acts">
        <button type="button" class="button" disabled={busy} onClick={onSwap}>
          {t.swap}
        </button>
        <button type="button" class="link-button" onClick={onOther}>
          {t.other}
        </button>
      </p>
      <p class="merge-address" data-address={preview.address}>
        {t.address[preview.address]}
      </p>
      <GoesOver preview={preview} />
      <p class="field-hint">{t.staysHint}</p>
    </>
  );
}

type Row = {
  readonly name: keyof MergeSideWords;
  readonly kept: ComponentChildren;
  readonly merged: ComponentChildren;
  /** Which side's word holds afterwards, where they differ; none where both are kept. */
  readonly holds: 'kept' | 'merged' | null;
};
type MergeSideWords = ReturnType<typeof words>['company']['merge']['fields'];

function Sides({ preview }: { readonly preview: MergePreview }) {
  const t = words().company.merge;
  const { kept, merged } = preview;
  return (
    <table class="merge-sides">
      <caption class="visually-hidden">{t.sides}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col" data-side="kept">
            <span class="side-label">{t.kept}</span>
            <span class="side-name" dir="auto">
              {kept.name}
            </span>
          </th>
          <th scope="col" data-side="merged">
            <span class="side-label">{t.merged}</span>
            <span class="side-name" dir="auto">
              {merged.name}
            </span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rowsOf(preview).map((row) => (
          <tr key={row.name} data-differs={row.holds !== null}>
            <th scope="row">
              {t.fields[row.name]}
              {row.holds && <span class="side-differs"> {t.differs}</span>}
            </th>
            <td>
              <span dir="auto">{row.kept}</span>
              {row.holds === 'kept' && <Holds text={t.stays} />}
            </td>
            <td>
              <span dir="auto">{row.merged}</span>
              {row.holds === 'merged' && <Holds text={t.fills} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Holds({ text }: { readonly text: string }) {
  return <span class="side-holds">{text}</span>;
}

function rowsOf({ kept, merged, differs }: MergePreview): Row[] {
  const none = words().company.merge.none;
  /** Where one side says nothing there is nothing to choose; what it lacks is taken over. */
  const holds = (name: 'name' | 'ally' | 'locale' | 'email'): Row['holds'] => {
    if (!differs.includes(name) || merged[name] === null) return null;
    return kept[name] === null ? 'merged' : 'kept';
  };
  const isEarlier = Date.parse(merged.since) < Date.parse(kept.since);
  const since = differs.includes('since') ? (isEarlier ? 'merged' : 'kept') : null;
  const language = ({ locale }: MergeSide) => (locale === null ? none : languageName(locale));
  return [
    ...(kept.name === merged.name
      ? []
      : [{ name: 'name' as const, kept: kept.name, merged: merged.name, holds: holds('name') }]),
    { name: 'since', kept: dateOf(kept.since), merged: dateOf(merged.since), holds: since },
    {
      name: 'ally',
      kept: kept.ally?.fullName ?? none,
      merged: merged.ally?.fullName ?? none,
      holds: holds('ally'),
    },
    { name: 'locale', kept: language(kept), merged: language(merged), holds: holds('locale') },
    {
      name: 'email',
      kept: <Addresses of={kept.addresses} />,
      merged: <Addresses of={merged.addresses} />,
      holds: holds('email'),
    },
    ...(kept.identities.length + merged.identities.length === 0
      ? []
      : [
          {
            name: 'identities' as const,
            kept: <Identities side={kept} />,
            merged: <Identities side={merged} />,
            holds: null,
          },
        ]),
  ];
}

function Addresses({ of }: { readonly of: readonly KnownAddress[] }) {
  const t = words().company.merge;
  if (of.length === 0) return <>{t.none}</>;
  return (
    <ul>
      {of.map(({ email, proof }) => (
        <li key={email}>
          <span class="side-address">{email}</span>
          <span class="side-proof" data-proof={proof}>
            {t.proof[proof]}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Identities({ side }: { readonly side: MergeSide }) {
  if (side.identities.length === 0) return <>{words().company.merge.none}</>;
  return (
    <ul>
      {side.identities.map(({ site, subject }) => (
        <li key={`${site} ${subject}`}>
          {site} <code>{subject}</code>
        </li>
      ))}
    </ul>
  );
}

function GoesOver({ preview }: { readonly preview: MergePreview }) {
  const t = words().company.merge;
  const going = MOVES.filter((name) => preview.moves[name] > 0);
  return (
    <section>
      <h3 class="goes-over">{t.goesOver}</h3>
      {going.length === 0 ? (
        <p class="field-hint">{t.nothing}</p>
      ) : (
        <dl class="tally">
          {going.map((name) => (
            <div key={name}>
              <dt>{t.moves[name]}</dt>
              <dd>{countOf(preview.moves[name])}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
