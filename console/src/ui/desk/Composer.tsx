import type { Member } from '@fullname/shared/api';
import { useCallback, useState } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import type { WritingMode } from '../../draft.ts';
import { commandKey } from '../../keys.ts';
import { settings } from '../../preferences.ts';
import type { Span } from '../../reader/spans.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { type Composing, useComposing } from './composing.ts';
import { AttachButton, FilesTray } from './FilesTray.tsx';
import { HeldReply } from './HeldReply.tsx';
import { PhraseBar } from './PhraseBar.tsx';
import { PhraseSearch } from './PhraseSearch.tsx';
import { Announcer } from './reader/Announcer.tsx';
import { Mirror } from './reader/Mirror.tsx';
import { ProposeForm } from './reader/ProposeForm.tsx';
import { RemarkPanel } from './reader/RemarkPanel.tsx';
import { describedBy, watch } from './reader/useShoulder.ts';
import { useFiles } from './useFiles.ts';

const ROWS = { least: 2, most: 8 };

/** Where one answers, or leaves a note for colleagues; the two look apart, so that nobody mistakes one for the other. */
export function Composer({ thread }: { readonly thread: Thread }) {
  const composing = useComposing(thread);
  const [searching, setSearching] = useState(false);
  const search = useCallback(() => setSearching(true), []);
  const { mode, canReply, maySpeak, insert, shoulder } = composing;
  const isRead = mode === 'reply';
  const files = useFiles(composing, thread);
  const closeSearch = () => {
    setSearching(false);
    composing.focus();
  };
  return (
    <section
      class="composer"
      data-mode={mode}
      data-over={files?.over}
      aria-label={words().composer.label}
      {...files?.listens}
    >
      <FilesTray thread={thread} />
      <HeldReply thread={thread} onChange={composing.focus} />
      {maySpeak && mode === 'reply' && <PhraseBar shoulder={shoulder} onUse={insert} onSearch={search} />}
      {searching && (
        <PhraseSearch
          thread={thread}
          onUse={(phrase) => {
            setSearching(false);
            insert(phrase);
          }}
          onClose={closeSearch}
        />
      )}
      <div class="composer-box">
        <ModeSwitch thread={thread} mode={mode} canReply={canReply} />
        <div class="watched">
          {isRead && <Mirror shoulder={shoulder} text={composing.text} field={composing.field} />}
          <textarea
            ref={composing.field}
            id="composer"
            class="composer-field"
            rows={Math.min(ROWS.most, Math.max(ROWS.least, composing.text.split('\n').length))}
            dir="auto"
            value={composing.text}
            aria-label={placeholderOf(thread, mode)}
            placeholder={placeholderOf(thread, mode)}
            aria-invalid={composing.problem || shoulder.stopped.value === 'hold' ? 'true' : 'false'}
            {...describedBy(shoulder, 'composer-hint')}
            {...watch(shoulder)}
            onInput={(event) => {
              if (composing.input(event.currentTarget, event.isComposing)) setSearching(true);
            }}
            onKeyDown={composing.keyDown}
          />
        </div>
        {isRead && (
          <>
            <RemarkPanel shoulder={shoulder} field={composing.field} onSend={composing.submit} />
            <Announcer shoulder={shoulder} />
          </>
        )}
        <Foot thread={thread} composing={composing} onFiles={files?.take ?? null} />
      </div>
    </section>
  );
}

type FootProps = {
  readonly thread: Thread;
  readonly composing: Composing;
  /** Null where no file can be sent now. */
  readonly onFiles: ((files: readonly File[]) => void) | null;
};

function Foot({ thread, composing, onFiles }: FootProps) {
  const { person } = useDesk();
  const t = words().composer;
  const { mode, problem, over, needsTaking } = composing;
  const isRecited = mode === 'reply' && composing.shoulder.recited.value;
  const hint = isRecited ? words().reader.recites : hintOf(thread, person);
  return (
    <footer class="composer-foot">
      <p
        id="composer-hint"
        class={problem ? 'composer-problem' : 'composer-hint'}
        data-keys={hint === null}
        role={problem ? 'alert' : undefined}
      >
        {problem ?? hint ?? (settings.value.enterSends ? t.hints.enter : t.hints.ctrl(commandKey))}
      </p>
      <ProposeSelected composing={composing} />
      {onFiles && <AttachButton site={thread.detail.value.site.id} onFiles={onFiles} />}
      {over > 0 && <span class="composer-problem">{t.tooLong(over)}</span>}
      <button
        type="button"
        class={`button ${mode === 'note' ? 'button-note' : 'button-primary'}`}
        disabled={!composing.mayBeSent}
        onClick={composing.submit}
      >
        {mode === 'note' ? t.addNote : needsTaking ? t.takeAndAnswer : t.send}
      </button>
    </footer>
  );
}

/** Words worth keeping, or better not said, go from the draft into the book. */
function ProposeSelected({ composing }: { readonly composing: Composing }) {
  const { shoulder, field, mode } = composing;
  const [span, setSpan] = useState<Span | null>(null);
  const close = () => {
    setSpan(null);
    // The button that opened it is gone; the words that it was about are still selected.
    requestAnimationFrame(() => field.current?.focus());
  };
  if (span) return <ProposeForm shoulder={shoulder} span={span} rule={null} onClose={close} />;
  if (mode !== 'reply' || !shoulder.selected.value) return null;
  return (
    <button
      type="button"
      class="link-button propose-selected"
      // The selection is what it is about: it must outlive the click.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => {
        const { selectionStart: from = 0, selectionEnd: to = 0 } = field.current ?? {};
        if (to > from) setSpan({ from, to });
      }}
    >
      {words().reader.proposeSelected}
    </button>
  );
}

type ModeSwitchProps = { readonly thread: Thread; readonly mode: WritingMode; readonly canReply: boolean };

function ModeSwitch({ thread, mode, canReply }: ModeSwitchProps) {
  const t = words().composer;
  const modes: readonly WritingMode[] = canReply ? ['reply', 'note'] : ['note'];
  return (
    <div class="mode-switch" role="radiogroup" aria-label={t.label}>
      {modes.map((one) => (
        <label key={one} class="mode" data-on={one === mode} data-tip={one === 'reply' ? 'R' : 'N'}>
          <input
            type="radio"
            class="visually-hidden"
            name="writing-mode"
            checked={one === mode}
            onChange={() => {
              thread.draft.mode.value = one;
            }}
          />
          {t[one]}
        </label>
      ))}
      {mode === 'note' && <span class="note-mark">{t.noteHint}</span>}
    </div>
  );
}

function placeholderOf(thread: Thread, mode: WritingMode): string {
  const t = words().composer;
  if (mode === 'note') return t.notePlaceholder;
  const name = thread.detail.value.name;
  return name ? t.replyTo(name) : t.replyToVisitor;
}

/** Null where there is nothing to say but which keys send. */
function hintOf(thread: Thread, me: Member): string | null {
  const t = words().composer;
  const { status, holder } = thread.detail.value;
  if (me.role === 'back-office') return t.backOfficeHint;
  if (status === 'closed') return t.closedHint;
  if (status === 'spam') return t.asideHint;
  if (status === 'open' && holder && holder.id !== me.id) return t.heldByOther(holder.fullName);
  return null;
}
