import { useId, useState } from 'preact/hooks';
import { words } from '../../strings/index.ts';

/** A file is dropped here, or chosen by the browser's own dialog. */
export function DropFile({ onFile }: { readonly onFile: (file: File) => void }) {
  const t = words().company.import;
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file) onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the mouse; the keyboard has the button inside.
    <div
      class="drop-file"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <span>{t.drop}</span>{' '}
      <label class="file-button" for={id}>
        {t.choose}
      </label>
      <input
        id={id}
        class="visually-hidden"
        type="file"
        aria-label={t.file}
        accept=".csv,.txt,.tsv,text/csv,text/plain"
        onChange={(event) => {
          take(event.currentTarget.files);
          // The same file, mended, can be chosen again.
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}
