import { WRAP_UPS, type WrapUp } from '@fullname/shared/recovery';
import { repairText } from '@fullname/shared/text';
import { useRef, useState } from 'preact/hooks';
import { newId } from '../../ids.ts';
import { words } from '../../strings/index.ts';
import { Choice, TextField } from '../common/Field.tsx';
import type { FollowUpProps } from './ImmediateActs.tsx';
import { printNote } from './print-note.ts';

/** The last word, best kind first; each begins with a text drafted from the record, with the ally's full name under it. */
export function WrapUpActs({ task, ending, draft }: FollowUpProps) {
  const t = words().work.wrapUp;
  const [kind, setKind] = useState<WrapUp>('handwritten');
  const [texts, setTexts] = useState(draft.texts);
  // The same message through every retry.
  const message = useRef({ 'e-mail': newId(), 'personal-message': newId() });
  const now = texts[kind] ?? { subject: '', text: '' };
  const write = (change: Partial<typeof now>) => setTexts({ ...texts, [kind]: { ...now, ...change } });
  const text = repairText(now.text).trim();
  const blocked = whyNot();

  function whyNot(): string | null {
    if (kind === 'e-mail' && 'why' in draft.mail) return words().errors[draft.mail.why];
    if (kind === 'personal-message' && !task.conversation) return t.noConversation;
    return null;
  }

  function finish(event: SubmitEvent) {
    event.preventDefault();
    if (blocked) return;
    const isMail = kind === 'e-mail';
    if (kind === 'handwritten' || kind === 'call') return ending.end({ end: 'done', wrapUp: kind }, t.done);
    if (!text) return;
    const subject = repairText(now.subject).trim();
    ending.end(
      {
        end: 'done',
        wrapUp: kind,
        message: { id: message.current[kind], text, ...(isMail && subject ? { subject } : {}) },
      },
      isMail ? t.mailDone : t.done,
    );
  }

  return (
    <form class="stack" onSubmit={finish}>
      <Choice
        label={t.how}
        name={`wrap-up-${task.id}`}
        value={kind}
        options={WRAP_UPS.map((value) => ({
          value,
          label: t.kinds[value].name,
          hint: t.kinds[value].effect,
        }))}
        onChange={setKind}
      />
      {blocked ? (
        <p class="field-problem">{blocked}</p>
      ) : (
        <>
          {kind === 'e-mail' && 'to' in draft.mail && (
            <>
              <p class="field-hint">{t.goesTo(draft.mail.to)}</p>
              <TextField
                label={t.subject}
                value={now.subject}
                onChange={(subject) => write({ subject })}
                maxLength={200}
                required
              />
            </>
          )}
          {kind === 'personal-message' && <p class="field-hint">{t.asMessage(task.owner.fullName)}</p>}
          <TextField
            key={kind}
            label={t.text[kind]}
            value={now.text}
            onChange={(next) => write({ text: next })}
            rows={11}
            maxLength={4000}
            {...(kind === 'handwritten' ? { hint: t.printHint } : {})}
          />
        </>
      )}
      <div class="task-acts">
        <button type="submit" class="button button-primary" disabled={blocked !== null || ending.busy}>
          {t.submit[kind]}
        </button>
        {kind === 'handwritten' && (
          <button type="button" class="button" disabled={!text} onClick={() => printNote(text)}>
            {t.print}
          </button>
        )}
      </div>
    </form>
  );
}
