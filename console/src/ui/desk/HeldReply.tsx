import type { Entry } from '@fullname/shared/model';
import { useEffect } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { isWords } from './EntryLine.tsx';
import { MessageText } from './MessageText.tsx';

/** A colleague answered in between: their words first, then one decides. */
export function HeldReply({ thread, onChange }: { readonly thread: Thread; readonly onChange: () => void }) {
  const { inbox, person } = useDesk();
  const t = words().composer;
  const held = thread.pending.value.find((item) => item.state === 'held');
  useEffect(() => {
    if (held) void thread.catchUp();
  }, [held?.id]);
  if (!held) return null;

  const answers = thread.log.value.entries.filter((entry) => isAnswerAfter(entry, held.seen ?? 0, person.id));
  const last = answers[answers.length - 1];
  const who =
    last && isWords(last) && last.author.kind === 'agent' ? last.author.person.fullName : t.heldNoEntry;

  async function change() {
    const text = held && (await inbox.outbox.takeBack(held.id));
    if (!text) return;
    const before = thread.draft.reply.value.trim();
    thread.draft.write('reply', before ? `${text}\n${before}` : text);
    onChange();
  }

  return (
    <section class="held" role="alert">
      <p>
        <b>{t.held(who)}</b> {t.heldHint}
      </p>
      {answers.map(
        (entry) =>
          isWords(entry) && (
            <blockquote key={entry.seq} dir="auto">
              <MessageText text={entry.text} />
            </blockquote>
          ),
      )}
      <div class="held-acts">
        <button type="button" class="button" onClick={() => void change()}>
          {t.changeMine}
        </button>
        <button type="button" class="button" onClick={() => void inbox.outbox.sendAllTheSame(held.id)}>
          {t.sendAllTheSame}
        </button>
      </div>
    </section>
  );
}

function isAnswerAfter(entry: Entry, seen: number, me: string): boolean {
  if (!isWords(entry) || entry.seq <= seen) return false;
  return entry.author.kind === 'agent' && entry.author.person.id !== me;
}
