/**
 * Files in and out, beside the sockets, whose frames are small. In: bytes with a visitor's token or an agent's session, under the
 * client's own id. Out: by a signed address, without a cookie, as something to be kept and never as a page.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isFileType } from '@fullname/shared/files';
import { isId, isToken } from '@fullname/shared/ids';
import type { ConversationStatus } from '@fullname/shared/model';
import { type Request, type Response, Router } from 'express';
import { mustRead, ownConversation } from '../desk/conversations.ts';
import type { Reader } from '../files/links.ts';
import { disposition } from '../files/names.ts';
import { piecesOf, readSentFile, takeUpload } from '../files/uploads.ts';
import { visitorOfToken } from '../people/continued.ts';
import { RelayError } from '../relay-error.ts';
import { siteByKey, siteSettings } from '../site/sites.ts';
import { answer, forAgents } from './answer.ts';
import type { HttpDeps } from './deps.ts';
import { apiHeaders, FILE_HEADERS } from './headers.ts';
import { receive } from './receive.ts';

/** Mounted at /w/files: `?site=KEY&conversation=ID&id=ID`, the token as `Authorization: Bearer`, the name in `X-File-Name`. */
export function visitorUploads(deps: HttpDeps): Router {
  const { db } = deps.database;
  const router = Router();
  router.post(
    '/',
    apiHeaders,
    answer(async (request, response) => {
      // Other pages cannot send these headers without asking first, and nobody answers them; this is for those who look no further.
      const { origin } = request.headers;
      if (origin !== undefined && origin !== deps.origins().public) throw new RelayError('BAD_ORIGIN');
      const { conversation, visitor } = await callerOf(deps, request);
      return take(deps, { request, response }, { conversation, sender: visitor });
    }),
  );
  return router;

  async function callerOf({ floor }: HttpDeps, request: Request) {
    const token = /^Bearer +(\S{1,100})$/i.exec(request.headers.authorization ?? '')?.[1];
    const site = await siteByKey(db, one(request, 'site'));
    if (!site) throw new RelayError('UNKNOWN_SITE');
    const visitor = isToken(token) ? await visitorOfToken(db, site.id, token) : null;
    if (!visitor) throw new RelayError('BAD_TOKEN');
    if (visitor.blocked) throw new RelayError('BLOCKED');
    const conversation = await ownConversation(floor, visitor.id, idIn(request, 'conversation'));
    return { visitor: visitor.id, conversation };
  }
}

/** Part of /api, before what asks for JSON: `POST /conversations/ID/files?id=ID`. */
export function agentUploads(deps: HttpDeps): Router {
  const router = Router();
  router.post(
    '/conversations/:conversation/files',
    forAgents(deps.database.db, async ({ request, response, agent }) => {
      const asked = request.params.conversation;
      if (!isId(asked)) throw new RelayError('UNKNOWN');
      const conversation = await mustRead(deps.floor, asked);
      mayAnswer(conversation, agent.id);
      return take(deps, { request, response }, { conversation, sender: agent.id });
    }),
  );
  return router;
}

/** The same as the log asks of a reply; asked before the bytes, not after them. */
function mayAnswer(
  { status, holder }: { readonly status: ConversationStatus; readonly holder: string | null },
  agent: string,
): void {
  if (status === 'closed' || status === 'spam') throw new RelayError('CLOSED');
  if (holder === null) throw new RelayError('NOT_TAKEN');
  if (holder !== agent) throw new RelayError('NOT_YOURS');
}

type Asked = { readonly request: Request; readonly response: Response };
type Into = {
  readonly conversation: { readonly id: string; readonly site: string };
  readonly sender: string;
};

async function take(deps: HttpDeps, { request, response }: Asked, { conversation, sender }: Into) {
  const { db } = deps.database;
  const { attachments } = await siteSettings(db, conversation.site);
  if (!attachments.on) throw new RelayError('FILES_OFF');
  const clientId = idIn(request, 'id');
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!isFileType(type)) throw new RelayError('FILE_REFUSED');
  const name = nameIn(request);
  const length = lengthOf(request);
  if (length > attachments.maxBytes) throw new RelayError('FILE_TOO_LARGE');
  await deps.limits.upload({ request, response }, { sender, bytes: length });
  const body = await receive(request, length);
  return takeUpload(
    db,
    { conversation: conversation.id, sender, clientId, name, type, body },
    deps.floor.now,
  );
}

/** Mounted at /f. One answer for what is not there, not signed, or not for this reader. */
export function fileDownloads(deps: HttpDeps): Router {
  const { db } = deps.database;
  const router = Router();
  router.get('/:file/:name', async (request, response) => {
    const id = request.params.file;
    const file = isId(id) ? await readSentFile(db, id) : null;
    if (!file) throw new RelayError('UNKNOWN');
    const signed = {
      ...{ file: file.id, until: one(request, 'until'), signature: one(request, 'signature') },
    };
    const person = one(request, 'for');
    const reader: Reader =
      person === '' ? { kind: 'visitor', id: file.visitor } : { kind: 'person', id: person };
    const held = deps.floor.links.holds(reader, signed);
    if (held === 'no' || !mayRead(reader, file.isOpen)) throw new RelayError('UNKNOWN');
    if (held === 'over') throw new RelayError('LINK_USED');
    response.set({
      ...FILE_HEADERS,
      'Content-Type': file.type === 'text/plain' ? 'text/plain; charset=utf-8' : file.type,
      'Content-Disposition': disposition(file.name),
      'Content-Length': String(file.bytes),
    });
    if (request.method === 'HEAD') response.end();
    else await send(file.id, response);
  });
  return router;

  /** What a reader may today: a link outlives the right with which it was made by some minutes at most, and not here. */
  function mayRead(reader: Reader, isOpen: boolean): boolean {
    return reader.kind === 'visitor' ? isOpen : deps.directory.get(reader.id)?.active === true;
  }

  /** One piece after the other, as fast as they are taken. Who leaves in the middle is no trouble. */
  async function send(file: string, response: Response): Promise<void> {
    const pieces = Readable.from(piecesOf(db, file), { highWaterMark: 1 });
    await pipeline(pieces, response).catch((error: unknown) => {
      if (!response.destroyed) throw error;
      deps.log.debug({ err: error }, 'a file was not read to its end');
    });
  }
}

function one(request: Request, name: string): string {
  const value = request.query[name];
  return typeof value === 'string' ? value : '';
}

function idIn(request: Request, name: string): string {
  const id = one(request, name);
  if (!isId(id)) throw new RelayError('INVALID_PAYLOAD');
  return id;
}

/** Browsers say how long a file is; who does not is not let begin. */
function lengthOf({ headers }: Request): number {
  const given = headers['content-length'];
  if (given === undefined || !/^\d{1,12}$/.test(given) || headers['content-encoding'] !== undefined)
    throw new RelayError('INVALID_PAYLOAD');
  return Number(given);
}

const NAME_HEADER_MAX = 2_000;

/** Percent-encoded: headers hold ASCII. */
function nameIn({ headers }: Request): string {
  const given = headers['x-file-name'];
  if (typeof given !== 'string' || given.length > NAME_HEADER_MAX) throw new RelayError('INVALID_PAYLOAD');
  try {
    return decodeURIComponent(given);
  } catch {
    throw new RelayError('INVALID_PAYLOAD');
  }
}
