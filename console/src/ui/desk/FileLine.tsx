/** A file in its bubble: a small picture as it is, everything by name and size; the bytes are fetched when somebody wants them. */
import type { Entry } from '@fullname/shared/model';
import { useEffect, useRef, useState } from 'preact/hooks';
import { bytesOf, timeOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { sayProblem } from '../../toast.ts';

type FileBubbleProps = {
  readonly thread: Thread;
  readonly entry: Extract<Entry, { kind: 'file' }>;
};

/** Larger pictures are fetched when somebody asks for them. */
const SHOWN_BYTES = 3_000_000;

export function FileBubble({ thread, entry }: FileBubbleProps) {
  const isShown = entry.type.startsWith('image/') && entry.bytes <= SHOWN_BYTES;
  const open = async () => sayProblem(await thread.openFile(entry.file));
  return (
    <div class="bubble" dir="auto" title={timeOf(entry.at)}>
      {isShown && <Picture thread={thread} file={entry.file} />}
      <button type="button" class="link-button" onClick={() => void open()}>
        {words().thread.file(entry.text, bytesOf(entry.bytes))}
      </button>
    </div>
  );
}

/** Its address, good for minutes, is asked for when somebody could see it. What cannot be shown leaves its name alone. */
function Picture({ thread, file }: { readonly thread: Thread; readonly file: string }) {
  const place = useRef<HTMLSpanElement>(null);
  const [url, setUrl] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const watch = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      watch.disconnect();
      void thread.fileLink(file).then((answer) => {
        if (answer.ok) setUrl(answer.value.url);
        else setFailed(true);
      });
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [thread, file]);
  if (failed) return null;
  return (
    <span ref={place} class="file-picture">
      {url && <img src={url} alt="" onError={() => setFailed(true)} />}
    </span>
  );
}
