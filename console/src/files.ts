/**
 * Files on their way to a visitor: bytes by HTTP, then the entry by `file:send`, both under one id, so that a retry is never a double.
 * One after the other, in the order in which they were chosen. They live in this tab: what is not sent when it closes is not sent.
 */
import { type ErrorCode, failed, PASSING, type Result } from '@fullname/shared/errors';
import { type FileType, isFileType, type UploadedFile } from '@fullname/shared/files';
import { RETRY_MAX_MS, RETRY_MIN_MS } from '@fullname/shared/limits';
import type { Entry } from '@fullname/shared/model';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Connection } from './connection.ts';
import { type FileRules, fileRules, readFileRules } from './file-rules.ts';
import { newId } from './ids.ts';

export type SendingFile = {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  /** How much of it is out, from 0 to 1. */
  readonly share: number;
  /** Why it was not sent; null while it waits or is on its way. */
  readonly refused: ErrorCode | null;
};

type Files = {
  readonly sending: ReadonlySignal<readonly SendingFile[]>;
  /** What cannot be sent at all is there at once, with its reason. */
  add(files: readonly File[]): void;
  /** Whoever tries again has read what was answered in between. */
  retry(id: string): void;
  cancel(id: string): void;
};

type FilesParts = {
  readonly connection: Pick<Connection, 'ask'>;
  readonly conversation: string;
  readonly site: string;
  /** The last entry on the screen. */
  readonly seen: () => number;
  readonly onSent: (entry: Entry) => void;
};

/** An upload goes on while its agent looks at another conversation. */
const kept = new Map<string, { readonly files: Files; parts: FilesParts }>();

export function filesOf(parts: FilesParts): Files {
  const known = kept.get(parts.conversation);
  if (known) {
    known.parts = parts;
    return known.files;
  }
  const made = { parts, files: createFiles(() => kept.get(parts.conversation)?.parts ?? parts) };
  kept.set(parts.conversation, made);
  return made.files;
}

/** The thread is no longer shown: without files on their way nothing of it is kept. */
export function forgetFilesOf(conversation: string): void {
  if (kept.get(conversation)?.files.sending.peek().length === 0) kept.delete(conversation);
}

const TRIES_MAX = 5;
const TEXTS = /\.(txt|text|log|md|csv)$/i;

function createFiles(now: () => FilesParts): Files {
  const sending = signal<readonly SendingFile[]>([]);
  const bodies = new Map<string, File>();
  const again = new Set<string>();
  let current: { readonly id: string; readonly ends: AbortController } | null = null;
  let running = false;

  const find = (id: string) => sending.peek().find((one) => one.id === id);
  const change = (id: string, to: Partial<SendingFile>) => {
    sending.value = sending.peek().map((one) => (one.id === id ? { ...one, ...to } : one));
  };
  const drop = (id: string) => {
    bodies.delete(id);
    again.delete(id);
    sending.value = sending.peek().filter((one) => one.id !== id);
  };

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    addEventListener('beforeunload', askBeforeLeaving);
    for (let next = waiting(); next; next = waiting()) {
      const ends = new AbortController();
      current = { id: next.id, ends };
      const answer = await persist(next.id, ends.signal);
      current = null;
      if (!find(next.id)) continue;
      if (answer.ok) {
        now().onSent(answer.value);
        drop(next.id);
      } else {
        change(next.id, { refused: answer.code });
        // The owner has set something else since the rules were read.
        if (answer.code === 'FILE_TOO_LARGE' || answer.code === 'FILES_OFF') void readFileRules();
      }
    }
    removeEventListener('beforeunload', askBeforeLeaving);
    running = false;
  }

  const waiting = () => sending.peek().find((one) => one.refused === null);

  async function persist(id: string, signal: AbortSignal): Promise<Result<Entry>> {
    for (let tries = 1; ; tries += 1) {
      const answer = await send(id, signal);
      if (answer.ok || !PASSING.includes(answer.code) || tries >= TRIES_MAX || signal.aborted) return answer;
      await new Promise((later) => setTimeout(later, Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** tries)));
    }
  }

  async function send(id: string, signal: AbortSignal): Promise<Result<Entry>> {
    const body = bodies.get(id);
    const type = body && typeOf(body);
    if (!body || !type) return failed('FILE_REFUSED');
    const { connection, conversation, seen } = now();
    const up = await upload(
      { conversation, id, name: body.name, type, body },
      { signal, share: (share) => change(id, { share }) },
    );
    if (!up.ok) return up;
    const sent = { conversation, id, file: up.value.file };
    return connection.ask('file:send', again.has(id) ? sent : { ...sent, seen: seen() });
  }

  return {
    sending,
    add(files) {
      const added = files.map((file) => ({
        ...{
          id: newId(),
          name: file.name,
          bytes: file.size,
          share: 0,
          refused: problemOf(file, fileRules(now().site)),
        },
      }));
      for (const [index, { id }] of added.entries()) {
        const file = files[index];
        if (file) bodies.set(id, file);
      }
      sending.value = [...sending.peek(), ...added];
      void run();
    },
    retry(id) {
      again.add(id);
      change(id, { refused: null, share: 0 });
      void run();
    },
    cancel(id) {
      if (current?.id === id) current.ends.abort();
      drop(id);
    },
  };
}

/** The browser asks in its own words. */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** What no second try would change. */
const FINAL: readonly ErrorCode[] = ['FILE_REFUSED', 'FILE_TOO_LARGE', 'FILES_OFF'];

export function mayRetry({ refused }: SendingFile): boolean {
  return refused !== null && !FINAL.includes(refused);
}

function problemOf(file: File, { on, maxBytes }: FileRules): ErrorCode | null {
  if (!on) return 'FILES_OFF';
  if (typeOf(file) === null) return 'FILE_REFUSED';
  return file.size > maxBytes ? 'FILE_TOO_LARGE' : null;
}

function typeOf({ type, name, size }: File): FileType | null {
  if (size === 0) return null;
  if (isFileType(type)) return type;
  return TEXTS.test(name) ? 'text/plain' : null;
}

type Upload = {
  readonly conversation: string;
  readonly id: string;
  readonly name: string;
  readonly type: FileType;
  readonly body: Blob;
};
type Watch = { readonly signal: AbortSignal; readonly share: (share: number) => void };

/** By XMLHttpRequest: nothing else tells a page how much of it is out. */
function upload(
  { conversation, id, name, type, body }: Upload,
  { signal, share }: Watch,
): Promise<Result<UploadedFile>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/conversations/${conversation}/files?id=${id}`);
    request.responseType = 'json';
    request.setRequestHeader('content-type', type);
    request.setRequestHeader('x-file-name', encodeURIComponent(name));
    request.upload.onprogress = ({ loaded, total }) => share(loaded / (total || 1));
    request.onloadend = () => {
      const answer = request.response as Result<UploadedFile> | null;
      if (typeof answer?.ok === 'boolean') resolve(answer);
      else resolve(failed(request.status === 413 ? 'FILE_TOO_LARGE' : 'UNAVAILABLE'));
    };
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(body);
  });
}
