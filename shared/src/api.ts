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
 *   GET    /api/book?locale=                → Book                         what is published, and what is being talked over
 *   POST   /api/book/changes                ChangeDraft → Change           anybody proposes; an owner may accept or publish at once
 *   PATCH  /api/book/changes/:id            ChangeDraft → Change           the proposer while it is open; owners
 *   POST   /api/book/changes/:id/comments   {id, text} → Change
 *   PUT    /api/book/changes/:id/vote       {vote: 1 | 0 | -1} → Change    a colleague's; nobody's own
 *   POST   /api/book/changes/:id/decision   {decision: Decision, why?} → Change   owner
 *   POST   /api/book/versions               {note} → Version               owner: publishes everything accepted, as one version
 *   GET    /api/book/versions?after=        → Version[]                    what changed, the newest first
 *   POST   /api/book/acknowledged           {version} → {}                 this person has read it
 *   GET    /api/book/export?kind=&format=&locale=  → {name, text}          kind phrases | rules, format csv | yaml
 *   POST   /api/book/import                 ImportRequest → ImportReport   anybody: as proposals; an owner: accepted. `dryRun` only looks
 *   GET    /api/book/settings               → BookSettings
 *   PATCH  /api/book/settings               Partial<BookSettings> → BookSettings   owner
 *   POST   /api/book/rules/:id/quiet        {quiet: boolean} → Rule        owner: lets a rule that dismissals silenced speak again, or not
 *   GET    /api/book/figures?locale=        → BookFigures                  by rule and situation, never by person
 *   GET    /api/book/first-report           → FirstReport                  what the company's own past words need most
 *   POST   /api/book/first-report           {sentences?: {text, locale}[]} → FirstReport   owner: reads the past again, or an import
 *   GET    /api/customers/:id/merge-preview?with=  → MergePreview          agents, owners: what would go over, and what differs
 *   GET    /api/customers/:id/merges        → Merge[]                      agents, owners: what went into this record, the newest first
 *   POST   /api/customers/import            RowsImport → RowsReport        owner: purchases or failures from a CSV file. `dryRun` only looks
 *   POST   /api/merges                      MergeDraft → Merge             agents, owners: two records are one person (MERGED)
 *   DELETE /api/merges/:id                  → Merge                        agents, owners: takes it back
 *   GET    /api/keys                        → ApiKey[]                     owner: keys of other systems, the newest first
 *   POST   /api/keys                        {name} → NewApiKey             owner; the secret is shown this once
 *   DELETE /api/keys/:id                    → ApiKey                       owner: ends it at once
 *   DELETE /api/demo                        → {}                           owner: removes the demo desk
 *
 * The shapes of customers, merges and keys are in customers.ts. What other systems send, under /api/v1, is in docs/api.md.
 */

import type { NameKind } from './full-name.ts';
import type { Role } from './model.ts';

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
