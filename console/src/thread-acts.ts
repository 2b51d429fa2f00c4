/** What can be done with an open conversation and its customer. Each act answers with null, or with what the relay said. */
import type { ErrorCode, Result } from '@fullname/shared/errors';
import type { PreferenceDraft, PromiseDraft } from '@fullname/shared/events';
import { MESSAGE_MAX_LENGTH } from '@fullname/shared/limits';
import type { ConversationDetail, CustomerPane, Failure, FailureStage } from '@fullname/shared/model';
import { maskCards } from '@fullname/shared/reader/cards';
import type {
  ExtrasOffer,
  FailureChange,
  FailureDraft,
  GoodwillDraft,
  GoodwillUse,
  RequestAct,
  RequestDraft,
} from '@fullname/shared/recovery';
import type { Situation } from '@fullname/shared/situation';
import { type Signal, signal } from '@preact/signals';
import { api } from './api.ts';
import type { Connection } from './connection.ts';
import type { EntryLog } from './entry-log.ts';
import { newId } from './ids.ts';

type Done = Promise<ErrorCode | null>;

type ActsParts = {
  readonly connection: Connection;
  readonly id: string;
  readonly detail: Signal<ConversationDetail>;
  readonly pane: Signal<CustomerPane>;
  readonly log: Signal<EntryLog>;
  /** Fetches the entries that an answer tells of. */
  readonly catchUp: () => Promise<void>;
  readonly onTaken: (taken: ConversationDetail) => void;
};

