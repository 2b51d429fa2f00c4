/** What is written about something that is built with customers: their wish, why not now, and the news that it is here. */
import type { Build, BuildAct } from '@fullname/shared/building';
import { BUILD_MAX_LENGTH, MESSAGE_MAX_LENGTH, NAME_MAX_LENGTH } from '@fullname/shared/limits';
import type { Entry } from '@fullname/shared/model';
import { useRef, useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { newId } from '../../ids.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say } from '../../toast.ts';
import { RestoredLine } from '../book/FormFoot.tsx';
import { SelectField } from '../book/fields.tsx';
import { useKept } from '../book/kept.ts';
import { TextField } from '../common/Field.tsx';
import { useLoaded } from '../common/load.ts';
import { nameOf } from '../desk/ConversationRow.tsx';
import { isQuotable } from '../recovery/Quotes.tsx';
import { clean } from './clean.ts';
import { WriteDialog } from './WriteDialog.tsx';

type DialogProps = { readonly thread: Thread; readonly onClose: () => void };

/** From a conversation: what this customer wishes, in their own words, for something new or something that others wish for too. */
export function BuildHere({ thread, onClose }: DialogProps) {
  const desk = useDesk();
  const t = words().company.builds;
  const { value: builds } = useLoaded<readonly Build[]>(api.builds);
  const detail = thread.detail.value;
  const kept = useKept(`build.${desk.person.id}.${thread.id}`, {
    ...{ build: '', what: '', credit: '' },
    words: lastWords(thread.log.value.entries),
  });
  const { form } = kept;
  const open = builds?.filter(({ state }) => state === 'wished' || state === 'building') ?? [];
  const [what, wish, credit] = [clean(form.what), clean(form.words), clean(form.credit)];
  const mine = (id: string) => ({
    ...{ id, conversation: thread.id, words: wish },
    ...(credit ? { credit } : {}),
  });

  return (
    <WriteDialog
      title={t.open}
      submitText={t.submit}
      ready={wish !== '' && (form.build !== '' || what !== '')}
      of={JSON.stringify([form.build, what, wish, credit])}
      send={(id) =>
        form.build ? api.joinBuild(form.build, mine(id)) : api.wishFor({ id, what, wish: mine(newId()) })
      }
      onDone={() => {
        kept.forget();
        say(t.done);
        desk.work.changed();
        onClose();
      }}
      onClose={onClose}
    >
      <RestoredLine kept={kept} />
      {open.length > 0 && (
        <SelectField<string, string>
          label={t.which}
          value={form.build}
          none={t.isNew}
          options={open.map((one) => ({ value: one.id, label: one.what }))}
          onChange={(next) => kept.set({ build: next ?? '' })}
        />
      )}
      {!form.build && (
        <TextField
          label={t.what}
          placeholder={t.whatPlaceholder}
          value={form.what}
          onChange={(next) => kept.set({ what: next })}
          maxLength={BUILD_MAX_LENGTH}
          required
          focus
        />
      )}
      <TextField
        label={t.words}
        value={form.words}
        onChange={(next) => kept.set({ words: next })}
        rows={3}
        maxLength={MESSAGE_MAX_LENGTH}
        required
      />
      <TextField
        label={t.credit}
        hint={t.creditHint}
        placeholder={detail.name === null ? '' : nameOf(detail)}
        value={form.credit}
        onChange={(next) => kept.set({ credit: next })}
        maxLength={NAME_MAX_LENGTH}
        optional
      />
    </WriteDialog>
  );
}

/** What the visitor said last, to be cut down to the wish. */
function lastWords(entries: readonly Entry[]): string {
  return entries.filter(isQuotable).at(-1)?.text ?? '';
}

type OfProps = {
  readonly build: Build;
  /** The act that takes the words. */
  readonly act: 'tell' | 'not-now';
  readonly onActed: (left: number) => void;
  readonly onClose: () => void;
};

/** The news to everybody who has wished for it, or why it is not built now. */
export function BuildWords({ build, act, onActed, onClose }: OfProps) {
  const t = words().company.builds;
  const [text, setText] = useState(act === 'tell' ? t.news(build.what) : '');
  const isTelling = act === 'tell';
  const body: BuildAct = isTelling ? { act, text: clean(text) } : { act, why: clean(text) };
  const left = useRef(0);
  return (
    <WriteDialog
      title={isTelling ? t.tell : t.notNow}
      submitText={isTelling ? t.tell : t.notNow}
      ready={clean(text) !== ''}
      of={text}
      send={async () => {
        const answer = await api.actOnBuild(build.id, body);
        if (answer.ok) left.current = answer.value.left.length;
        return answer;
      }}
      onDone={() => {
        onActed(left.current);
        onClose();
      }}
      onClose={onClose}
    >
      <TextField
        label={isTelling ? t.newsLabel : t.why}
        hint={isTelling ? t.newsHint : t.whyHint}
        value={text}
        onChange={setText}
        rows={4}
        maxLength={MESSAGE_MAX_LENGTH}
        required
        focus
      />
    </WriteDialog>
  );
}
