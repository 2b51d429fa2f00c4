/** In the conversation: what was chosen, with the ways to change it; or the offer, where somebody would wait in vain. */
import type { PublicEntry } from '@fullname/shared/model';
import { Component } from 'preact';
import { pageSettings } from '../settings.ts';
import type { ChatState } from '../state.ts';
import type { Talk } from '../talk.ts';
import type { CallBackKit } from './call-back.tsx';
import { type CallBackEntry, promised } from './call-back-line.tsx';
import { Name, type Spoken } from './parts.tsx';
import { isEmailKnown } from './Waiting.tsx';

type LineProps = { readonly entry: CallBackEntry; readonly shared: Spoken; readonly kit: CallBackKit };

/** Between the words. */
export function CallBackLine({ entry, shared, kit }: LineProps) {
  return <p class="fact">{kit.lineOf(entry, kit, drawn(shared))}</p>;
}

const drawn = ({ locale }: Spoken) => ({
  name: (person: NonNullable<CallBackEntry['person']>) => <Name person={person} locale={locale} />,
  words: (text: string) => <bdi>{text}</bdi>,
});

export type CardProps = {
  readonly chat: ChatState;
  readonly talk: Talk;
  readonly shared: Spoken;
  readonly kit: CallBackKit;
};

export class CallBackCard extends Component<CardProps, { readonly failed: boolean }> {
  override state = { failed: false };

  override render({ chat, talk, shared, kit }: CardProps, { failed }: { failed: boolean }) {
    const { more } = kit;
    const ahead = aheadIn(chat.entries);
    const reached = isEmailKnown(chat);
    const choose = (moves: string | null) => kit.choose(async () => talk, shared, { moves, reached });
    if (!ahead && !isOffered(chat)) return null;
    if (!ahead)
      return (
        <p class="fact">
          {isFull(chat) && [more.callBackFull, <br key="break" />]}
          <button type="button" class="link" onClick={() => choose(null)}>
            {more.callBack}
          </button>
        </p>
      );
    return (
      <section class="call-back" aria-label={more.callBackLabel}>
        <p>{promised(ahead, kit, drawn(shared))}</p>
        {ahead.phone && (
          <p>
            <bdi>{ahead.phone}</bdi>
          </p>
        )}
        <p class="next">
          <button type="button" class="act" onClick={() => choose(ahead.callBack)}>
            {more.callBackMove}
          </button>
          <button type="button" class="act" onClick={() => void this.cancel(ahead.callBack)}>
            {more.callBackCancel}
          </button>
        </p>
        {failed && <p role="alert">{more.askLost}</p>}
      </section>
    );
  }

  async cancel(callBack: string): Promise<void> {
    const { talk, chat } = this.props;
    const conversation = chat.conversation?.id ?? '';
    const answer = await talk.ask('call-back:cancel', { conversation, id: talk.newId(), callBack });
    if (answer.ok) talk.take(answer.value);
    // Kept, or put off, in between: the log says so.
    this.setState({ failed: !answer.ok && talk.passes(answer.code) });
    if (answer.ok) document.querySelector('textarea')?.focus();
  }
}

function isFull({ expectation }: ChatState): boolean {
  return expectation?.kind === 'here' && !!expectation.full;
}

/** Whoever is to be answered and is not, where nobody comes soon, or a time was given up. */
function isOffered({ conversation, expectation, entries }: ChatState): boolean {
  if (conversation?.status !== 'waiting' || !pageSettings().callBack.on) return false;
  return !!expectation && (expectation.kind === 'nobody' || !!expectation.full || entries.some(isCallBack));
}

function isCallBack(entry: PublicEntry): entry is CallBackEntry {
  return entry.kind === 'call-back';
}

/** What the log says of the last one, if that is still to come. */
function aheadIn(entries: readonly PublicEntry[], now = Date.now()): CallBackEntry | null {
  const last = entries.filter(isCallBack).at(-1);
  if (!last || last.step === 'cancelled' || last.step === 'missed') return null;
  const after = entries.filter(({ publicSeq }) => publicSeq > last.publicSeq);
  let { from, to } = last;
  for (const entry of after) {
    if (!('promise' in entry) || entry.promise !== last.callBack) continue;
    if (entry.kind === 'promise-kept') return null;
    // Its person has named another time: as long before it as the first one was.
    const length = Date.parse(to) - Date.parse(from);
    to = entry.due;
    from = new Date(Date.parse(to) - length).toISOString();
  }
  return Date.parse(to) > now ? { ...last, from, to } : null;
}
