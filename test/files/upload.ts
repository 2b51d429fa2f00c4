/** A file from a browser: bytes, with what a page can set. */
import type { Result } from '@fullname/shared/errors';
import type { UploadedFile } from '@fullname/shared/files';
import { type Agent, newId, type Visitor } from '../support/people.ts';

export type Sent = {
  readonly id?: string;
  readonly name?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

type Place = { readonly origin: string; readonly site: { readonly key: string } };

/** What a visitor's frame asks; `status` is HTTP's. */
export async function post(
  url: string,
  body: Uint8Array,
  { name = 'rose.png', type = 'image/png', headers = {} }: Sent,
): Promise<{ status: number; answer: Result<UploadedFile>; headers: Headers }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': type, 'x-file-name': encodeURIComponent(name), ...headers },
    body: Buffer.from(body),
  });
  return {
    status: response.status,
    answer: (await response.json()) as Result<UploadedFile>,
    headers: response.headers,
  };
}

export function visitorUpload(
  { origin, site }: Place,
  { token, conversation }: Pick<Visitor, 'token' | 'conversation'>,
  body: Uint8Array,
  sent: Sent = {},
) {
  const query = new URLSearchParams({ site: site.key, conversation, id: sent.id ?? newId() });
  const headers = { origin, authorization: `Bearer ${token}`, ...sent.headers };
  return post(`${origin}/w/files?${query}`, body, { ...sent, headers });
}

export function agentUpload(
  { origin }: Pick<Place, 'origin'>,
  { agent, conversation }: { agent: Pick<Agent, 'cookie'>; conversation: string },
  body: Uint8Array,
  sent: Sent = {},
) {
  const headers = { origin, cookie: agent.cookie, ...sent.headers };
  return post(`${origin}/api/conversations/${conversation}/files?id=${sent.id ?? newId()}`, body, {
    ...sent,
    headers,
  });
}

/** What must succeed. */
export function value<Value>({ answer }: { answer: Result<Value> }): Value {
  if (!answer.ok) throw new Error(`It was refused: ${answer.code}`);
  return answer.value;
}

export function code({ answer }: { answer: Result<unknown> }): string {
  return answer.ok ? 'ok' : answer.code;
}
