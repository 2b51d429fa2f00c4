/**
 * The console's HTTP contract, JSON under /api. Every answer is a Result; the HTTP status says the same (200, 400, 401, 403, 404, 409, 429, 503).
 * Writes need `Content-Type: application/json` and a same-origin `Origin`; the session is an HttpOnly cookie.
 *
 *   GET    /api/session                     → SessionInfo                  who am I (SIGNED_OUT when nobody)
 *   POST   /api/session                     SignIn → SessionInfo
 *   DELETE /api/session                     → {}
 *   POST   /api/session/link                {token} → SessionInfo          one-time sign-in link
 *   POST   /api/session/password            {current, next} → {}           closes the person's other sessions
 *   GET    /api/links/:token                → LinkInfo                     what a set-up, invite or reset link is for
 *   POST   /api/links/:token                AcceptLink → SessionInfo       set-up, invite, reset: sets name and password, signs in
 *   GET    /api/people                      → Member[]
 *   POST   /api/people                      NewMember → {member, link}     owner; invite by link
 *   PATCH  /api/people/:id                  MemberChange → Member          owner (own name and title: anybody)
 *   POST   /api/people/:id/reset            → {link}                       owner
 *   GET    /api/sites                       → Site[]
 *   POST   /api/sites                       SiteDraft → Site               owner
 *   PATCH  /api/sites/:id                   SiteDraft → Site               owner
 *   GET    /api/sites/:id/secret            → {secret}                     owner: the key that signs identities
 *   GET    /api/phrases?locale=             → {version, phrases: Phrase[]}
 *   POST   /api/phrases                     PhraseDraft → Phrase           owner publishes; anybody else proposes
 *   PATCH  /api/phrases/:id                 PhraseDraft → Phrase
 *   DELETE /api/demo                        → {}                           owner: removes the demo desk
 */

import type { NameKind } from './full-name.ts';
import type { Locale } from './locale.ts';
import type { Phrase, Role } from './model.ts';
import type { Situation } from './situation.ts';

export type SessionInfo = { readonly person: Member; readonly demo: boolean };
export type SignIn = { readonly email: string; readonly password: string };

export type LinkInfo = {
  readonly kind: 'setup' | 'invite' | 'reset' | 'sign-in';
  readonly email: string | null;
  readonly given: string | null;
  readonly family: string | null;
};
export type AcceptLink = {
  readonly given?: string;
  readonly family?: string;
  readonly email?: string;
  readonly password: string;
};

export type Member = {
  readonly id: string;
  readonly given: string;
  readonly family: string;
  readonly fullName: string;
  readonly nameKind: NameKind;
  /** The owner who approved a professional name. */
  readonly nameApprovedBy: string | null;
  readonly title: string | null;
  readonly email: string;
  readonly role: Role;
  readonly active: boolean;
  /** False until the invitation was accepted. */
  readonly joined: boolean;
  readonly demo: boolean;
};
export type NewMember = {
  readonly given: string;
  readonly family: string;
  readonly nameKind?: NameKind;
  readonly title?: string | null;
  readonly email: string;
  readonly role: Role;
};
export type MemberChange = {
  readonly given?: string;
  readonly family?: string;
  readonly nameKind?: NameKind;
  readonly title?: string | null;
  readonly role?: Role;
  readonly active?: boolean;
};

export type Site = {
  readonly id: string;
  /** The public key in the tag: /w/KEY.js */
  readonly key: string;
  readonly name: string;
  /** Host pages that may embed the chat, as origins (https://shop.example); empty: none but the relay's own pages. */
  readonly hosts: readonly string[];
  readonly tag: string;
  readonly demo: boolean;
};
export type SiteDraft = { readonly name: string; readonly hosts: readonly string[] };

export type PhraseDraft = {
  readonly locale: Locale;
  readonly situation: Situation;
  readonly text: string;
  readonly reason: string;
  readonly notWhen?: string | null;
  readonly tags?: readonly string[];
  readonly status?: Phrase['status'];
};
