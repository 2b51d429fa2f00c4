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
 *   POST   /api/sites/:id/secret            → {secret}                     owner: another one; the one before signs nothing any longer
 *   GET    /api/sites/:id/identity-keys     → IdentityKey[]                owner: the newest first, retired ones as well
 *   POST   /api/sites/:id/identity-keys     IdentityKeyDraft → NewIdentityKey   owner; a secret is shown this once (BAD_KEY, KEYS_ENOUGH)
 *   DELETE /api/sites/:id/identity-keys/:kid → IdentityKey                 owner: retires it at once
 *   GET    /api/sites/:id/csp               → ChatCsp                      owner: what a host page's policy must allow
 *   GET    /api/sites/:id/settings          → SiteSettings                 owner; see site-settings.ts
 *   PUT    /api/sites/:id/settings          Partial<SiteSettings> → SiteSettings   owner; each section named is replaced as a whole (BAD_SETTINGS)
 *   GET    /api/sites/:id/setup             → SiteSetup                    owner: all that an owner sets up, with its version
 *   PUT    /api/sites/:id/setup             SiteSetupDraft → SiteSetup     owner (BAD_SETTINGS; CHANGED where the version is another by now)
 *   POST   /api/sites/:id/proof             {proof} → ProofReport          owner: whether a proof of who a visitor is holds, and why not
 *   POST   /api/sites/:id/look              {url} → InstallReport          owner: whether a page of the site has the chat
 *   GET    /api/words                       → UsualWords                   owner: all that is said to visitors, in each of its languages
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
 *   PUT    /api/customers/:id/ally          {id, ally} → {}                owner: somebody else is their person now, and they are told
 *   PUT    /api/customers/:id/referrer      {referrer: id | null} → {}     agents, owners: through whom they came
 *   GET    /api/people/:id/leaving          → Leaving                      owner: what hangs on this person
 *   GET    /api/failures/:id                → {failure, edits: FailureEdit[]}   agents, owners
 *   GET    /api/tasks?whose=&state=&cursor= → TaskPage                     whose mine | all, state open | ended; by due time
 *   GET    /api/tasks/:id/draft             → TaskDraft                    what its person may begin with
 *   POST   /api/tasks/:id/end               TaskEnd → Task                 its owner (`immediate`: the ally alone); owners may waive
 *   POST   /api/tasks/:id/seen              → {}                           this browser has shown the reminder
 *   GET    /api/promises                    → OwnPromises                  one's own
 *   GET    /api/goodwill                    → Purse                        one's own
 *   POST   /api/goodwill                    GoodwillDraft → GoodwillUse
 *   POST   /api/goodwill/:id/decision       GoodwillDecision → GoodwillUse the colleague who was asked
 *   GET    /api/requests                    → Requests                     everybody, the back office too
 *   POST   /api/requests                    RequestDraft → InternalRequest
 *   POST   /api/requests/:id                RequestAct → InternalRequest   the provider promises, answers, declines; the asker withdraws, rates
 *   GET    /api/coaching                    → CoachingNote[]               one's own: received (of closed conversations) and written
 *   POST   /api/coaching                    CoachingDraft → CoachingNote   owner
 *   POST   /api/coaching/:id/read           → {}
 *   GET    /api/stories                     → {stories: Story[], praise: Praise[]}
 *   POST   /api/stories                     StoryDraft → Story
 *   POST   /api/praise                      PraiseDraft → Praise
 *   POST   /api/praise/read                 → {}                           what was sent to oneself was seen
 *   GET    /api/builds                      → Build[]                      what is built with customers
 *   POST   /api/builds                      BuildDraft → Build             with its first wish
 *   POST   /api/builds/:id/wishes           BuildWishDraft → Build         of one more customer
 *   POST   /api/builds/:id                  BuildAct → BuildActed          `tell`: who speaks with customers
 *   GET    /api/moments?days=&site=         → Moments                      agents, owners: how conversations begin and end, never by person. days 30 | 90
 *   GET    /api/moments/answers?days=&site= → AnswerGroups[]               agents, owners: what was answered to the two questions, who said the same together
 *   GET    /api/recovery/settings           → RecoverySettings
 *   PATCH  /api/recovery/settings           Partial<RecoverySettings> → RecoverySettings   owner
 *   GET    /api/value/guess                 → ValueGuess                   one's own guess
 *   PUT    /api/value/guess                 {amount, currency} → ValueGuess
 *   DELETE /api/demo                        → {}                           owner: removes the demo desk
 *
 * The shapes of customers, merges and keys are in customers.ts, those of failures, tasks and the rest of the recovery in recovery.ts. What other systems send, under /api/v1, is in docs/api.md.
 */

