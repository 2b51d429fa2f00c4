import type { ErrorCode } from '@fullname/shared/errors';
import { EXTRA_MAX_LENGTH, MESSAGE_MAX_LENGTH } from '@fullname/shared/limits';
import { repairText } from '@fullname/shared/text';
import { useState } from 'preact/hooks';
import { STRINGS, words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say } from '../../toast.ts';
import { givingFor } from '../../view.ts';
import { Dialog } from '../common/Dialog.tsx';
import { DialogFoot } from '../common/DialogFoot.tsx';
import { TextField } from '../common/Field.tsx';
import { Icon } from '../common/Icon.tsx';
import { useIdFor } from './GiveDialog.tsx';
import { openOffer, type Suggestion, suggestionsOf } from './offers.ts';

const LEAST = 2;
const MOST = 4;

/** Two to four extras, and always something else; the customer chooses in the chat. */
export function OfferExtras({ thread, onClose }: { readonly thread: Thread; readonly onClose: () => void }) {
  const t = words();
  const x = t.giving.extras;
  const { locale } = thread.detail.value;
  const [text, setText] = useState(STRINGS[locale].giving.say.extras);
  const [options, setOptions] = useState<readonly string[]>(['', '']);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);
  const idFor = useIdFor();
  const suggested = suggestionsOf(thread.pane.value);
  const said = options.map((option) => repairText(option).trim());
  const offered = said.filter(Boolean);
  const isTwice = new Set(offered).size < offered.length;
  const isReady = text.trim() !== '' && offered.length >= LEAST && !isTwice;
  const change = (at: number, option: string) =>
    setOptions(options.map((before, index) => (index === at ? option : before)));

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (!isReady || busy) return;
    setBusy(true);
    const failure = givingFor.value;
    const offer = { text: repairText(text).trim(), options: offered };
    const refused = await thread.offerExtras({
      id: idFor(JSON.stringify(offer)),
      ...offer,
      ...(failure ? { failure } : {}),
    });
    setBusy(false);
    if (refused) return setProblem(refused);
    say(x.done);
    onClose();
  }

  return (
    <Dialog title={x.open} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <p class="dialog-lead">{x.lead}</p>
        <Liked liked={suggested.liked} />
        {openOffer(thread) && <p class="offer-open">{x.stillOpen}</p>}
        <TextField
          label={x.text}
          value={text}
          onChange={setText}
          rows={3}
          maxLength={MESSAGE_MAX_LENGTH}
          required
        />
        <ul class="extras-options">
          {options.map((option, at) => (
            <li key={at}>
              <TextField
                label={x.option(String(at + 1))}
                value={option}
                onChange={(words) => change(at, words)}
                maxLength={EXTRA_MAX_LENGTH}
              />
              {options.length > LEAST && (
                <button
                  type="button"
                  class="icon-button"
                  aria-label={x.remove(String(at + 1))}
                  onClick={() => setOptions(options.filter((_, index) => index !== at))}
                >
                  <Icon name="close" />
                </button>
              )}
            </li>
          ))}
          <li class="extras-other">
            {x.other} <small>{x.otherHint}</small>
          </li>
        </ul>
        {options.length < MOST && (
          <button type="button" class="link-button more-button" onClick={() => setOptions([...options, ''])}>
            {x.more}
          </button>
        )}
        <Suggestions
          of={suggested.offers.filter((one) => !offered.includes(one.text))}
          onUse={(words) => setOptions(withOption(options, words))}
        />
        {isTwice && (
          <p class="field-problem" role="alert">
            {x.same}
          </p>
        )}
        <DialogFoot problem={problem} submit={x.submit} disabled={!isReady || busy} onCancel={onClose} />
      </form>
    </Dialog>
  );
}

/** Into the first empty place, or a further one as long as there is room. */
function withOption(options: readonly string[], words: string): readonly string[] {
  const empty = options.findIndex((option) => option.trim() === '');
  if (empty >= 0) return options.map((option, at) => (at === empty ? words : option));
  return options.length < MOST ? [...options, words] : options;
}

/** What to keep in mind of them while one thinks of something. */
function Liked({ liked }: { readonly liked: readonly string[] }) {
  if (liked.length === 0) return null;
  return (
    <ul class="liked" aria-label={words().giving.extras.liked}>
      {liked.map((text) => (
        <li key={text} dir="auto">
          {text}
        </li>
      ))}
    </ul>
  );
}

type SuggestionsProps = {
  readonly of: readonly Suggestion[];
  readonly onUse: (words: string) => void;
};

function Suggestions({ of, onUse }: SuggestionsProps) {
  const t = words().giving.extras;
  if (of.length === 0) return null;
  return (
    <fieldset class="extras-suggestions">
      <legend>{t.suggestions}</legend>
      {of.map((one) => (
        <button key={one.text} type="button" class="button button-small" onClick={() => onUse(one.text)}>
          <span dir="auto">{one.text}</span>
          {one.chosenBefore && <small>{t.used}</small>}
        </button>
      ))}
    </fieldset>
  );
}
