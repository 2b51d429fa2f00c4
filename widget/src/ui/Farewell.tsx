/** After a goodbye: two open questions, which nobody must answer, the conversation by e-mail, and the way back to the same person. */
import { ANSWER_MAX_LENGTH } from '@fullname/shared/limits';
import { FAREWELL_QUESTIONS, type FarewellQuestion, type PublicEntry } from '@fullname/shared/model';
import { Component, createRef } from 'preact';
import type { ChatState } from '../state.ts';
import { fill, say } from '../strings.ts';
import type { Talk } from '../talk.ts';
import { errorText } from '../words.ts';
import type { After } from './after.ts';
import { ByMail } from './ByMail.tsx';
import { Name, type Spoken } from './parts.tsx';

export type FarewellProps = {
  readonly chat: ChatState;
  readonly talk: Pick<Talk, 'ask' | 'kept' | 'look' | 'newId' | 'passes' | 'take'>;
  readonly shared: Spoken;
  readonly after: After;
  onWrite(): void;
};

type GoodbyeProps = FarewellProps & { readonly farewell: Said };

/** An answer that is being written. Its id is made with its first word and stays, so that however often it is sent there is one. */
type Draft = { readonly id: string; readonly text: string };
type Drafts = { readonly [Question in FarewellQuestion]?: Draft };
type State = {
  readonly drafts: Drafts;
  readonly sending: FarewellQuestion | null;
  readonly trouble: { readonly question: FarewellQuestion; readonly text: string } | null;
};

const KEEP_AFTER_MS = 300;
/** As near to the end as one may be who follows the list; what mails the conversation may have come below meanwhile. */
const NEAR_PX = 80;
/** What is left in sight above it. */
const ROOM_PX = 12;

/** A farewell of its own each time: what is begun after one is not offered again after the next. */
export function Farewell(props: FarewellProps) {
  const farewell = farewellOf(props.chat);
  return farewell && <Goodbye key={farewell.id} {...props} farewell={farewell} />;
}

class Goodbye extends Component<GoodbyeProps, State> {
  override state: State = { drafts: {}, sending: null, trouble: null };
  box = createRef<HTMLElement>();
  thanks = createRef<HTMLParagraphElement>();
  timer: ReturnType<typeof setTimeout> | undefined;
  /** Something was written here; what an earlier page has left is not dropped before it is read. */
  touched = false;
  /** An answer went out: its field goes, and takes the focus with it. */
  sent = false;

  override componentDidMount(): void {
    void this.load();
    window.addEventListener('pagehide', this.keep);
    // After the list has gone to its end once more, for all that has grown in it.
    requestAnimationFrame(() => setTimeout(this.showWords));
  }

  override componentDidUpdate(): void {
    if (!this.sent || !this.thanks.current) return;
    this.sent = false;
    // Whoever is elsewhere already stays there.
    if (document.activeElement === document.body) this.thanks.current.focus();
  }

  override componentWillUnmount(): void {
    window.removeEventListener('pagehide', this.keep);
    this.keep();
  }

  override render({ chat, talk, shared, after, farewell, onWrite }: GoodbyeProps) {
    const { person } = farewell.author;
    const open = FAREWELL_QUESTIONS.filter((question) => !answersAfter(chat, farewell, question));
    const { more } = after;
    return (
      <section class="goodbye" ref={this.box} aria-label={more.farewellLabel}>
        {open.length < FAREWELL_QUESTIONS.length && (
          <p ref={this.thanks} tabIndex={-1} role="status">
            {fill(more.answered, <Name person={person} locale={shared.locale} />)}
          </p>
        )}
        {open.map((question) => this.question(question))}
        <ByMail chat={chat} talk={talk} shared={shared} after={after} conversation={farewell.conversation} />
        <button type="button" class="again" onClick={onWrite}>
          {say(more.writeAgain, person.fullName)}
        </button>
      </section>
    );
  }

