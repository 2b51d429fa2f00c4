/** Writes one conversation's log, and with it what follows from its lines: later entries, and what is done beside the log. */
import type { Locale } from '@fullname/shared/locale';
import { FAILURE_STAGES, type FailureStage } from '@fullname/shared/model';
import type { FailureFields, Money, Quote, TaskEnd } from '@fullname/shared/recovery';
import { chooseFrom, recordOffer } from '../recovery/extras.ts';
import { giveGoodwill } from '../recovery/goodwill.ts';
import { leadOf, makePromise, movePromise } from '../recovery/promises.ts';
import { linesOf } from '../recovery/record-lines.ts';
import { actOnRequest, askForHelp } from '../recovery/requests.ts';
import { USUAL } from '../recovery/settings.ts';
import type { entries, preferences } from '../store/schema.ts';
import { iso, type Stage } from './compose.ts';
import { SHOP } from './content/shop.ts';
import {
  changeFailure,
  type Deed,
  endEffort,
  followUp,
  passPromise,
  type Recorded,
  recordFailure,
  stepFailure,
} from './deeds.ts';
import type {
  FailureNote,
  GoodwillNote,
  HelpNote,
  IdeaNote,
  OfferNote,
  PersonKey,
  PromiseNote,
} from './script.ts';

/** Whose conversation it is; `customer` is null for strangers. */
export type Whose = {
  readonly visitor: string;
  readonly locale: Locale;
  readonly customer: { readonly id: string; readonly name: string; readonly ally: PersonKey | null } | null;
};

type Written = {
  readonly at: number;
  readonly kind: string;
  readonly body?: string;
  readonly data?: Record<string, string>;
};
type Later = { readonly at: number; readonly write: () => void };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const RELAY = '00000000-0000-0000-0000-000000000000';
const INTERNAL = [
  ...['note', 'linked', 'failure-logged', 'failure-stepped', 'followed-up', 'preference-noted'],
  ...['goodwill-given', 'help-asked', 'help-answered'],
];

/** Keeps count of both numbers of the log, and of who holds the conversation. Call `reach` as time goes by. */
export class Scribe {
  readonly id: string;
  readonly entries: (typeof entries.$inferInsert)[] = [];
  readonly preferences: (typeof preferences.$inferInsert)[] = [];
  readonly deeds: Deed[] = [];
  publicSeq = 0;
  holder: PersonKey | null = null;
  contact: PersonKey | null = null;
  readonly #stage: Stage;
  readonly #whose: Whose;
  #later: Later[] = [];

  constructor(stage: Stage, whose: Whose) {
    this.id = stage.dice.id();
    this.#stage = stage;
    this.#whose = whose;
  }

  /** Writes what is due by this moment (ms). What it writes may bring more of it. */
  reach(moment: number): void {
    for (;;) {
      const next = this.#later
        .filter(({ at }) => at <= moment)
        .reduce<Later | null>((first, one) => (first && first.at <= one.at ? first : one), null);
      if (!next) return;
      this.#later = this.#later.filter((one) => one !== next);
      next.write();
    }
  }

  byVisitor(written: Written): void {
    this.#append({ kind: 'visitor', id: this.#whose.visitor }, written);
  }

  byAgent(by: PersonKey, written: Written): void {
    this.#append({ kind: 'agent', id: this.#person(by) }, written);
  }

