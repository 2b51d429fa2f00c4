/** A key in a list, and its end. That cannot be undone: it is asked about in place. */
import type { Result } from '@fullname/shared/errors';
import { useState } from 'preact/hooks';
import { words } from '../../strings/index.ts';
import { say, sayProblem } from '../../toast.ts';

export type KeyRowProps = {
  readonly name: string;
  readonly facts: readonly string[];
  /** The exact moment behind the facts. */
  readonly moment?: string;
  readonly isEnded: boolean;
  readonly end: {
    readonly label: string;
    /** The same with the key's name, for those who hear the button alone. */
    readonly ofThis: string;
    readonly sure: string;
    readonly yes: string;
    readonly done: string;
  };
  onEnd(): Promise<Result<unknown>>;
  onEnded(): void;
};

export function KeyRow({ name, facts, moment, isEnded, end, onEnd, onEnded }: KeyRowProps) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);

  async function finish() {
    setBusy(true);
    const answer = await onEnd();
    setBusy(false);
    if (!answer.ok) return sayProblem(answer.code);
    setAsking(false);
    say(end.done);
    onEnded();
  }

  return (
    <li data-ended={isEnded}>
      <div class="key-row">
        <p>
          <b dir="auto">{name}</b>
          <span class="source" title={moment}>
            {facts.join(' · ')}
          </span>
        </p>
        {!isEnded && !asking && (
          <button type="button" class="button" aria-label={end.ofThis} onClick={() => setAsking(true)}>
            {end.label}
          </button>
        )}
      </div>
      {asking && (
        <fieldset class="sure" aria-label={end.ofThis}>
          <p>{end.sure}</p>
          <button type="button" class="button" onClick={() => setAsking(false)}>
            {words().common.cancel}
          </button>
          <button
            type="button"
            class="button button-danger"
            disabled={busy}
            ref={(button) => button?.focus()}
            onClick={() => void finish()}
          >
            {end.yes}
          </button>
        </fieldset>
      )}
    </li>
  );
}
