/** Above the field: files on their way, each with how far it is and a way on. */
import { PASSING } from '@fullname/shared/errors';
import { useRef } from 'preact/hooks';
import { fileRules } from '../../file-rules.ts';
import { mayRetry, type SendingFile } from '../../files.ts';
import { bytesOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { Icon } from '../common/Icon.tsx';

export function FilesTray({ thread }: { readonly thread: Thread }) {
  const { sending } = thread.files;
  if (sending.value.length === 0) return null;
  return (
    <ul class="files-tray" aria-label={words().files.label}>
      {sending.value.map((file) => (
        <Row key={file.id} thread={thread} file={file} />
      ))}
    </ul>
  );
}

function Row({ thread, file }: { readonly thread: Thread; readonly file: SendingFile }) {
  const { files: t, errors } = words();
  const { id, name, refused, share } = file;
  const quarter = Math.floor(share * 4) * 25;
  return (
    <li data-refused={refused !== null}>
      <span class="files-name" dir="auto">
        {name} ({bytesOf(file.bytes)})
      </span>
      {refused === null ? (
        <progress max={1} value={share} aria-label={t.sending(name)} />
      ) : (
        <span class="composer-problem" role="alert">
          {PASSING.includes(refused)
            ? t.stopped
            : refused === 'FILE_TOO_LARGE'
              ? t.tooLarge(bytesOf(fileRules(thread.detail.value.site.id).maxBytes))
              : errors[refused]}
        </span>
      )}
      {/* Four times on the way: each percent would drown what is said meanwhile. */}
      <span class="visually-hidden" role="status">
        {refused === null && `${t.sending(name)}: ${quarter} %`}
      </span>
      {mayRetry(file) && (
        <button type="button" class="link-button" onClick={() => thread.files.retry(id)}>
          {t.retry}
        </button>
      )}
      <button type="button" class="link-button" onClick={() => thread.files.cancel(id)}>
        {refused === null ? t.cancel : t.drop}
      </button>
    </li>
  );
}

const ACCEPT =
  'image/jpeg,image/png,image/gif,image/webp,application/pdf,text/plain,.txt,.text,.log,.md,.csv';

type AttachButtonProps = { readonly site: string; readonly onFiles: (files: readonly File[]) => void };

/** Not there where the site takes no files; otherwise it says how large one may be. */
export function AttachButton({ site, onFiles }: AttachButtonProps) {
  const picker = useRef<HTMLInputElement>(null);
  const t = words().files;
  const { on, maxBytes } = fileRules(site);
  if (!on) return null;
  const label = t.attach(bytesOf(maxBytes));
  return (
    <>
      <input
        ref={picker}
        type="file"
        accept={ACCEPT}
        multiple
        hidden
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same file once more is a choice too.
          currentTarget.value = '';
        }}
      />
      <button
        type="button"
        class="icon-button"
        aria-label={label}
        data-tip={label}
        onClick={() => picker.current?.click()}
      >
        <Icon name="clip" />
      </button>
    </>
  );
}
