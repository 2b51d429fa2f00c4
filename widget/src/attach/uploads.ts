/**
 * The bytes of files on their way to the relay: one file after the other in the order in which they were chosen, under the ids of
 * their items, as often as it takes. What the relay has twice under one id it keeps once.
 */
import type { ErrorCode, Failed, Result } from '@fullname/shared/errors';
import type { UploadedFile } from '@fullname/shared/files';
import type { Outbox, OutboxItem } from '../outbox.ts';
import type { Identity } from '../session.ts';

export type UploadParts = {
  readonly origin: string;
  readonly site: string;
  /** One tab at a time, but not for ever. */
  readonly alone: <Value>(name: string, patience: number, run: () => Promise<Value>) => Promise<Value>;
  /** Whether a later try may mend it. */
  readonly passes: (code: ErrorCode) => boolean;
  /** Milliseconds before the next try. */
  readonly backoff: (tries: number) => number;
  readonly outbox: Pick<Outbox, 'items' | 'body' | 'uploaded' | 'refused'>;
  readonly connected: () => boolean;
  /** Who sends, and where to: a conversation that the relay knows, prepared where nothing was said yet. */
  readonly ready: () => Promise<Result<Identity>>;
  /** The relay has this conversation no more. */
  readonly gone: (identity: Identity) => Promise<void>;
  /** From 0 to 1; null when nothing is on its way. */
  readonly progress: (id: string, share: number | null) => void;
};

export type Uploads = {
  /** Something has changed: begins what waits, ends what was taken back. */
  look(): void;
};

/** A tab that was frozen while it uploads does not hold up the others for ever. */
const PATIENCE_MS = 90_000;
/** Bytes that do not move for so long are on a dead line. */
const STALLED_MS = 30_000;
/** The line is there, and this file does not come through it: somebody is told, who may try again. */
const TRIES_MAX = 6;

export function createUploads(parts: UploadParts): Uploads {
  const { outbox, connected, progress } = parts;
  let current: { readonly id: string; readonly ends: AbortController } | null = null;
  let running = false;
  let tries = 0;
  let rested: (() => void) | null = null;

  const waiting = (): OutboxItem | undefined =>
    outbox.items().find((item) => item.file?.uploaded === null && !item.failed);

  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    for (let item = waiting(); item && connected(); item = waiting()) {
      const { id } = item;
      const ends = new AbortController();
      current = { id, ends };
      progress(id, 0);
      const answer = await parts.alone(`fullname.${parts.site}.files`, PATIENCE_MS, () =>
        send(id, ends.signal),
      );
      current = null;
      progress(id, null);
      // Taken back, or sent by another tab.
      if (!outbox.items().some((one) => one.id === id)) continue;
      if (answer.ok) {
        tries = 0;
        await outbox.uploaded(id, answer.value.file);
      } else await stumble(id, answer.code);
    }
    running = false;
  };

  const stumble = async (id: string, code: ErrorCode): Promise<void> => {
    if (!parts.passes(code) || (connected() && ++tries >= TRIES_MAX)) {
      tries = 0;
      return outbox.refused(id, code);
    }
    await new Promise<void>((resolve) => {
      rested = resolve;
      setTimeout(resolve, parts.backoff(tries));
    });
  };

  const send = async (id: string, signal: AbortSignal): Promise<Result<UploadedFile>> => {
    const item = outbox.items().find((one) => one.id === id);
    const body = item && (await outbox.body(id));
    if (!item?.file || !body) return failed('UNKNOWN');
    const ready = await parts.ready();
    if (!ready.ok) return ready;
    const { token, conversation } = ready.value;
    const query = new URLSearchParams({ site: parts.site, conversation, id });
    const answer = await post(`${parts.origin}/w/files?${query}`, body, {
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': item.file.type,
        'x-file-name': encodeURIComponent(item.text),
      },
      signal,
      share: (share) => progress(id, share),
    });
    if (answer.ok || answer.code !== 'UNKNOWN_CONVERSATION') return answer;
    await parts.gone(ready.value);
    return failed('UNAVAILABLE');
  };

  return {
    look() {
      if (current && !outbox.items().some((item) => item.id === current?.id)) current.ends.abort();
      if (connected()) rested?.();
      void run();
    },
  };
}

type Sending = {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly share: (share: number) => void;
};

/** By XMLHttpRequest: nothing else tells a page how much of it is out. */
function post(url: string, body: Blob, { headers, signal, share }: Sending): Promise<Result<UploadedFile>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const stop = (): void => request.abort();
    let stalled: ReturnType<typeof setTimeout> | undefined;
    const moves = (): void => {
      clearTimeout(stalled);
      stalled = setTimeout(stop, STALLED_MS);
    };
    request.open('POST', url);
    request.responseType = 'json';
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => {
      moves();
      share(loaded / (total || 1));
    };
    request.onloadend = () => {
      clearTimeout(stalled);
      signal.removeEventListener('abort', stop);
      resolve(answered(request));
    };
    signal.addEventListener('abort', stop);
    moves();
    request.send(body);
    if (signal.aborted) stop();
  });
}

function failed(code: ErrorCode): Failed {
  return { ok: false, code };
}

/** A proxy before the relay speaks in its own words. */
function answered({ status, response }: XMLHttpRequest): Result<UploadedFile> {
  const answer = response as Result<UploadedFile> | null;
  if (typeof answer?.ok === 'boolean') return answer;
  return failed(status === 413 ? 'FILE_TOO_LARGE' : 'UNAVAILABLE');
}
