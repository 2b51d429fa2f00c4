/** Who sits here: signed in by password or by a one-time link, signed out by choice or by the relay. */
import type { AcceptLink, LinkInfo, SessionInfo } from '@fullname/shared/api';
import type { ErrorCode } from '@fullname/shared/errors';
import { signal } from '@preact/signals';
import { api } from './api.ts';
import { forgetLink, route } from './route.ts';
import { sayProblem } from './toast.ts';

export type Session =
  | { readonly state: 'asking' }
  | { readonly state: 'unreachable' }
  /** `ended`: the session stopped while somebody was working; their drafts are kept. */
  | { readonly state: 'signed-out'; readonly ended: boolean; readonly problem: ErrorCode | null }
  | { readonly state: 'invited'; readonly token: string; readonly link: LinkInfo }
  | { readonly state: 'signed-in'; readonly info: SessionInfo };

export const session = signal<Session>({ state: 'asking' });

/** Reads the one-time link in the address, or else asks the relay who this is. */
export async function startSession(): Promise<void> {
  session.value = { state: 'asking' };
  if (route.value.page === 'link') return openLink(route.value.token);
  const answer = await api.session();
  if (answer.ok) session.value = { state: 'signed-in', info: answer.value };
  else if (answer.code === 'UNAVAILABLE') session.value = { state: 'unreachable' };
  else session.value = { state: 'signed-out', ended: false, problem: null };
}

async function openLink(token: string): Promise<void> {
  const link = await api.link(token);
  if (!link.ok) {
    if (link.code === 'UNAVAILABLE') {
      session.value = { state: 'unreachable' };
      return;
    }
    return withoutLink(link.code);
  }
  if (link.value.kind !== 'sign-in') {
    session.value = { state: 'invited', token, link: link.value };
    return;
  }
  const answer = await api.signInByLink(token);
  if (!answer.ok) return withoutLink(answer.code);
  forgetLink();
  session.value = { state: 'signed-in', info: answer.value };
}

/** A link that is used or old says so; whoever is signed in already stays so. */
async function withoutLink(problem: ErrorCode): Promise<void> {
  forgetLink();
  const answer = await api.session();
  if (answer.ok) sayProblem(problem);
  session.value = answer.ok
    ? { state: 'signed-in', info: answer.value }
    : { state: 'signed-out', ended: false, problem };
}

/** Null when it worked, else what the relay said. */
export async function signIn(email: string, password: string): Promise<ErrorCode | null> {
  const answer = await api.signIn({ email, password });
  if (!answer.ok) return answer.code;
  session.value = { state: 'signed-in', info: answer.value };
  return null;
}

export async function acceptLink(token: string, accepted: AcceptLink): Promise<ErrorCode | null> {
  const answer = await api.acceptLink(token, accepted);
  if (!answer.ok) return answer.code;
  forgetLink();
  session.value = { state: 'signed-in', info: answer.value };
  return null;
}

/** Null when it is done; while the relay does not answer, the person is still signed in and hears so. */
export async function signOut(): Promise<ErrorCode | null> {
  const answer = await api.signOut();
  if (!answer.ok && answer.code !== 'SIGNED_OUT') return answer.code;
  session.value = { state: 'signed-out', ended: false, problem: null };
  return null;
}

/** The relay ended the session: back to sign-in. What was being written is kept for the same person. */
export function endSession(): void {
  if (session.value.state !== 'signed-in') return;
  session.value = { state: 'signed-out', ended: true, problem: null };
}

/** Puts a changed record of oneself in place. */
export function refreshMe(info: SessionInfo): void {
  if (session.value.state === 'signed-in') session.value = { state: 'signed-in', info };
}
