import type { Praise } from '@fullname/shared/recovery';
import { dayOf, momentOf } from '../../format.ts';
import { hashOf } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { Face } from '../common/Face.tsx';

/** Praise for oneself, met at the door, once. */
export function Greeting({ praise }: { readonly praise: readonly Praise[] }) {
  const t = words().company.praise;
  return (
    <section class="greeting" role="status">
      {praise.map((one) => (
        <figure key={one.id}>
          <figcaption>
            <Face name={one.by.fullName} size="large" />
            <span class="full-name">{t.greeting(one.by.fullName)}</span>
          </figcaption>
          <blockquote dir="auto">{one.text}</blockquote>
        </figure>
      ))}
    </section>
  );
}

/** Everybody's praise, the latest first: two full names, and the words. */
export function PraiseList({ praise }: { readonly praise: readonly Praise[] }) {
  const t = words().company;
  return (
    <section class="told-group" aria-labelledby="praise-told">
      <h2 id="praise-told">{t.praise.title}</h2>
      {praise.length === 0 && <p class="field-hint">{t.praise.none}</p>}
      <ul class="praises">
        {praise.map((one) => (
          <li key={one.id}>
            <Face name={one.to.fullName} />
            <div>
              <p class="praise-who">
                <b>{t.praise.from(one.by.fullName, one.to.fullName)}</b>{' '}
                <time class="source" dateTime={one.at} title={momentOf(one.at)}>
                  {dayOf(one.at)}
                </time>
              </p>
              <p class="praise-text" dir="auto">
                {one.text}
              </p>
              {one.conversation && (
                <a href={hashOf({ page: 'desk', conversation: one.conversation })}>{t.stories.opens}</a>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
