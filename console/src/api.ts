/** The only file that fetches. Every answer is a Result; a network that fails is UNAVAILABLE. */
import type {
  AcceptLink,
  LinkInfo,
  Member,
  MemberChange,
  NewMember,
  PhraseDraft,
  SessionInfo,
  SignIn,
  Site,
  SiteDraft,
} from '@fullname/shared/api';
import { ERROR_TEXTS, failed, type Result } from '@fullname/shared/errors';
import type { Nothing } from '@fullname/shared/events';
import type { Locale } from '@fullname/shared/locale';
import type { Phrase } from '@fullname/shared/model';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export const api = {
  session: () => call<SessionInfo>('GET', '/session'),
  signIn: (body: SignIn) => call<SessionInfo>('POST', '/session', body),
  signOut: () => call<Nothing>('DELETE', '/session'),
  signInByLink: (token: string) => call<SessionInfo>('POST', '/session/link', { token }),
  changePassword: (body: { current: string; next: string }) =>
    call<Nothing>('POST', '/session/password', body),
  link: (token: string) => call<LinkInfo>('GET', `/links/${encodeURIComponent(token)}`),
  acceptLink: (token: string, body: AcceptLink) =>
    call<SessionInfo>('POST', `/links/${encodeURIComponent(token)}`, body),
  people: () => call<Member[]>('GET', '/people'),
  invite: (body: NewMember) => call<{ member: Member; link: string }>('POST', '/people', body),
  changeMember: (id: string, body: MemberChange) => call<Member>('PATCH', `/people/${id}`, body),
  resetMember: (id: string) => call<{ link: string }>('POST', `/people/${id}/reset`, {}),
  sites: () => call<Site[]>('GET', '/sites'),
  addSite: (body: SiteDraft) => call<Site>('POST', '/sites', body),
  changeSite: (id: string, body: SiteDraft) => call<Site>('PATCH', `/sites/${id}`, body),
  siteSecret: (id: string) => call<{ secret: string }>('GET', `/sites/${id}/secret`),
  phrases: (locale: Locale) =>
    call<{ version: number; phrases: Phrase[] }>('GET', `/phrases?locale=${locale}`),
  addPhrase: (body: PhraseDraft) => call<Phrase>('POST', '/phrases', body),
  changePhrase: (id: string, body: PhraseDraft) => call<Phrase>('PATCH', `/phrases/${id}`, body),
  removeDemo: () => call<Nothing>('DELETE', '/demo'),
};

async function call<Value>(method: Method, path: string, body?: unknown): Promise<Result<Value>> {
  try {
    const response = await fetch(`/api${path}`, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      ...(body === undefined
        ? {}
        : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    return isResult(answer) ? (answer as Result<Value>) : failed('UNAVAILABLE');
  } catch {
    return failed('UNAVAILABLE');
  }
}

/** A proxy in between may answer with a page of its own: only a Result in our words counts. */
function isResult(answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) return false;
  return (
    answer.ok === true || (answer.ok === false && 'code' in answer && String(answer.code) in ERROR_TEXTS)
  );
}
