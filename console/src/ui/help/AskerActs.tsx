import type { ErrorCode } from '@fullname/shared/errors';
import { type InternalRequest, RATINGS, type RequestAct } from '@fullname/shared/recovery';
import { useState } from 'preact/hooks';
import { words } from '../../strings/index.ts';
import { say, sayProblem } from '../../toast.ts';

type AskerActsProps = {
  readonly request: InternalRequest;
  readonly act: (act: RequestAct) => Promise<ErrorCode | null>;
};

/** What the asker can do: withdraw while it is open, and say in one of four words how the help was. */
export function AskerActs({ request, act }: AskerActsProps) {
  const t = words().work.help;
  const [busy, setBusy] = useState(false);
  const isOpen = request.state === 'asked' || request.state === 'promised';
  const isAnswered = request.state === 'answered' || request.state === 'declined';

  async function run(what: RequestAct, done: string): Promise<void> {
    if (busy) return;
    setBusy(true);
    const refused = await act(what);
    setBusy(false);
    if (refused) sayProblem(refused);
    else say(done);
  }

  if (isOpen)
    return (
      <button
        type="button"
        class="link-button"
        disabled={busy}
        onClick={() => void run({ act: 'withdraw' }, t.withdrawn)}
      >
        {t.withdraw}
      </button>
    );
  if (!isAnswered) return null;
  if (request.rating) return <p class="source">{t.ratedAs(t.ratings[request.rating])}</p>;
  return (
    <fieldset class="ratings">
      <legend>{t.rate}</legend>
      {RATINGS.map((rating) => (
        <button
          key={rating}
          type="button"
          class="button button-small"
          disabled={busy}
          onClick={() => void run({ act: 'rate', rating }, t.rated)}
        >
          {t.ratings[rating]}
        </button>
      ))}
    </fieldset>
  );
}