  question(question: FarewellQuestion) {
    const { more } = this.props.after;
    const { drafts, sending, trouble } = this.state;
    const text = drafts[question]?.text ?? '';
    return (
      <form
        key={question}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void this.send(question);
        }}
      >
        <label>
          {more[question]}
          <textarea
            rows={2}
            dir={text ? 'auto' : undefined}
            maxLength={ANSWER_MAX_LENGTH}
            value={text}
            onInput={(event) => this.write(question, event.currentTarget.value)}
          />
        </label>
        {text.trim() && (
          <button type="submit" class="act" disabled={sending === question}>
            {more.answer}
          </button>
        )}
        {trouble?.question === question && (
          <p class="failed" role="alert">
            {trouble.text}
          </p>
        )}
      </form>
    );
  }

  write(question: FarewellQuestion, text: string): void {
    const id = this.state.drafts[question]?.id ?? this.props.talk.newId();
    this.setState({ drafts: { ...this.state.drafts, [question]: { id, text } }, trouble: null });
    this.keepSoon();
  }

  async send(question: FarewellQuestion): Promise<void> {
    const { talk, after, shared, farewell } = this.props;
    const draft = this.state.drafts[question];
    if (!draft?.text.trim() || this.state.sending) return;
    this.setState({ sending: question, trouble: null });
    const text = talk.look(draft.text.trim());
    const { conversation } = farewell;
    const answer = await talk.ask('farewell:answer', { conversation, id: draft.id, question, text });
    this.setState({ sending: null });
    if (answer.ok) {
      const { [question]: _, ...drafts } = this.state.drafts;
      this.setState({ drafts });
      this.sent = true;
      talk.take(answer.value);
      this.keepSoon();
      return;
    }
    const { more } = after;
    const why =
      answer.code === 'CONFLICT'
        ? more.answeredAlready
        : talk.passes(answer.code)
          ? more.answerWaits
          : errorText(shared.words, answer.code);
    this.setState({ trouble: { question, text: why } });
  }

  /** The goodbye is read before what is asked after it. Whoever reads further up is left there. */
  showWords = (): void => {
    const list = this.box.current?.closest('.scroller');
    const words = [...(list?.querySelectorAll('.row.farewell') ?? [])].at(-1);
    if (!list || !words || list.scrollHeight - list.scrollTop - list.clientHeight > NEAR_PX) return;
    const above = list.getBoundingClientRect().top - words.getBoundingClientRect().top;
    if (above > 0) list.scrollTop -= above + ROOM_PX;
  };

  /** What an earlier page has left. What was written meanwhile stays. */
  async load(): Promise<void> {
    const kept = await this.props.talk.kept.get(this.key()).catch(() => null);
    if (isDrafts(kept)) this.setState({ drafts: { ...kept, ...this.state.drafts } });
  }

  keepSoon(): void {
    this.touched = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(this.keep, KEEP_AFTER_MS);
  }

  /** No digit of a card number is kept. */
  keep = (): void => {
    clearTimeout(this.timer);
    if (!this.touched) return;
    const { talk } = this.props;
    const key = this.key();
    const written = Object.entries(this.state.drafts).filter(([, { text }]) => text);
    const value = Object.fromEntries(
      written.map(([question, { id, text }]) => [question, { id, text: talk.look(text) }]),
    );
    const change = written.length > 0 ? { put: key, value } : { delete: key };
    void talk.kept.write([change]).catch(() => undefined);
  };

  key(): string {
    return `farewell/${this.props.farewell.id}`;
  }
}

type Said = Extract<PublicEntry, { kind: 'farewell' }> & { readonly author: { readonly kind: 'agent' } };

/** The goodbye that is the last word; null while the conversation goes on. */
function farewellOf({ conversation, entries }: ChatState): Said | null {
  if (conversation?.status !== 'closed') return null;
  const last = [...entries].reverse().find((entry) => entry.kind === 'farewell');
  return last?.kind === 'farewell' && last.author.kind === 'agent' ? (last as Said) : null;
}

function answersAfter({ entries }: ChatState, farewell: Said, question: FarewellQuestion): boolean {
  return entries.some(
    (entry) =>
      entry.kind === 'farewell-answered' &&
      entry.question === question &&
      entry.publicSeq > farewell.publicSeq,
  );
}

function isDrafts(value: unknown): value is Drafts {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).every(
      ([question, draft]) =>
        (FAREWELL_QUESTIONS as readonly string[]).includes(question) &&
        typeof draft?.id === 'string' &&
        typeof draft.text === 'string',
    )
  );
}
