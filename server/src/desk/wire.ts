/** A stored entry as each end may see it. The visitor's form is a type of its own: internal kinds do not fit in it. */
import { FILE_TYPES } from '@fullname/shared/files';
import {
  type Author,
  CALL_BACK_STEPS,
  CALL_BACK_WAYS,
  type Entry,
  FAILURE_STAGES,
  FAREWELL_QUESTIONS,
  type InternalBody,
  type PersonRef,
  type PublicBody,
  type PublicEntry,
} from '@fullname/shared/model';
import { TASK_KINDS, WRAP_UPS } from '@fullname/shared/recovery';
import type { StoredEntry } from '../store/log.ts';

export type Names = (person: string) => PersonRef;

const PUBLIC_KINDS = [
  'message',
  'hello',
  'farewell',
  'file',
  'joined',
  'handed-over',
  'email-given',
  'person-asked',
  'introduced',
  'greeted',
  'promise-made',
  'promise-moved',
  'promise-kept',
  'promise-slipping',
  'extras-offered',
  'extra-chosen',
  'farewell-answered',
  'ally-changed',
  'call-back',
] as const;

/** Null for what a visitor must not see. `clientId` is the conversation's id as the visitor knows it. */
export function toPublicEntry(entry: StoredEntry, clientId: string, names: Names): PublicEntry | null {
  const body = publicBody(entry, names);
  if (entry.publicSeq === null || !body) return null;
  return { conversation: clientId, publicSeq: entry.publicSeq, id: idOf(entry), at: entry.at, ...body };
}

export function toEntry(entry: StoredEntry, names: Names): Entry {
  const { conversation, seq, publicSeq, at } = entry;
  const body = publicBody(entry, names) ?? internalBody(entry, names);
  return { conversation, seq, publicSeq, id: idOf(entry), at, ...body };
}

/** Entries with words travel as `message:sent`, the others as `conversation:changed`. */
export function hasWords(kind: string): boolean {
  return WORDS.has(kind);
}

const WORDS: ReadonlySet<string> = new Set(['message', 'hello', 'farewell', 'file', 'note']);

export function isPublicKind(kind: string): boolean {
  return (PUBLIC_KINDS as readonly string[]).includes(kind);
}

function idOf(entry: StoredEntry): string | null {
  return entry.senderKind === 'system' ? null : entry.clientId;
}

function authorOf(entry: StoredEntry, names: Names): Author {
  if (entry.senderKind === 'visitor') return { kind: 'visitor' };
  if (entry.senderKind === 'agent') return { kind: 'agent', person: names(entry.sender) };
  return { kind: 'system' };
}

function publicBody(entry: StoredEntry, names: Names): PublicBody | null {
  const data = entry.data ?? {};
  switch (entry.kind) {
    case 'message':
    case 'hello':
    case 'farewell':
      return { kind: entry.kind, author: authorOf(entry, names), text: entry.body };
    case 'file':
      return { kind: 'file', author: authorOf(entry, names), text: entry.body, ...fileOf(data) };
    case 'joined':
      return { kind: 'joined', person: names(data.person ?? entry.sender) };
    case 'handed-over':
      return {
        kind: 'handed-over',
        from: names(data.from ?? entry.sender),
        to: names(data.to ?? ''),
        contact: names(data.contact ?? data.from ?? entry.sender),
      };
    case 'email-given':
      return { kind: 'email-given', email: entry.body };
    case 'person-asked':
      return {
        kind: 'person-asked',
        person: names(data.person ?? ''),
        here: data.here === 'yes',
        backAt: data.backAt ?? null,
      };
    case 'introduced': {
      const { name = null, email = null, order = null } = data;
      return { kind: 'introduced', name, email, order };
    }
    case 'greeted':
      return {
        kind: 'greeted',
        person: names(data.person ?? ''),
        hello: data.hello ?? '',
        text: entry.body,
      };
    case 'promise-made':
    case 'promise-moved':
    case 'promise-kept':
    case 'promise-slipping':
      return {
        kind: entry.kind,
        person: names(data.person ?? entry.sender),
        promise: data.promise ?? '',
        text: entry.body,
        due: data.due ?? '',
      };
    case 'extras-offered':
      return {
        kind: 'extras-offered',
        person: names(entry.sender),
        offer: data.offer ?? '',
        text: entry.body,
        options: optionsOf(data),
      };
    case 'extra-chosen':
      return { kind: 'extra-chosen', offer: data.offer ?? '', choice: entry.body };
    case 'farewell-answered': {
      const question = FAREWELL_QUESTIONS.find((one) => one === data.question) ?? 'how';
      return { kind: 'farewell-answered', question, text: entry.body };
    }
    case 'ally-changed':
      return { kind: 'ally-changed', from: names(data.from ?? ''), to: names(data.to ?? '') };
    case 'call-back':
      return {
        kind: 'call-back',
        step: CALL_BACK_STEPS.find((step) => step === data.step) ?? 'booked',
        callBack: data.callBack ?? '',
        from: data.from ?? '',
        to: data.to ?? '',
        way: CALL_BACK_WAYS.find((way) => way === data.way) ?? 'chat',
        phone: data.phone ?? null,
        person: data.person === undefined ? null : names(data.person),
      };
    default:
      return null;
  }
}

