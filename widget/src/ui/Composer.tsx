/** One field: Enter sends, Shift+Enter breaks, and an Enter that belongs to an input method does neither. */
import { MESSAGE_MAX_LENGTH } from '@fullname/shared/limits';
import { Component, type ComponentChildren, createRef, type RefObject } from 'preact';
import { type Strings, say } from '../strings.ts';
import { Icon } from './parts.tsx';

/** What others may do with the field. */
export type ComposerHandle = { focus(): void };

export type ComposerProps = {
  /** Where the mounted composer leaves itself: Preact 11 gives no refs to components. */
  readonly handle: RefObject<ComposerHandle | null>;
  readonly draft: string;
  /** Why it cannot be sent as it is. */
  readonly problem: string | null;
  /** Whom it is written to; null while nobody has the conversation. */
  readonly to: string | null;
  readonly strings: Strings;
  /** What stands beside the field. */
  readonly tools: ComponentChildren;
  onWrite(draft: string): void;
  onSend(text: string): void;
};

const SEND = 'M10 16V4M5 9l5-5 5 5';
const MAX_ROWS = 5;
const LINE_PX = 24;

export class Composer extends Component<ComposerProps> {
  field = createRef<HTMLTextAreaElement>();

  override componentDidMount(): void {
    this.props.handle.current = this;
    this.grow();
  }

  override componentDidUpdate(): void {
    this.grow();
  }

  override render({ draft, problem, to, strings, tools }: ComposerProps) {
    return (
      <form class="composer" onSubmit={this.send} noValidate>
        {problem && (
          <p class="failed" role="alert">
            {problem}
          </p>
        )}
        <div>
          <textarea
            ref={this.field}
            rows={1}
            // An empty field is read as the page is: its placeholder has no direction of its own.
            dir={draft ? 'auto' : undefined}
            value={draft}
            aria-label={strings.message}
            placeholder={to ? say(strings.writeTo, to) : strings.write}
            enterkeyhint="send"
            onInput={(event) => this.props.onWrite(event.currentTarget.value)}
            onKeyDown={this.onKey}
          />
          {tools}
          <button type="submit" aria-label={strings.send} disabled={!fits(draft)}>
            <Icon path={SEND} />
          </button>
        </div>
      </form>
    );
  }

  focus(): void {
    this.field.current?.focus();
  }

  onKey = (event: KeyboardEvent): void => {
    // Safari ends a composition before the keydown that ended it: only the old code 229 tells.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    this.send(event);
  };

  send = (event: Event): void => {
    event.preventDefault();
    const { draft, onSend } = this.props;
    if (!fits(draft)) return;
    onSend(draft);
    this.focus();
  };

  /** By rows, not by a style: the frame allows no style attributes. */
  grow(): void {
    const field = this.field.current;
    if (!field) return;
    // While it is measured the list above is higher, which would take its end out of sight.
    const list = document.querySelector('.scroller');
    const top = list?.scrollTop ?? 0;
    field.rows = 1;
    const padding = field.offsetHeight - LINE_PX;
    field.rows = Math.max(1, Math.min(MAX_ROWS, Math.round((field.scrollHeight - padding) / LINE_PX)));
    list?.scrollTo(0, top);
  }
}

function fits(draft: string): boolean {
  return !!draft.trim() && draft.length <= MESSAGE_MAX_LENGTH;
}
