import type { Member, NewMember, SessionInfo } from '@fullname/shared/api';
import type { Result } from '@fullname/shared/errors';

/** The first use of an empty relay: the owner opens the printed link. Gives the owner's cookie. */
export async function setUpOwner(origin: string, printed: string): Promise<string> {
  const link = printed.match(/#link=[\w-]+/)?.[0];
  if (link === undefined) throw new Error(`The relay printed no set-up link:\n${printed}`);
  const owner = { given: 'Ruth', family: 'Asante', email: 'ruth.asante@example.com' };
  return (await acceptLink(origin, tokenIn(link), owner)).cookie;
}

/** Who asks the console's HTTP interface: a browser with this cookie, on a page of this origin. */
export type Asker = { readonly origin: string; readonly cookie?: string };

/** Asks the console's HTTP interface, `METHOD /api/…`, and gives its Result as it is. */
export async function request<Value>(asker: Asker, what: string, body?: unknown): Promise<Result<Value>> {
  return (await (await send(asker, what, body)).json()) as Result<Value>;
}

/** The same, for what must succeed. */
export async function call<Value>(asker: Asker, what: string, body?: unknown): Promise<Value> {
  const result = await request<Value>(asker, what, body);
  if (!result.ok) throw new Error(`${what} was refused: ${result.code}`);
  return result.value;
}

/** Every person's password in the tests: long enough, and known to nobody's list. */
const PASSWORD = 'six brown hens by the pond';

/** Accepts a set-up, invitation or reset link as a browser does; gives the new session's cookie and its person. */
export async function acceptLink(
  origin: string,
  token: string,
  answer: { given?: string; family?: string; email?: string } = {},
): Promise<{ cookie: string; person: Member }> {
  return enter(await send({ origin }, `POST /api/links/${token}`, { ...answer, password: PASSWORD }));
}

/** Signs in by a one-time link, as a browser does that follows it. */
export async function signInByLink(
  origin: string,
  link: string,
): Promise<{ cookie: string; person: Member }> {
  return enter(await send({ origin }, 'POST /api/session/link', { token: tokenIn(link) }));
}

async function enter(response: Response): Promise<{ cookie: string; person: Member }> {
  const result = (await response.json()) as Result<SessionInfo>;
  if (!result.ok) throw new Error(`The link was refused: ${result.code}`);
  return { cookie: cookieOf(response), person: result.value.person };
}

/** Signs in by a one-time link, as a browser does. */
export async function enterByLink(
  origin: string,
  token: string,
): Promise<{ cookie: string; person: Member }> {
  const response = await send({ origin }, 'POST /api/session/link', { token });
  const result = (await response.json()) as Result<SessionInfo>;
  if (!result.ok) throw new Error(`The link was refused: ${result.code}`);
  return { cookie: cookieOf(response), person: result.value.person };
}

/** Invites somebody as the owner does, and accepts as they do. */
export async function join(owner: Asker, member: NewMember): Promise<{ cookie: string; person: Member }> {
  const { link } = await call<{ link: string }>(owner, 'POST /api/people', member);
  return acceptLink(owner.origin, tokenIn(link));
}

/** The token in a one-time link: in its fragment, or the whole of it. */
export function tokenIn(link: string): string {
  return /#[\w-]+=([\w-]+)/.exec(link)?.[1] ?? link;
}

/** A response's cookies as a browser would send them back. */
function cookieOf(response: Response): string {
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  return cookies.join('; ');
}

function send({ origin, cookie }: Asker, what: string, body?: unknown): Promise<Response> {
  const [method = 'GET', path = '/'] = what.split(' ');
  return fetch(origin + path, {
    method,
    headers: {
      origin,
      ...(cookie !== undefined && { cookie }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