  takes(by: PersonKey, at: number): void {
    this.holder = by;
    this.contact ??= by;
    this.byAgent(by, { at, kind: 'joined', data: { person: this.#person(by) } });
  }

  handsOver(from: PersonKey, to: PersonKey, at: number): void {
    this.holder = to;
    const people = { from, to, contact: this.#ally(from) };
    const data = Object.fromEntries(Object.entries(people).map(([part, key]) => [part, this.#person(key)]));
    this.byAgent(from, { at, kind: 'handed-over', data });
  }

  links(by: PersonKey, at: number): void {
    const { id, name } = this.#customer();
    this.byAgent(by, { at, kind: 'linked', data: { customer: id, name } });
  }

  learns(
    by: PersonKey,
    { text, quote, idea }: { text: string; quote: string | null; idea: IdeaNote | null },
    at: number,
  ): void {
    this.preferences.push({
      ...{ id: this.#stage.dice.id(), customer: this.#customer().id, conversation: this.id, text, quote },
      ...{ source: quote === null ? 'noticed' : 'stated', by: this.#person(by), at: iso(at) },
      ...ideaOf(idea, { at, by: this.#person(by) }),
    });
    this.byAgent(by, { at, kind: 'preference-noted', body: text });
  }

  logs(by: PersonKey, note: FailureNote, at: number): void {
    const failure = this.#stage.dice.id();
    const customer = this.#customer().id;
    const of = {
      failure,
      conversation: this.id,
      customer,
      visitor: this.#whose.visitor,
      by: this.#person(by),
    };
    const ally = this.#ally(by);
    const { what, owed, owedInDays, onShift, load, irreplaceable } = note;
    this.byAgent(by, { at, kind: 'failure-logged', body: what, data: { failure } });
    this.#do(at, (tx) =>
      recordFailure(
        tx,
        {
          ...{ id: failure, conversation: this.id, what, element: note.element, severity: note.severity },
          ...{ category: note.category, product: note.product ?? null, place: note.place ?? null },
          ...{ channel: note.channel ?? 'chat', irreplaceable: irreplaceable !== undefined },
          ...{ owed: owed ?? null, owedBy: owedInDays === undefined ? null : iso(this.#evening(owedInDays)) },
          ...{
            disputed: money(note.disputed),
            wants: note.wants ?? null,
            quotes: this.#quoted(note).map(({ seq }) => seq),
          },
        },
        {
          ...{ customer, by: of.by, ally: this.#person(ally), load, now: at },
          onShift: onShift.map((key) => this.#person(key)),
        },
      ),
    );
    if (irreplaceable !== undefined) {
      const effort = { at: at + 3 * HOUR, by: this.#person('ingrid'), why: irreplaceable };
      this.#do(effort.at, (tx) => endEffort(tx, failure, effort));
    }
    this.#takesItFurther(by, note, { at, of, ally });
  }

  /** Sympathy and the question within the minute, the fix, and what follows it: as far as the record's own stage. */
  #takesItFurther(
    by: PersonKey,
    note: FailureNote,
    { at, of, ally }: { readonly at: number; readonly of: Recorded; readonly ally: PersonKey },
  ): void {
    const reaches = (stage: FailureStage) =>
      FAILURE_STAGES.indexOf(note.stage) >= FAILURE_STAGES.indexOf(stage);
    if (reaches('apologised')) this.#steps(by, of, { at: at + 6 * SECOND, stage: 'apologised' });
    if (reaches('gone-over')) {
      this.#steps(by, of, { at: at + 14 * SECOND, stage: 'gone-over' });
    }
    const fixed = this.#fixedAt(note, at);
    const { putRight = null, restored = null, noExtra = null, level = null } = note;
    const mended = { putRight, restored, noExtra, level, cost: money(note.cost) };
    const extra = note.extra === undefined ? {} : { extra: note.extra };
    if (reaches('gone-over')) this.#changes(of, fixed - SECOND, { ...mended, ...extra });
    if (!reaches('fixed')) return;
    this.#steps(by, of, { at: fixed, stage: 'fixed' });
    if (note.given) this.#gives(by, note.given, { at: fixed + 30 * SECOND, failure: of.failure });
    const { cause = null, causeNote = null } = note;
    this.#changes(of, fixed + 2 * MINUTE, { cause, causeNote });
    this.#followsUp(ally, note, { of, fixed });
  }

  #followsUp(
    ally: PersonKey,
    note: FailureNote,
    { of, fixed }: { readonly of: Recorded; readonly fixed: number },
  ): void {
    const ends = (
      kind: 'immediate' | 'internal' | 'wrap-up',
      at: number,
      { end, body, to }: { end: () => Done; body: () => string; to?: FailureStage },
    ) => {
      this.#do(at, (tx) => followUp(tx, of, { kind, by: this.#person(ally), at, end: end() }));
      this.#at(at, () => {
        this.byAgent(ally, { at, kind: 'followed-up', body: body(), data: { task: kind } });
        if (to) this.#stepped(ally, of, { at, stage: to });
      });
    };
    const { flag, asked, wrapUp, stage } = note;
    if (flag !== false) {
      const until = iso(fixed + USUAL.flagDays * DAY);
      const lines = () => flag?.lines ?? linesOf(this.#told(note), this.#whose.locale);
      const end = (): Done => ({ end: 'done', flag: { lines: lines(), checks: flag?.checks ?? [], until } });
      ends('internal', fixed + 1.5 * HOUR, { end, body: () => lines().join('\n') });
    }
    if (stage === 'fixed') return;
    const { said = '', hoursAfter = 20 } = asked ?? {};
    const works = (): Done => ({ end: 'done', works: true, said });
    ends('immediate', fixed + hoursAfter * HOUR, { end: works, body: () => said, to: 'followed-up' });
    if (stage === 'followed-up') return;
    const end = (): Done => ({ end: 'done', wrapUp: wrapUp ?? 'handwritten' });
    ends('wrap-up', fixed + 60 * HOUR, { end, body: () => '', to: 'closed' });
  }

  promises(by: PersonKey, { text, due: until, keptDaysAgo, moved }: PromiseNote, at: number): void {
    const { now, dice } = this.#stage;
    const id = dice.id();
    const due = 'days' in until ? this.#evening(until.days) : now + until.minutes * MINUTE;
    const first = moved ? this.#evening(moved.fromDays) : due;
    const kept = keptDaysAgo === undefined ? null : Math.max(at, now - keptDaysAgo * DAY);
    const person = this.#person(by);
    const customer = this.#customer().id;
    const says = (moment: number, kind: string, promised: number) =>
      this.byAgent(by, { at: moment, kind, body: text, data: { promise: id, due: iso(promised), person } });
    says(at, 'promise-made', first);
    if (kept !== null) this.#at(kept, () => says(kept, 'promise-kept', due));
    const movedAt = moved && now - moved.daysAgo * DAY;
    if (movedAt !== undefined) this.#at(movedAt, () => says(movedAt, 'promise-moved', due));
    if (kept === null && due > now) {
      const draft = { id, conversation: this.id, text, due: iso(first) };
      this.#do(at, (tx) => makePromise(tx, draft, { customer, by: person, now: at }));
      if (movedAt !== undefined)
        this.#do(movedAt, (tx) => movePromise(tx, { id, due: iso(due), by: person, now: movedAt }));
      return;
    }
    const lead = leadOf(due - at);
    const told = due - lead / 3;
    const wasTold = kept === null || kept > told;
    if (wasTold)
      this.#at(told, () => this.#slips({ at: told, text, data: { promise: id, due: iso(due), person } }));
    this.#do(at, (tx) =>
      passPromise(tx, {
        ...{ id, customer, conversation: this.id, text, due: iso(due), by: person, createdAt: iso(at) },
        ...{ keptAt: kept === null ? null : iso(kept), toldAt: wasTold ? iso(told) : null },
        warnedAt: kept === null || kept > due - lead ? iso(due - lead) : null,
      }),
    );
  }

  #slips({ at, text, data }: { at: number; text: string; data: Record<string, string> }): void {
    this.#append({ kind: 'system', id: RELAY }, { at, kind: 'promise-slipping', body: text, data });
  }

  asks(by: PersonKey, of: PersonKey, { help, at }: { readonly help: HelpNote; readonly at: number }): void {
    const { now, dice } = this.#stage;
    const { what, wishedInMinutes, promised, answered } = help;
    const [id, provider, asker] = [dice.id(), this.#person(of), this.#person(by)];
    const wishedBy = wishedInMinutes === undefined ? {} : { wishedBy: iso(now + wishedInMinutes * MINUTE) };
    const customer = this.#whose.customer?.id ?? null;
    this.byAgent(by, { at, kind: 'help-asked', body: what, data: { provider } });
    this.#do(at, (tx) =>
      askForHelp(
        tx,
        { id, conversation: this.id, what, provider, ...wishedBy },
        { asker, customer, now: at },
      ),
    );
    if (promised) {
      const then = at + promised.afterMinutes * MINUTE;
      const due = iso(at + promised.byMinutes * MINUTE);
      this.#do(then, (tx) => actOnRequest(tx, id, { act: { act: 'promise', due }, me: provider, now: then }));
      const data = { state: 'promised', request: id, due };
      this.#at(then, () => this.byAgent(of, { at: then, kind: 'help-answered', body: what, data }));
    }
    if (answered) {
      const { text, rating } = answered;
      const then = at + answered.afterMinutes * MINUTE;
      this.#do(then, (tx) => actOnRequest(tx, id, { act: { act: 'answer', text }, me: provider, now: then }));
      this.#do(then + MINUTE, (tx) =>
        actOnRequest(tx, id, { act: { act: 'rate', rating }, me: asker, now: then + MINUTE }),
      );
      const data = { state: 'answered', request: id };
      this.#at(then, () => this.byAgent(of, { at: then, kind: 'help-answered', body: text, data }));
    }
  }

  offers(by: PersonKey, { text, options, taken }: OfferNote, at: number): void {
    const offer = this.#stage.dice.id();
    const whose = { customer: this.#customer().id, visitor: this.#whose.visitor };
    const named = Object.fromEntries(options.map((option, index) => [`option${index + 1}`, option]));
    this.byAgent(by, { at, kind: 'extras-offered', body: text, data: { offer, ...named } });
    const draft = { id: offer, conversation: this.id, text, options, ...this.#failureHere() };
    this.#do(at, (tx) => recordOffer(tx, draft, { ...whose, by: this.#person(by), now: at }));
    if (taken === undefined) return;
    const then = at + 15 * SECOND;
    const choice = { conversation: this.id, offer, choice: taken, now: then };
    this.#do(then, (tx) => chooseFrom(tx, { ...whose, ...choice }));
    const chosen = { at: then, kind: 'extra-chosen', body: options[taken] ?? '', data: { offer } };
    this.#at(then, () => this.byVisitor(chosen));
  }

  /** Above what one may give: nothing is in the log before the colleague's word. */
  wouldGive(
    by: PersonKey,
    of: PersonKey,
    { given, at }: { readonly given: GoodwillNote; readonly at: number },
  ): void {
    this.#goodwill(by, given, { at, colleague: this.#person(of) });
  }

  #gives(
    by: PersonKey,
    given: GoodwillNote,
    { at, failure }: { readonly at: number; readonly failure: string },
  ): void {
    this.#goodwill(by, given, { at, failure });
    const data = { amount: String(given.amount), currency: SHOP.currency };
    this.#at(at, () => this.byAgent(by, { at, kind: 'goodwill-given', body: given.what, data }));
  }

  #goodwill(
    by: PersonKey,
    { amount, what }: GoodwillNote,
    { at, ...more }: { readonly at: number; readonly failure?: string; readonly colleague?: string },
  ): void {
    const whose = { customer: this.#customer().id, visitor: this.#whose.visitor };
    const draft = { id: this.#stage.dice.id(), conversation: this.id, what, ...more };
    this.#do(at, (tx) =>
      giveGoodwill(
        tx,
        { ...draft, amount: { amount, currency: SHOP.currency } },
        { ...whose, by: this.#person(by), now: at },
      ),
    );
  }

  #steps(
    by: PersonKey,
    of: Recorded,
    step: { readonly at: number; readonly stage: 'apologised' | 'gone-over' | 'fixed' },
  ): void {
    const id = this.#stage.dice.id();
    this.#do(step.at, (tx) => stepFailure(tx, of, { id, ...step }));
    this.#at(step.at, () => this.#stepped(by, of, step));
  }

  #stepped(by: PersonKey, { failure }: Recorded, { at, stage }: { at: number; stage: FailureStage }): void {
    this.byAgent(by, { at, kind: 'failure-stepped', data: { failure, stage, again: 'no' } });
  }

  #changes(of: Recorded, at: number, said: Partial<Omit<FailureFields, 'quotes'>>): void {
    const fields = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
    if (Object.keys(fields).length === 0) return;
    const id = this.#stage.dice.id();
    this.#do(at, (tx) => changeFailure(tx, of, { id, at, fields }));
  }

  #fixedAt({ fixed }: FailureNote, at: number): number {
    if (!fixed) return at + 4 * MINUTE;
    return 'minutesAgo' in fixed ? this.#stage.now - fixed.minutesAgo * MINUTE : at + fixed.hoursAfter * HOUR;
  }

  #failureHere(): { readonly failure?: string } {
    const failure = this.entries.findLast(({ kind }) => kind === 'failure-logged')?.data?.failure;
    return failure === undefined ? {} : { failure };
  }

  /** The record as its three lines are drafted from it. */
  #told(note: FailureNote): Parameters<typeof linesOf>[0] {
    const { what, product = null, putRight = null, extra = null, wants = null, owed = null } = note;
    const { restored = null, irreplaceable, owedInDays } = note;
    const owedBy = owedInDays === undefined ? null : iso(this.#evening(owedInDays));
    const quotes = this.#quoted(note);
    return {
      quotes,
      what,
      product,
      putRight,
      extra,
      wants,
      owed,
      owedBy,
      restored,
      irreplaceable: irreplaceable !== undefined,
    };
  }

  /** The messages of which the note holds some words. */
  #quoted({ what, quotes }: FailureNote): Quote[] {
    return quotes.map((words) => {
      const said = this.entries.find(
        ({ kind, senderKind, body = '' }) =>
          kind === 'message' && senderKind === 'visitor' && body.includes(words),
      );
      if (!said) throw new Error(`nobody said “${words}”, which “${what}” quotes`);
      return { seq: said.seq, text: said.body ?? '' };
    });
  }

  #at(at: number, write: () => void): void {
    this.#later.push({ at, write });
  }

  #do(at: number, act: Deed['act']): void {
    this.deeds.push({ at, act });
  }

  #append(sender: { kind: 'visitor' | 'agent' | 'system'; id: string }, written: Written): void {
    const isInternal = INTERNAL.includes(written.kind);
    if (!isInternal) this.publicSeq += 1;
    this.entries.push({
      conversation: this.id,
      seq: this.entries.length + 1,
      publicSeq: isInternal ? null : this.publicSeq,
      kind: written.kind,
      senderKind: sender.kind,
      sender: sender.id,
      clientId: this.#stage.dice.id(),
      body: written.body ?? '',
      data: written.data ?? null,
      at: iso(written.at),
    });
  }

  #person(key: PersonKey): string {
    return this.#stage.people[key];
  }

  /** The customer's own, or the first person of this conversation. */
  #ally(otherwise: PersonKey): PersonKey {
    return this.#whose.customer?.ally ?? this.contact ?? otherwise;
  }

  #customer(): NonNullable<Whose['customer']> {
    if (this.#whose.customer) return this.#whose.customer;
    throw new Error('strangers of the demo have no record: nothing can be noted about them');
  }

  /** Five in the afternoon of that day: what was promised by a day was promised by its evening. */
  #evening(days: number): number {
    const day = new Date(this.#stage.now);
    day.setDate(day.getDate() + days);
    day.setHours(17, 0, 0, 0);
    return day.getTime();
  }
}

type Done = Exclude<TaskEnd, { readonly end: 'waived' }>;

/** An idea as its row holds it. */
export function ideaOf(
  idea: IdeaNote | null | undefined,
  { at, by }: { readonly at: number; readonly by: string },
) {
  if (!idea) return {};
  return idea.done ? { idea: idea.idea, ideaDoneAt: iso(at + DAY), ideaDoneBy: by } : { idea: idea.idea };
}

function money(amount: number | undefined): Money | null {
  return amount === undefined ? null : { amount, currency: SHOP.currency };
}
