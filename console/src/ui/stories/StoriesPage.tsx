import type { CoachingNote, Praise, Story } from '@fullname/shared/recovery';
import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import { useLoaded } from '../common/load.ts';
import { Troubled } from '../settings/Troubled.tsx';
import { Builds } from './Builds.tsx';
import { NotesByMe, NotesToMe } from './Notes.tsx';
import { PraiseDialog } from './PraiseDialog.tsx';
import { Greeting, PraiseList } from './PraiseList.tsx';
import { StoryCard } from './StoryCard.tsx';
import { StoryDialog } from './StoryDialog.tsx';

type Told = { readonly stories: readonly Story[]; readonly praise: readonly Praise[] };

/** What people remember, and who did it: stories, praise by name, and what was said to oneself alone. Nobody is counted. */
export function StoriesPage() {
  const t = words().company;
  const { work, person } = useDesk();
  const told = useLoaded<Told>(api.stories, [work.told.value]);
  const notes = useLoaded<CoachingNote[]>(api.notes, [work.told.value]);
  const [writing, setWriting] = useState<'story' | 'praise' | null>(null);
  const fresh = useGreeted(told.value?.praise ?? null, person.id);
  const close = () => setWriting(null);

  return (
    <main class="page stories">
      <header class="page-head">
        <h1>{t.title}</h1>
        <p class="book-lead">{t.lead}</p>
        <p class="page-acts">
          <button type="button" class="button button-primary" onClick={() => setWriting('story')}>
            {t.stories.tell}
          </button>
          <button type="button" class="button" onClick={() => setWriting('praise')}>
            {t.praise.open}
          </button>
        </p>
      </header>
      <div class="page-body">
        {fresh.length > 0 && <Greeting praise={fresh} />}
        {(!told.value || told.problem) && <Troubled loaded={told} />}
        {notes.problem && <Troubled loaded={notes} />}
        {notes.value && <NotesToMe notes={notes.value} />}
        {told.value && (
          <>
            <section class="told-group" aria-labelledby="stories-told">
              <h2 id="stories-told">{t.stories.title}</h2>
              {told.value.stories.length === 0 && <p class="field-hint">{t.stories.none}</p>}
              {told.value.stories.map((story) => (
                <StoryCard key={story.id} story={story} />
              ))}
            </section>
            <PraiseList praise={told.value.praise} />
          </>
        )}
        <Builds />
        {notes.value && <NotesByMe notes={notes.value} />}
      </div>
      {writing === 'story' && <StoryDialog conversation={null} onClose={close} />}
      {writing === 'praise' && <PraiseDialog conversation={null} onClose={close} />}
    </main>
  );
}

/** Praise that oneself had not read when the page was opened; it stays in view for this visit, and counts as read. */
function useGreeted(praise: readonly Praise[] | null, me: string): readonly Praise[] {
  const [greeted, setGreeted] = useState<readonly Praise[]>([]);
  useEffect(() => {
    const unread = praise?.filter((one) => one.to.id === me && !one.read) ?? [];
    const isNew = unread.filter((one) => !greeted.some((other) => other.id === one.id));
    if (isNew.length === 0) return;
    setGreeted([...isNew, ...greeted]);
    void api.readPraise();
  }, [praise]);
  return greeted;
}