export function threadActs({ connection, id, detail, pane, log, catchUp, onTaken }: ActsParts) {
  return { ...conversationActs(), ...customerActs(), ...failureActs(), ...givingActs() };

  function conversationActs() {
    const act = () => ({ conversation: id, id: newId() });
    return {
      async take(): Done {
        const answer = await connection.ask('conversation:take', act());
        if (answer.ok) onTaken(answer.value);
        return accept(answer);
      },
      handOver: async (to: string, note: string) =>
        accept(await connection.ask('conversation:hand-over', masked({ ...act(), to, note }))),
      /** `message` is the farewell's own id. */
      close: async (farewell: string, message: string = newId()) =>
        accept(
          await connection.ask('conversation:close', masked({ conversation: id, id: message, farewell })),
        ),
      /** Other ways to meet a wish: granted before to somebody who asked alike, then the book's. */
      findAlternatives: (asked: string) =>
        connection.ask(
          'alternatives:find',
          masked({ conversation: id, asked: asked.slice(0, MESSAGE_MAX_LENGTH) }),
        ),
      /** Where a file is had, for some minutes. */
      fileLink: (file: string) => connection.ask('file:link', { conversation: id, file }),
      /** Fetches a file: a new window that becomes a download. */
      async openFile(file: string): Done {
        const answer = await this.fileLink(file);
        if (!answer.ok) return answer.code;
        const link = document.createElement('a');
        Object.assign(link, { href: answer.value.url, target: '_blank', rel: 'noopener noreferrer' });
        link.click();
        return null;
      },
      reopen: async () => accept(await connection.ask('conversation:reopen', act())),
      putAside: async (undo: boolean) =>
        accept(await connection.ask('conversation:put-aside', undo ? { ...act(), undo } : act())),
      async setSituation(next: Situation | null): Done {
        const before = detail.value.situation;
        detail.value = { ...detail.value, situation: next };
        const answer = await connection.ask('conversation:situation', { conversation: id, situation: next });
        if (!answer.ok) detail.value = { ...detail.value, situation: before };
        return answer.ok ? null : answer.code;
      },
    };
  }

  function customerActs() {
    return {
      async link(customer: string | { readonly name: string } | null): Done {
        const answer = await connection.ask('customer:link', { conversation: id, id: newId(), customer });
        if (answer.ok) pane.value = answer.value;
        return answer.ok ? null : answer.code;
      },
      searchCustomers: (query: string) => connection.ask('customer:search', { query }),
      /** The last page of another conversation of this customer, without opening it. */
      peek: (conversation: string) => connection.ask('entries:fetch', { conversation }),
      notePreference: (form: Omit<PreferenceDraft, 'conversation'>) =>
        thenReadPane(connection.ask('preference:note', masked({ ...form, conversation: id }))),
      makePromise: (form: Omit<PromiseDraft, 'conversation'>) =>
        thenReadPane(connection.ask('promise:make', masked({ ...form, conversation: id }))),
      keepPromise: (promise: string) =>
        thenReadPane(connection.ask('promise:keep', { conversation: id, promise })),
      /** To a later time, of which the relay tells the customer. */
      movePromise: (move: { readonly id: string; readonly promise: string; readonly due: string }) =>
        thenReadPane(connection.ask('promise:move', { ...move, conversation: id })),
      askForHelp: (form: Omit<RequestDraft, 'conversation'>) =>
        thenReadPane(api.askForHelp(masked({ ...form, conversation: id }))),
      actOnRequest: (request: string, act: RequestAct) =>
        thenReadPane(api.actOnRequest(request, masked(act))),
    };
  }

  function failureActs() {
    /** Records as the relay answered them: the pane of an unlinked visitor holds none. */
    const recorded = signal<ReadonlyMap<string, Failure>>(new Map());
    const keep = (failure: Failure) => {
      const before = recorded.value.get(failure.id);
      if (!before || before.revision <= failure.revision)
        recorded.value = new Map(recorded.value).set(failure.id, failure);
    };
    const done = async (asked: Promise<Result<Failure>>): Done => {
      const answer = await asked;
      if (!answer.ok) return answer.code;
      keep(answer.value);
      return thenReadPane(Promise.resolve(answer));
    };
    return {
      recorded,
      keepRecord: keep,
      logFailure: (form: Omit<FailureDraft, 'conversation'>) =>
        done(connection.ask('failure:log', masked({ ...form, conversation: id }))),
      changeFailure: ({ fields, ...change }: Omit<FailureChange, 'conversation'>) =>
        done(
          connection.ask('failure:change', {
            ...change,
            conversation: id,
            fields: masked(fields),
          }),
        ),
      /** The next stage; the act's id is made by the caller, so that a retry finds itself. */
      stepFailure: (failure: string, stage: FailureStage, act: string = newId()) =>
        done(connection.ask('failure:step', { conversation: id, id: act, failure, stage })),
      checkFailure: (failure: string, check: string, isDone: boolean) =>
        thenReadPane(connection.ask('failure:check', { conversation: id, failure, check, done: isDone })),
      /** What the customer's record says now; for what was done elsewhere than by these acts. */
      async readPane(): Promise<void> {
        const fresh = await connection.ask('customer:read', { conversation: id });
        if (fresh.ok) pane.value = fresh.value;
      },
    };
  }

  function givingActs() {
    return {
      removePreference: (preference: string) =>
        thenReadPane(connection.ask('preference:remove', { conversation: id, preference })),
      /** Null forgets the idea; `done` says that it was carried out. */
      changeIdea: (change: { preference: string; idea: string | null; done?: boolean }) =>
        thenReadPane(connection.ask('preference:idea', masked({ ...change, conversation: id }))),
      /** The use says whether it was given or a colleague is asked. */
      async giveGoodwill(form: Omit<GoodwillDraft, 'conversation'>): Promise<Result<GoodwillUse>> {
        const answer = await api.giveGoodwill(masked({ ...form, conversation: id }));
        await thenReadPane(Promise.resolve(answer));
        return answer;
      },
      offerExtras: ({ options, ...offer }: Omit<ExtrasOffer, 'conversation'>) =>
        thenReadPane(
          connection.ask('extras:offer', {
            ...masked({ ...offer, conversation: id }),
            options: options.map(maskCards),
          }),
        ),
      setReferrer: (customer: string, referrer: string | null) =>
        thenReadPane(api.setReferrer(customer, referrer)),
    };
  }

  function accept(answer: Result<ConversationDetail>): ErrorCode | null {
    if (!answer.ok) return answer.code;
    if (answer.value.version >= detail.value.version) detail.value = answer.value;
    if (answer.value.lastSeq > log.value.last) void catchUp();
    return null;
  }

  async function thenReadPane(asked: Promise<Result<unknown>>): Done {
    const answer = await asked;
    if (!answer.ok) return answer.code;
    const fresh = await connection.ask('customer:read', { conversation: id });
    if (fresh.ok) pane.value = fresh.value;
    void catchUp();
    return null;
  }
}

const IDS = ['id', 'conversation', 'to', 'failure', 'provider', 'preference', 'colleague'];

/** The words of a request without card numbers: nothing unmasked leaves this browser, and the relay masks again. */
function masked<Request extends object>(request: Request): Request {
  const words = Object.entries(request).filter(
    ([name, value]) => typeof value === 'string' && !IDS.includes(name),
  );
  return { ...request, ...Object.fromEntries(words.map(([name, value]) => [name, maskCards(value)])) };
}
