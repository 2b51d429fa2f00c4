/** The doors beside the events: the console's requests, other systems, files, devices, and those whom the relay does not know. */
import { createECDH, randomBytes, randomUUID } from 'node:crypto';
import type { NewApiKey } from '@fullname/shared/customers';
import type { Result } from '@fullname/shared/errors';
import { PROTOCOL } from '@fullname/shared/limits';
import { io } from 'socket.io-client';
import { agentUpload, visitorUpload } from '../files/upload.ts';
import { type Asker, call, request } from '../support/console-api.ts';
import { type Agent, aVisitor, type Door, type Visitor, type VisitorOptions } from '../support/people.ts';
import { at, secret } from './canary.ts';

export type House = {
  readonly door: Door;
  readonly owner: Asker;
  readonly megan: Agent;
  readonly xuemei: Agent;
  /** Its value; null for a refusal, which is kept by this name. */
  readonly noted: <Value>(name: string, asked: Promise<Result<Value>>) => Promise<Value | null>;
};
type Place = House & { readonly visitor: Visitor; readonly conversation: string };

export function agentNamed(given: string, family: string) {
  const email = `${at('member')}.${randomBytes(3).toString('hex')}@example.com`;
  return { ...{ given, family, email, title: at('title') }, role: 'agent' as const };
}

/** Of an owner, of another system, and of nobody whom the relay knows. */
export function asked({ door, owner, noted }: House): Promise<unknown>[] {
  const { origin } = door;
  const owned = (what: string, body: unknown) => noted(what, request(owner, what, body));
  const phrase = { locale: 'en', situation: 'hello', text: at('phrase'), reason: at('reason') };
  return [
    owned('POST /api/book/changes', {
      ...{ id: randomUUID(), target: null, kind: 'phrase', example: at('example') },
      body: { ...phrase, notWhen: null, tags: [] },
    }),
    owned('POST /api/people', agentNamed('Ada', 'Okafor')),
    owned('POST /api/people', agentNamed('Ada', at('family'))),
    owned('POST /api/sites', { name: at('new-site'), hosts: [`https://${at('host')}.example`] }),
    owned('POST /api/customers/import', {
      ...{ id: randomUUID(), kind: 'purchases', text: `id,what\n1,${at('import')}` },
    }),
    request({ origin }, 'POST /api/session', {
      ...{ email: `${at('sign-in')}@example.com`, password: at('password') },
    }),
    request({ origin, cookie: `__Host-fullname=${at('cookie')}` }, 'GET /api/session'),
    request({ origin }, `POST /api/links/${at('link-token')}`, { password: at('new-password') }),
    request({ origin: `https://${at('origin')}.example` }, 'POST /api/session', {}),
    request({ origin }, 'POST /c/open', { link: at('continue-link') }),
    fetch(`${origin}/c/stop?link=${at('stop-link')}`),
    fetch(`${origin}/${at('path')}?token=${at('url-token')}`, { headers: { 'user-agent': at('agent') } }),
    fetch(`${origin}/api/people`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json', origin } },
      body: `{"${at('broken')}": `,
    }),
    imported(door, owner),
    connected(door, { token: at('visitor-token'), identity: at('jwt') }),
    connected(door, {
      identity: `${btoa('{"alg":"HS256"}')}.${btoa(JSON.stringify({ sub: at('claim') }))}.AAAA`,
    }),
    unheardOf(door),
  ];
}

/** A file of each side. The visitor's, under this id; null where it was refused. */
export async function uploads(place: Place, id: string): Promise<string | null> {
  const { door, visitor, megan: agent, conversation, noted } = place;
  const to = { origin: door.origin, site: door.site };
  const body = Buffer.from(`${at('file-words')}\n`);
  const named = { name: `${at('file-name')}.txt`, type: 'text/plain' };
  const answerOf = <Answer>({ answer }: { readonly answer: Answer }) => answer;
  const theirs = visitorUpload(to, visitor, body, { ...named, id }).then(answerOf);
  const hers = agentUpload(to, { agent, conversation }, body, named).then(answerOf);
  const sent = await noted('a file of the visitor', theirs);
  await noted('a file of the agent', hers);
  return sent?.file ?? null;
}

/** On the page of devices: added, looked at, made anew, stopped; and a chat that forgets who wrote there. */
export async function addDevice({ door, noted }: House, grant: string, token: string): Promise<void> {
  const { origin, site } = door;
  const endpoint = `https://push.example/${at('push-address')}`;
  const p256dh = createECDH('prime256v1').generateKeys().toString('base64url');
  const auth = secret('push-auth', randomBytes(16).toString('base64url'));
  const subscription = { endpoint, keys: { p256dh, auth } };
  const ask = (what: string, body: object) =>
    noted(`device: ${what}`, request({ origin }, `POST /n/${site.key}/${what}`, body));
  await ask('devices', { grant, subscription });
  await ask('told', { grant, endpoint });
  await ask('renew', { before: { endpoint, auth }, subscription });
  await ask('stop', { endpoint });
  await fetch(`${origin}/n/forget`, { method: 'POST', headers: { origin }, body: token });
}

async function imported(door: Door, owner: Asker): Promise<void> {
  const key = await call<NewApiKey>(owner, 'POST /api/keys', { name: at('key-name') });
  const customer = { site: door.site.key, subject: at('subject') };
  const rows = [
    { id: randomUUID(), customer, at: at('when'), what: at('purchase'), amount: 1, currency: 'EUR' },
  ];
  for (const authorization of [`Bearer ${secret('key', key.secret)}`, `Bearer ${at('api-key')}`])
    await fetch(`${door.origin}/api/v1/purchases`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ rows }),
    });
}

async function connected(door: Door, auth: VisitorOptions): Promise<void> {
  await aVisitor(door, auth).then((visitor) => visitor.close());
}

/** Payloads that nobody allows, and an event that nobody knows: it ends the line. */
async function unheardOf(door: Door): Promise<void> {
  const raw = io(`${door.origin}/visitor`, {
    ...{ path: '/socket', transports: ['websocket'], forceNew: true, reconnection: false },
    ...{ auth: { protocol: PROTOCOL, site: door.site.key, locale: 'en' } },
    extraHeaders: { origin: door.origin },
  });
  door.atClose(() => raw.disconnect());
  raw.on('connect', () => {
    raw.emit('message:send', { [at('key')]: at('value') });
    raw.emit(at('unknown-event'), at('payload'));
  });
  await new Promise<void>((over) => {
    raw.once('disconnect', () => over());
    raw.once('connect_error', () => over());
  });
}
