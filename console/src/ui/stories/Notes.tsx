import type { CoachingNote } from '@fullname/shared/recovery';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { dayOf, momentOf } from '../../format.ts';
import { hashOf } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { sayProblem } from '../../toast.ts';
import { Face } from '../common/Face.tsx';

type NotesProps = { readonly notes: readonly CoachingNote[] };

/** What was said to oneself alone. */
export function NotesToMe({ notes }: NotesProps) {
  const t = words().company.notes;
  const { person } = useDesk();
  const mine = notes.filter((note) => note.to.id === person.id);
  if (mine.length === 0) return null;
  return (
    <section class="told-group" aria-labelledby="notes-to-me">
      <h2 id="notes-to-me">{t.title}</h2>
      <p class="field-hint">{t.lead}</p>
      <ul class="notes">
        {mine.map((note) => (
          <Received key={note.id} note={note} />
        ))}
      </ul>
    </section>
  );
}

/** What oneself said to others, and whether they can see it yet. */
export function NotesByMe({ notes }: NotesProps) {
  const t = words().company.notes;
  const { person } = useDesk();
  const written = notes.filter((note) => note.by.id === person.id);
  if (written.length === 0) return null;
  return (
    <section class="told-group" aria-labelledby="notes-by-me">
      <h2 id="notes-by-me">{t.mine}</h2>
      <p class="field-hint">{t.mineLead}</p>
      <ul class="notes">
        {written.map((note) => (
          <Written key={note.id} note={note} />
        ))}
      </ul>
    </section>
  );
}

function Received({ note }: { readonly note: CoachingNote }) {
  const t = words().company.notes;
  const { work } = useDesk();
  async function read() {
    const answer = await api.readNote(note.id);
    if (!answer.ok) return sayProblem(answer.code);
    work.changed();
  }
  return (
    <li class="note-card" data-read={note.read}>
      <header>
        <Face name={note.by.fullName} />
        <b>{t.from(note.by.fullName)}</b>
        <When at={note.shownAt ?? note.at} />
        {!note.read && <span class="note-new">{t.isNew}</span>}
      </header>
      <p dir="auto">{note.text}</p>
      <footer>
        <a href={hashOf({ page: 'desk', conversation: note.conversation })}>
          {words().company.stories.opens}
        </a>
        {!note.read && (
          <button type="button" class="link-button" onClick={() => void read()}>
            {t.read}
          </button>
        )}
      </footer>
    </li>
  );
}

function Written({ note }: { readonly note: CoachingNote }) {
  const t = words().company.notes;
  const state = note.read ? t.wasRead : note.shownAt ? t.shown : t.waits;
  return (
    <li class="note-card">
      <header>
        <Face name={note.to.fullName} />
        <b>{t.to(note.to.fullName)}</b>
        <When at={note.at} />
      </header>
      <p dir="auto">{note.text}</p>
      <footer>
        <span class="source">{state}</span>
        <a href={hashOf({ page: 'desk', conversation: note.conversation })}>
          {words().company.stories.opens}
        </a>
      </footer>
    </li>
  );
}

function When({ at }: { readonly at: string }) {
  return (
    <time class="source" dateTime={at} title={momentOf(at)}>
      {dayOf(at)}
    </time>
  );
}
