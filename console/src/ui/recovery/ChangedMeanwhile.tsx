import { words } from '../../strings/index.ts';
import { type FieldChange, fieldName } from './record-words.ts';

/** Somebody changed the record while it is being rewritten here: their words, before ours go over them. */
export function ChangedMeanwhile({ theirs }: { readonly theirs: readonly FieldChange[] }) {
  if (theirs.length === 0) return null;
  return (
    <div class="meanwhile" role="alert">
      <p>{words().recovery.record.changed}</p>
      <Changes changes={theirs} />
    </div>
  );
}

/** Field by field: what stood there, what stands there now. */
export function Changes({ changes }: { readonly changes: readonly FieldChange[] }) {
  const t = words().recovery.record;
  return (
    <dl class="changes">
      {changes.map(({ field, was, is }) => (
        <div key={field}>
          <dt>{fieldName(field)}</dt>
          <dd>
            {was && (
              <del dir="auto">
                <span class="visually-hidden">{words().common.label(t.before)}</span>
                {was}
              </del>
            )}{' '}
            <ins dir="auto">
              <span class="visually-hidden">{words().common.label(t.after)}</span>
              {is || t.empty}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
