import type { OwnPromise, OwnPromises } from '@fullname/shared/recovery';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { now } from '../../clock.ts';
import { useDesk } from '../../context.ts';
import { countOf, distanceOf, momentOf } from '../../format.ts';
import { hashOf } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { say, sayProblem } from '../../toast.ts';
import { useLoaded } from '../common/load.ts';
import { MovePromise } from '../customer/MovePromise.tsx';
import { outcomeWords } from '../customer/outcome-words.ts';
import { Troubled } from '../settings/Troubled.tsx';

const COUNTED = ['early', 'kept', 'moved', 'late'] as const;

/** One's own promises: what is open, by its time, and how the others were kept. Nobody sees another's. */
export function PromisesSection() {
  const t = words().work.promise;
  const { work } = useDesk();
  const loaded = useLoaded<OwnPromises>(api.ownPromises, [work.told.value]);
  const own = loaded.value;
  return (
    <div class="page-body">
      <p class="page-lead">{t.lead}</p>
      {(!own || loaded.problem) && <Troubled loaded={loaded} />}
      {own && own.open.length + own.kept.length === 0 && (
        <div class="empty">
          <h2>{t.none.title}</h2>
          <p>{t.none.text}</p>
        </div>
      )}
      {own && own.open.length + own.kept.length > 0 && <Both own={own} />}
    </div>
  );
}

function Both({ own }: { readonly own: OwnPromises }) {
  const t = words().work.promise;
  const open = [...own.open].sort((a, b) => a.due.localeCompare(b.due));
  return (
    <>
      <section class="task-group" aria-labelledby="promises-open">
        <h2 id="promises-open">
          {t.openTitle} <span class="task-count">{countOf(own.counts.open + own.counts.slipped)}</span>
        </h2>
        {open.length === 0 && <p class="field-hint">{t.noneOpen}</p>}
        <ul class="tasks">
          {open.map((promise) => (
            <PromiseRow key={promise.id} promise={promise} />
          ))}
        </ul>
      </section>
      <section class="task-group" aria-labelledby="promises-kept">
        <h2 id="promises-kept">{t.keptTitle}</h2>
        <Counts own={own} />
        {own.kept.length === 0 && <p class="field-hint">{t.noneKept}</p>}
        <ul class="tasks">
          {own.kept.map((promise) => (
            <PromiseRow key={promise.id} promise={promise} />
          ))}
        </ul>
      </section>
    </>
  );
}

/** How one keeps one's word, in numbers that are one's own. */
function Counts({ own }: { readonly own: OwnPromises }) {
  const t = words().work.promise.count;
  if (COUNTED.every((outcome) => own.counts[outcome] === 0)) return null;
  return (
    <dl class="own-counts">
      {COUNTED.map((outcome) => (
        <div key={outcome}>
          <dt>{t[outcome]}</dt>
          <dd>{countOf(own.counts[outcome])}</dd>
        </div>
      ))}
    </dl>
  );
}

function PromiseRow({ promise }: { readonly promise: OwnPromise }) {
  const t = words();
  const { work } = useDesk();
  const [moving, setMoving] = useState(false);
  const { conversation } = promise;
  const late = promise.keptAt === null && Date.parse(promise.due) <= now.value;

  async function keep(): Promise<void> {
    if (!conversation) return;
    const refused = await work.keepPromise(conversation, promise.id);
    if (refused) sayProblem(refused);
    else say(t.forms.keptDone);
  }

  return (
    <li class="task">
      <div class="task-head">
        <p class="promise-text" dir="auto">
          {promise.text}
        </p>
        {promise.keptAt === null ? (
          <time
            class={late ? 'task-due late' : 'task-due'}
            dateTime={promise.due}
            title={momentOf(promise.due)}
          >
            {(late ? t.work.wasDue : t.work.due)(distanceOf(promise.due, now.value))}
          </time>
        ) : (
          <time class="task-due" dateTime={promise.keptAt} title={momentOf(promise.keptAt)}>
            {outcomeWords(promise)}
          </time>
        )}
        <p class="task-about">{promise.customer && <For promise={promise} name={promise.customer.name} />}</p>
        {conversation && promise.keptAt === null && (
          <p class="task-acts">
            <button type="button" class="button button-small" onClick={() => void keep()}>
              {t.customer.keep}
            </button>
            <button
              type="button"
              class="button button-small"
              aria-expanded={moving}
              onClick={() => setMoving(!moving)}
            >
              {t.work.promise.move}
            </button>
          </p>
        )}
        {moving && conversation && (
          <MovePromise
            due={promise.due}
            move={(due, id) => work.movePromise({ conversation, promise: promise.id, due, id })}
            onDone={() => setMoving(false)}
          />
        )}
      </div>
    </li>
  );
}

function For({ promise, name }: { readonly promise: OwnPromise; readonly name: string }) {
  if (!promise.conversation) return <b dir="auto">{name}</b>;
  return (
    <a class="task-for" href={hashOf({ page: 'desk', conversation: promise.conversation })} dir="auto">
      {name}
    </a>
  );
}
