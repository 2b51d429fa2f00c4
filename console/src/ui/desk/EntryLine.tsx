import type { Entry } from '@fullname/shared/model';
import type { ComponentChildren } from 'preact';
import { momentOf, moneyOf, spanOf, timeOf, whenOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { quoting, showFailure } from '../../view.ts';
import { Icon } from '../common/Icon.tsx';
import { NameWords } from '../common/NameWords.tsx';
import { isQuotable, QuotePick } from '../recovery/Quotes.tsx';
import { nameOf } from './ConversationRow.tsx';
import { FileBubble } from './FileLine.tsx';
import { MessageText } from './MessageText.tsx';

type Words = Extract<Entry, { kind: 'message' | 'hello' | 'farewell' }>;
type Note = Extract<Entry, { kind: 'note' }>;
type Sent = Extract<Entry, { kind: 'file' }>;
type Fact = Exclude<Entry, Words | Note | Sent>;

type EntryLineProps = {
  readonly thread: Thread;
  readonly entry: Entry;
  /** Begins a group: the name stands above it. */
  readonly first: boolean;
  /** The last of one's own: its state stands below it. */
  readonly last: boolean;
};

/** One entry of the log. */
export function EntryLine({ thread, entry, first, last }: EntryLineProps) {
  if (isWords(entry)) return <Message thread={thread} entry={entry} first={first} last={last} />;
  if (entry.kind === 'note') return <NoteLine entry={entry} />;
  if (entry.kind === 'file') return <FileLine thread={thread} entry={entry} first={first} last={last} />;
  return <FactLine entry={entry} />;
}

export function isWords(entry: Entry): entry is Words {
  return entry.kind === 'message' || entry.kind === 'hello' || entry.kind === 'farewell';
}

type MessageProps = Omit<EntryLineProps, 'entry'> & { readonly entry: Words };
type FileProps = Omit<EntryLineProps, 'entry'> & { readonly entry: Sent };

function Message({ thread, entry, first, last }: MessageProps) {
  const detail = thread.detail.value;
  return (
    <Said thread={thread} entry={entry} first={first} last={last}>
      {quoting.value?.conversation === thread.id && isQuotable(entry) ? (
        <QuotePick entry={entry} lang={detail.speaks} />
      ) : (
        <div class="bubble" lang={detail.speaks} dir="auto" title={timeOf(entry.at)}>
          <MessageText text={entry.text} />
        </div>
      )}
    </Said>
  );
}

/** A file by its name and size; its bytes are fetched when somebody wants them. */
function FileLine({ thread, entry, first, last }: FileProps) {
  return (
    <Said thread={thread} entry={entry} first={first} last={last}>
      <FileBubble thread={thread} entry={entry} />
    </Said>
  );
}

type SaidProps = Omit<EntryLineProps, 'entry'> & {
  readonly entry: Words | Sent;
  readonly children: ComponentChildren;
};

/** What somebody said or sent: whose it is, when, and whether it was read. */
function Said({ thread, entry, first, last, children }: SaidProps) {
  const t = words().thread;
  const detail = thread.detail.value;
  const byAgent = entry.author.kind === 'agent';
  const name = entry.author.kind === 'agent' ? entry.author.person.fullName : nameOf(detail);
  const seq = entry.publicSeq ?? Number.POSITIVE_INFINITY;
  const fate = detail.visitorRead >= seq ? t.read : detail.visitorDelivered >= seq ? t.delivered : t.sent;
  const isMarked = entry.kind === 'hello' || entry.kind === 'farewell';
  return (
    <article
      class={`message ${byAgent ? 'message-agent' : 'message-visitor'}`}
      data-kind={entry.kind}
      data-seq={entry.seq}
    >
      <header class={first ? 'message-head' : 'visually-hidden'}>
        <b class="message-author" dir="auto">
          {name}
        </b>
        {isMarked && <span class="message-kind">{t[entry.kind]}</span>}
        <time dateTime={entry.at} title={momentOf(entry.at)}>
          {timeOf(entry.at)}
        </time>
      </header>
      {children}
      {last && (
        <p class="message-state">
          {fate} <Icon name="check" />
        </p>
      )}
    </article>
  );
}

function NoteLine({ entry }: { readonly entry: Note }) {
  const author = entry.author.kind === 'agent' ? entry.author.person.fullName : '';
  return (
    <article class="note">
      <header class="note-head">
        <Icon name="note" />
        <span>{words().thread.note}</span>
        <b>{author}</b>
        <time dateTime={entry.at} title={momentOf(entry.at)}>
          {timeOf(entry.at)}
        </time>
      </header>
      <div class="note-text" dir="auto">
        <MessageText text={entry.text} />
      </div>
    </article>
  );
}

/** A fact that the relay recorded: one quiet, centred line. */
function FactLine({ entry }: { readonly entry: Fact }) {
  return (
    <p class="fact" data-kind={entry.kind}>
      <FactWords entry={entry} />{' '}
      <time dateTime={entry.at} title={momentOf(entry.at)}>
        {timeOf(entry.at)}
      </time>
    </p>
  );
}

function FactWords({ entry }: { readonly entry: Fact }) {
  const t = words().thread;
  const r = words().recovery.entries;
  switch (entry.kind) {
    case 'joined':
      return <NameWords words={t.joined(entry.person.fullName)} />;
    case 'handed-over':
      return (
        <>
          {t.handedOver(entry.from.fullName, entry.to.fullName)} · {t.stays(entry.contact.fullName)}
        </>
      );
    case 'email-given':
      return <>{entry.email ? t.emailGiven(entry.email) : t.claimRemoved}</>;
    case 'person-asked':
      return <>{t.personAsked(entry.person.fullName)}</>;
    case 'call-back':
      return <CallBackWords entry={entry} />;
    case 'greeted':
      return <span dir="auto">{t.greeted(entry.person.fullName, entry.text)}</span>;
    case 'introduced': {
      const said = [entry.name, entry.email, entry.order].filter(Boolean).join(' · ');
      return <span dir="auto">{said ? t.introduced(said) : t.claimRemoved}</span>;
    }
    case 'linked':
      return <>{t.linked(entry.by.fullName, entry.customer.name)}</>;
    case 'unlinked':
      return <>{t.unlinked(entry.by.fullName)}</>;
    case 'put-aside':
      return <>{t.setAside(entry.by.fullName)}</>;
    case 'released':
      return <>{t.released(entry.by.fullName)}</>;
    case 'failure-logged':
      return (
        <>
          {t.failureLogged(entry.by.fullName, entry.what)} <ToRecord failure={entry.failure} />
        </>
      );
    case 'failure-stepped':
      return (
        <>
          {entry.again ? r.again(entry.by.fullName) : r.stepped[entry.stage](entry.by.fullName)}{' '}
          {entry.again && <ToRecord failure={entry.failure} />}
        </>
      );
    case 'preference-noted':
      return <>{t.preferenceNoted(entry.by.fullName, entry.text)}</>;
    case 'promise-made':
      return <>{t.promiseMade(entry.person.fullName, entry.text, whenOf(entry.due))}</>;
    case 'promise-moved':
      return <>{r.promiseMoved(entry.person.fullName, entry.text, whenOf(entry.due))}</>;
    case 'promise-kept':
      return <>{r.promiseKept(entry.person.fullName, entry.text)}</>;
    case 'promise-slipping':
      return <>{r.promiseSlipping(entry.person.fullName, entry.text, whenOf(entry.due))}</>;
    case 'extras-offered':
      return <>{r.extrasOffered(entry.person.fullName, entry.options.join(' · '))}</>;
    case 'extra-chosen':
      return <>{r.extraChosen(entry.choice)}</>;
    case 'farewell-answered':
      return <span dir="auto">{r.farewellAnswered[entry.question](entry.text)}</span>;
    case 'ally-changed':
      return <>{r.allyChanged(entry.from.fullName, entry.to.fullName)}</>;
    case 'goodwill-given':
      return (
        <>{r.goodwill(entry.by.fullName, moneyOf(entry.amount.amount, entry.amount.currency), entry.what)}</>
      );
    case 'help-asked':
      return <>{r.helpAsked(entry.by.fullName, entry.provider.fullName, entry.what)}</>;
    case 'help-answered':
      return <>{helpWords(entry)}</>;
    case 'followed-up':
      return <>{followedUpWords(entry)}</>;
  }
}

function CallBackWords({ entry }: { readonly entry: Extract<Fact, { kind: 'call-back' }> }) {
  const t = words().thread;
  const { step, from, to, way, phone, person } = entry;
  const when = spanOf(from, to);
  if (step === 'cancelled' || step === 'missed') return <>{t.callBack[step](when)}</>;
  if (step === 'taken') return <>{t.callBack.taken(when, person?.fullName ?? '')}</>;
  const how = way === 'telephone' && phone !== null ? t.callBackPhone(phone) : t.callBackChat;
  const who = person ? ` (${t.callBackWith(person.fullName)})` : '';
  return <span dir="auto">{t.callBack[step](when, how) + who}</span>;
}

function helpWords({ by, state, what }: Extract<Fact, { kind: 'help-answered' }>): string {
  const r = words().recovery.entries;
  if (state === 'promised') return r.helpPromised(by.fullName, what);
  return state === 'answered' ? r.helpAnswered(by.fullName, what) : r.helpDeclined(by.fullName, what);
}

/** A message or a note may stand without words here: then its kind says what was done. */
function followedUpWords({ by, task, wrapUp, what }: Extract<Fact, { kind: 'followed-up' }>): string {
  const t = words();
  const said = t.recovery.entries.followedUp;
  const kind = task === 'immediate' || task === 'internal' || task === 'wrap-up' ? task : 'other';
  const how = wrapUp && t.work.wrapUp.kinds[wrapUp].name;
  return said[kind](by.fullName, [how, what].filter(Boolean).join(' · '));
}

/** From its line in the log to the record. */
function ToRecord({ failure }: { readonly failure: string }) {
  return (
    <button type="button" class="link-button" onClick={() => showFailure(failure)}>
      {words().recovery.record.show}
    </button>
  );
}