import type { NameKind } from './full-name.ts';
import type { WidgetLocale } from './locale.ts';
import type { Role } from './model.ts';
import type { SiteSettings } from './site-settings.ts';

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
  /** What they may give in a month without asking; null: the company's usual. Told to owners only. */
  readonly goodwillBudget?: number | null;
  /** How many conversations they hold at once. Told to owners only. */
  readonly capacity?: number;
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
  /** Owners only; null: the company's usual. */
  readonly goodwillBudget?: number | null;
  /** Owners only; from 1 to 50. */
  readonly capacity?: number;
  /** Who takes over customers and tasks from somebody who may no longer answer (SUCCESSOR without, where there are any). */
  readonly successor?: string;
};

export type Site = {
  readonly id: string;
  /** The public key in the tag: /w/KEY.js */
  readonly key: string;
  readonly name: string;
  /**
   * Host pages that may embed the chat, as origins: https://shop.example, or https://*.shop.example for every name below it and not
   * itself. Empty: none but the relay's own pages.
   */
  readonly hosts: readonly string[];
  readonly tag: string;
  readonly demo: boolean;
  /** What may be sent in its conversations, by both sides. */
  readonly files: SiteSettings['attachments'];
};
export type SiteDraft = { readonly name: string; readonly hosts: readonly string[] };

/** Content-Security-Policy: the lines that a host page adds to its own, and the chat's own. */
export type ChatCsp = { readonly hostPage: readonly string[]; readonly frame: string };

/** A site as its owners set it up. The version is another whenever anything of it has changed. */
export type SiteSetup = {
  readonly site: Site;
  readonly settings: SiteSettings;
  readonly version: string;
  /** From which address the relay's e-mail goes; null where it has no mail server. */
  readonly mail: string | null;
};
export type SiteSetupDraft = SiteDraft & { readonly settings: SiteSettings; readonly version: string };

/** By language and key; `{0}` stands for names, times and numbers. */
export type UsualWords = Readonly<Record<WidgetLocale, Readonly<Record<string, string>>>>;

/**
 * What a look at an owner's page found. `tag`: the chat is there. `hidden`: it is, and the owner's page rules keep it out. `none`: not
 * in the page as it is served; a tag manager may add it later. `blocked`: the page's policy keeps it out; the lines are what it lacks.
 * `not-allowed`: no page of the site's hosts. `leads-away`: it redirects to a page that is none. `unread`: what the tag says and
 * the chat does not know, such as `data-theme="black"`.
 */
export type InstallReport =
  | { readonly found: 'tag'; readonly url: string; readonly unread?: readonly string[] }
  | { readonly found: 'hidden' | 'not-allowed' | 'leads-away' | 'not-public'; readonly url: string }
  | { readonly found: 'unreachable' | 'too-large'; readonly url: string }
  | { readonly found: 'refused'; readonly url: string; readonly status: number }
  | { readonly found: 'wrong-key'; readonly url: string; readonly key: string }
  | { readonly found: 'other-relay'; readonly url: string; readonly relay: string }
  | { readonly found: 'none' | 'blocked'; readonly url: string; readonly blocked: readonly string[] };

/**
 * What a proof proves at this moment, or the first thing to mend in it. `form`: neither a JWT nor a user's id with its hash.
 * `no-key`: no key of this `kid` or kind. `signature`: made with another secret, or of something else.
 */
export type ProofReport =
  | {
      readonly holds: true;
      readonly subject: string;
      readonly name: string | null;
      readonly email: string | null;
      /** A hash has no end of its own. */
      readonly until: string | null;
    }
  | { readonly holds: false; readonly why: ProofTrouble };
export type ProofTrouble =
  | 'form'
  | 'no-key'
  | 'retired'
  | 'algorithm'
  | 'signature'
  | 'no-id'
  | 'id-no-text'
  | 'no-end'
  | 'too-long'
  | 'over'
  | 'not-yet'
  | 'other-site'
  | 'hash-form';

/** A key proves in one way alone: tokens by a shared secret, tokens by a pair of keys, or the hash of a user's id. */
export type IdentityKey = {
  readonly kid: string;
  readonly kind: 'HS256' | 'EdDSA' | 'hash';
  readonly name: string;
  readonly at: string;
  readonly retiredAt: string | null;
  /** PEM; of EdDSA keys alone. */
  readonly publicKey: string | null;
};
/** `publicKey`: an Ed25519 public key as PEM or JWK; the private part stays with the site. */
export type IdentityKeyDraft =
  | { readonly name: string; readonly kind: 'HS256' | 'hash' }
  | { readonly name: string; readonly kind: 'EdDSA'; readonly publicKey: string };
/** The secret is shown this once; an EdDSA key has none here. */
export type NewIdentityKey = { readonly key: IdentityKey; readonly secret: string | null };
