import type { Promised } from '@fullname/shared/model';
import { useState } from 'preact/hooks';
import { dayOf, momentOf, whenOf } from '../../format.ts';
import { newId } from '../../ids.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say, sayProblem } from '../../toast.ts';
import { recordForm } from '../../view.ts';
import { TextField } from '../common/Field.tsx';
import { MomentField, momentFrom } from '../common/MomentField.tsx';
import { MovePromise } from './MovePromise.tsx';
import { outcomeWords } from './outcome-words.ts';
import { RecordFormFrame } from './RecordFormFrame.tsx';
import { SectionHead } from './SectionHead.tsx';

type PromisesProps = { readonly thread: Thread; readonly canRecord: boolean };

/** What was promised to this customer: open ones by their time, then how the others were kept. */
export function Promises({ thread, canRecord }: PromisesProps) {
  const t = words();
  const promises = [...thread.pane.value.promises].sort(
    (a, b) => Number(a.keptAt !== null) - Number(b.keptAt !== null) || a.due.localeCompare(b.due),
  );
  return (
    <section>
      <SectionHead title={t.customer.promises} form="promise" button={canRecord ? t.forms.promise : null} />
      {recordForm.value === 'promise' && <PromiseForm thread={thread} />}
      {promises.length === 0 ? (
        recordForm.value !== 'promise' && <p class="field-hint">{t.customer.noPromises}</p>
      ) : (
        <ul class="records">
          {promises.map((promise) => (
            <PromiseLine key={promise.id} thread={thread} promise={promise} canRecord={canRecord} />
          ))}
        </ul>
      )}
    </section>
  );
}

type PromiseLineProps = PromisesProps & { readonly promise: Promised };

function PromiseLine({ thread, promise, canRecord }: PromiseLineProps) {
  const t = words();
  const [moving, setMoving] = useState(false);
  const isOpen = promise.keptAt === null;
  const keep = async () => {
    const refused = await thread.keepPromise(promise.id);
    if (refused) sayProblem(refused);
    else say(t.forms.keptDone);
  };
  return (
    <li data-kept={!isOpen}>
      <p dir="auto">{promise.text}</p>
      <p class="source">
        <time
          class={promise.outcome === 'slipped' ? 'late' : ''}
          dateTime={promise.keptAt ?? promise.due}
          title={momentOf(promise.keptAt ?? promise.due)}
        >
          {outcomeWords(promise)}
        </time>{' '}
        · {promise.keeper.fullName}
        {isOpen && promise.due !== promise.firstDue && (
          <> · {t.work.promise.wasFirst(whenOf(promise.firstDue))}</>
        )}
        {isOpen && promise.toldAt && promise.due === promise.firstDue && (
          <> · {t.work.promise.told(dayOf(promise.toldAt))}</>
        )}
      </p>
      {canRecord && isOpen && (
        <p class="source record-acts">
          <button type="button" class="link-button" onClick={() => void keep()}>
            {t.customer.keep}
          </button>
          <button type="button" class="link-button" aria-expanded={moving} onClick={() => setMoving(!moving)}>
            {t.work.promise.move}
          </button>
        </p>
      )}
      {moving && isOpen && (
        <MovePromise
          due={promise.due}
          move={(due, id) => thread.movePromise({ id, promise: promise.id, due })}
          onDone={() => setMoving(false)}
        />
      )}
    </li>
  );
}

function PromiseForm({ thread }: { readonly thread: Thread }) {
  const t = words();
  const [id] = useState(newId);
  const [text, setText] = useState('');
  const [local, setLocal] = useState('');
  const due = momentFrom(local);
  const save = async () => (due ? thread.makePromise({ id, text: text.trim(), due }) : null);
  return (
    <RecordFormFrame
      label={t.forms.promise}
      done={t.forms.promiseDone}
      ready={text.trim() !== '' && due !== null}
      save={save}
    >
      <TextField
        label={t.forms.promiseText}
        placeholder={t.forms.promisePlaceholder}
        hint={t.work.promise.shown}
        value={text}
        onChange={setText}
        maxLength={500}
        required
        focus
      />
      <MomentField label={t.forms.due} value={local} onChange={setLocal} />
    </RecordFormFrame>
  );
}