function internalBody(entry: StoredEntry, names: Names): InternalBody {
  const data = entry.data ?? {};
  const by = names(entry.sender);
  switch (entry.kind) {
    case 'linked':
      return { kind: 'linked', by, customer: { id: data.customer ?? '', name: data.name ?? '' } };
    case 'unlinked':
      return { kind: 'unlinked', by };
    case 'put-aside':
      return { kind: 'put-aside', by };
    case 'released':
      return { kind: 'released', by };
    case 'failure-logged':
      return { kind: 'failure-logged', by, failure: data.failure ?? '', what: entry.body };
    case 'preference-noted':
      return { kind: 'preference-noted', by, text: entry.body };
    case 'failure-stepped':
      return {
        kind: 'failure-stepped',
        by,
        failure: data.failure ?? '',
        stage: FAILURE_STAGES.find((stage) => stage === data.stage) ?? 'noticed',
        again: data.again === 'yes',
      };
    case 'goodwill-given':
      return {
        kind: 'goodwill-given',
        by,
        amount: { amount: Number(data.amount), currency: data.currency ?? '' },
        what: entry.body,
      };
    case 'help-asked':
      return { kind: 'help-asked', by, provider: names(data.provider ?? ''), what: entry.body };
    case 'help-answered':
      return {
        kind: 'help-answered',
        by,
        state: ANSWERS.find((state) => state === data.state) ?? 'answered',
        what: entry.body,
      };
    case 'followed-up': {
      const wrapUp = WRAP_UPS.find((kind) => kind === data.wrapUp);
      return {
        kind: 'followed-up',
        by,
        task: TASK_KINDS.find((kind) => kind === data.task) ?? 'immediate',
        ...(wrapUp ? { wrapUp } : {}),
        what: entry.body,
      };
    }
    default:
      return { kind: 'note', author: authorOf(entry, names), text: entry.body };
  }
}

/** As `desk/filing.ts` wrote it. */
function fileOf(data: Readonly<Record<string, string>>) {
  const type = FILE_TYPES.find((type) => type === data.type) ?? 'text/plain';
  const size = (side: string | undefined): number | null => (side === undefined ? null : Number(side));
  return {
    ...{ file: data.file ?? '', type, bytes: Number(data.bytes) },
    ...{ width: size(data.width), height: size(data.height) },
  };
}

const ANSWERS = ['promised', 'answered', 'declined'] as const;
const OPTIONS_MAX = 4;

/** An entry's data holds texts by name: the options of an offer are `option1` and so on. */
function optionsOf(data: Readonly<Record<string, string>>): string[] {
  const names = Array.from({ length: OPTIONS_MAX }, (_, index) => `option${index + 1}`);
  return names.flatMap((name) => data[name] ?? []);
}
