/** The only file that fetches. Every answer is a Result; a network that fails is UNAVAILABLE. */

import type {
  AcceptLink,
  ChatCsp,
  IdentityKey,
  IdentityKeyDraft,
  InstallReport,
  LinkInfo,
  Member,
  MemberChange,
  NewIdentityKey,
  NewMember,
  ProofReport,
  SessionInfo,
  SignIn,
  Site,
  SiteDraft,
  SiteSetup,
  SiteSetupDraft,
  UsualWords,
} from '@fullname/shared/api';
import type {
  Book,
  BookFigures,
  BookSettings,
  Change,
  ChangeDraft,
  Decision,
  FirstReport,
  ImportReport,
  ImportRequest,
  Version,
} from '@fullname/shared/book';
import type { Build, BuildAct, BuildActed, BuildDraft, BuildWishDraft } from '@fullname/shared/building';
import type {
  ApiKey,
  Merge,
  MergeDraft,
  MergePreview,
  NewApiKey,
  RowsImport,
  RowsReport,
} from '@fullname/shared/customers';
import { ERROR_TEXTS, failed, type Result } from '@fullname/shared/errors';
import type { Nothing } from '@fullname/shared/events';
import type { Locale } from '@fullname/shared/locale';
import type { Failure } from '@fullname/shared/model';
import type { AnswerGroups, MomentDays, Moments } from '@fullname/shared/moments';
import type { Rule } from '@fullname/shared/reader/rule';
import type {
  CoachingDraft,
  CoachingNote,
  FailureEdit,
  GoodwillDecision,
  GoodwillDraft,
  GoodwillUse,
  InternalRequest,
  Leaving,
  Money,
  OwnPromises,
  Praise,
  PraiseDraft,
  Purse,
  RecoverySettings,
  RequestAct,
  RequestDraft,
  Requests,
  Story,
  StoryDraft,
  Task,
  TaskDraft,
  TaskEnd,
  TaskPage,
  ValueGuess,
} from '@fullname/shared/recovery';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type TaskList = { readonly whose: 'mine' | 'all'; readonly state: 'open' | 'ended' };
export type MomentsAsked = { readonly days: MomentDays; readonly site: string | null };
type ExportRequest = {
  readonly kind: 'phrases' | 'rules';
  readonly format: 'csv' | 'yaml';
  readonly locale: Locale | null;
};

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
  siteCsp: (id: string) => call<ChatCsp>('GET', `/sites/${id}/csp`),
  siteSetup: (id: string) => call<SiteSetup>('GET', `/sites/${id}/setup`),
  changeSiteSetup: (id: string, body: SiteSetupDraft) => call<SiteSetup>('PUT', `/sites/${id}/setup`, body),
  /** Whether a page of the site has the chat. */
  lookAtSite: (id: string, url: string) => call<InstallReport>('POST', `/sites/${id}/look`, { url }),
  /** Whether a proof of who a visitor is holds, and why not. */
  lookAtProof: (id: string, proof: string) => call<ProofReport>('POST', `/sites/${id}/proof`, { proof }),
  usualWords: () => call<UsualWords>('GET', '/words'),
  identityKeys: (site: string) => call<IdentityKey[]>('GET', `/sites/${site}/identity-keys`),
  makeIdentityKey: (site: string, body: IdentityKeyDraft) =>
    call<NewIdentityKey>('POST', `/sites/${site}/identity-keys`, body),
  retireIdentityKey: (site: string, kid: string) =>
    call<IdentityKey>('DELETE', `/sites/${site}/identity-keys/${kid}`),
  book: (locale: Locale) => call<Book>('GET', `/book?locale=${locale}`),
  proposeChange: (body: ChangeDraft) => call<Change>('POST', '/book/changes', body),
  reviseChange: (body: ChangeDraft) => call<Change>('PATCH', `/book/changes/${body.id}`, body),
  commentOnChange: (change: string, body: { id: string; text: string }) =>
    call<Change>('POST', `/book/changes/${change}/comments`, body),
  voteOnChange: (change: string, vote: 1 | 0 | -1) =>
    call<Change>('PUT', `/book/changes/${change}/vote`, { vote }),
  decideChange: (change: string, body: { decision: Decision; why?: string }) =>
    call<Change>('POST', `/book/changes/${change}/decision`, body),
  publishBook: (note: string) => call<Version>('POST', '/book/versions', { note }),
  bookVersions: (after: number) => call<Version[]>('GET', `/book/versions?after=${after}`),
  acknowledgeBook: (version: number) => call<Nothing>('POST', '/book/acknowledged', { version }),
  exportBook: ({ kind, format, locale }: ExportRequest) =>
    call<{ name: string; text: string }>(
      'GET',
      `/book/export?kind=${kind}&format=${format}${locale ? `&locale=${locale}` : ''}`,
    ),
  importBook: (body: ImportRequest) => call<ImportReport>('POST', '/book/import', body),
  bookSettings: () => call<BookSettings>('GET', '/book/settings'),
  changeBookSettings: (body: Partial<BookSettings>) => call<BookSettings>('PATCH', '/book/settings', body),
  quietRule: (rule: string, quiet: boolean) => call<Rule>('POST', `/book/rules/${rule}/quiet`, { quiet }),
  bookFigures: (locale: Locale) => call<BookFigures>('GET', `/book/figures?locale=${locale}`),
  firstReport: () => call<FirstReport>('GET', '/book/first-report'),
  makeFirstReport: (sentences?: readonly { readonly text: string; readonly locale: Locale }[]) =>
    call<FirstReport>('POST', '/book/first-report', sentences ? { sentences } : {}),
  /** Null: every site. */
  moments: (asked: MomentsAsked) => call<Moments>('GET', `/moments${periodOf(asked)}`),
  momentAnswers: (asked: MomentsAsked) => call<AnswerGroups[]>('GET', `/moments/answers${periodOf(asked)}`),
  /** A record with its history, the newest edit first. */
  failure: (id: string) => call<{ failure: Failure; edits: FailureEdit[] }>('GET', `/failures/${id}`),
  tasks: ({ whose, state }: TaskList, cursor: string | null = null) =>
    call<TaskPage>(
      'GET',
      `/tasks?whose=${whose}&state=${state}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    ),
  taskDraft: (id: string) => call<TaskDraft>('GET', `/tasks/${id}/draft`),
  endTask: (id: string, body: TaskEnd) => call<Task>('POST', `/tasks/${id}/end`, body),
  seeTask: (id: string) => call<Nothing>('POST', `/tasks/${id}/seen`, {}),
  ownPromises: () => call<OwnPromises>('GET', '/promises'),
  requests: () => call<Requests>('GET', '/requests'),
  askForHelp: (body: RequestDraft) => call<InternalRequest>('POST', '/requests', body),
  actOnRequest: (id: string, body: RequestAct) => call<InternalRequest>('POST', `/requests/${id}`, body),
  purse: () => call<Purse>('GET', '/goodwill'),
  giveGoodwill: (body: GoodwillDraft) => call<GoodwillUse>('POST', '/goodwill', body),
  decideGoodwill: (id: string, body: GoodwillDecision) =>
    call<GoodwillUse>('POST', `/goodwill/${id}/decision`, body),
  mergePreview: (kept: string, merged: string) =>
    call<MergePreview>('GET', `/customers/${kept}/merge-preview?with=${merged}`),
  mergesOf: (customer: string) => call<Merge[]>('GET', `/customers/${customer}/merges`),
  merge: (body: MergeDraft) => call<Merge>('POST', '/merges', body),
  undoMerge: (id: string) => call<Merge>('DELETE', `/merges/${id}`),
  giveCustomer: (customer: string, body: { id: string; ally: string }) =>
    call<Nothing>('PUT', `/customers/${customer}/ally`, body),
  importRows: (body: RowsImport) => call<RowsReport>('POST', '/customers/import', body),
  keys: () => call<ApiKey[]>('GET', '/keys'),
  makeKey: (name: string) => call<NewApiKey>('POST', '/keys', { name }),
  endKey: (id: string) => call<ApiKey>('DELETE', `/keys/${id}`),
  leaving: (person: string) => call<Leaving>('GET', `/people/${person}/leaving`),
  recoverySettings: () => call<RecoverySettings>('GET', '/recovery/settings'),
  changeRecoverySettings: (body: Partial<RecoverySettings>) =>
    call<RecoverySettings>('PATCH', '/recovery/settings', body),
  stories: () => call<{ stories: Story[]; praise: Praise[] }>('GET', '/stories'),
  tellStory: (body: StoryDraft) => call<Story>('POST', '/stories', body),
  praise: (body: PraiseDraft) => call<Praise>('POST', '/praise', body),
  readPraise: () => call<Nothing>('POST', '/praise/read', {}),
  builds: () => call<Build[]>('GET', '/builds'),
  wishFor: (body: BuildDraft) => call<Build>('POST', '/builds', body),
  joinBuild: (id: string, body: BuildWishDraft) => call<Build>('POST', `/builds/${id}/wishes`, body),
  actOnBuild: (id: string, body: BuildAct) => call<BuildActed>('POST', `/builds/${id}`, body),
  notes: () => call<CoachingNote[]>('GET', '/coaching'),
  leaveNote: (body: CoachingDraft) => call<CoachingNote>('POST', '/coaching', body),
  readNote: (id: string) => call<Nothing>('POST', `/coaching/${id}/read`, {}),
  valueGuess: () => call<ValueGuess>('GET', '/value/guess'),
  guessValue: (body: Money) => call<ValueGuess>('PUT', '/value/guess', body),
  /** Through whom a customer came; null takes it back. */
  setReferrer: (customer: string, referrer: string | null) =>
    call<Nothing>('PUT', `/customers/${customer}/referrer`, { referrer }),
  removeDemo: () => call<Nothing>('DELETE', '/demo'),
};

function periodOf({ days, site }: MomentsAsked): string {
  return `?days=${days}${site === null ? '' : `&site=${site}`}`;
}

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
