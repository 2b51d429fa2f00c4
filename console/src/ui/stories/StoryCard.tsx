import type { Story } from '@fullname/shared/recovery';
import { dateOf, momentOf, moneyOf } from '../../format.ts';
import { hashOf } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { Face } from '../common/Face.tsx';

/** One story: whose it is, what happened, why it stays with people. */
export function StoryCard({ story }: { readonly story: Story }) {
  const t = words().company.stories;
  const { about, by, cost } = story;
  const facts = [
    about?.id === by.id ? null : t.by(by.fullName),
    cost && (cost.amount === 0 ? t.free : t.costs(moneyOf(cost.amount, cost.currency))),
    t.marks[story.mayTell],
  ].filter(Boolean);
  const hero = about ?? by;
  return (
    <article class="card story">
      <header class="story-head">
        <Face name={hero.fullName} size="large" />
        <p>
          <b class="full-name">{hero.fullName}</b>
          <span class="source">
            {t.kinds[story.kind]} ·{' '}
            <time dateTime={story.at} title={momentOf(story.at)}>
              {dateOf(story.at)}
            </time>
          </span>
        </p>
      </header>
      <p class="story-what" dir="auto">
        {story.what}
      </p>
      <p class="story-why" dir="auto">
        {story.why}
      </p>
      <p class="source story-foot">
        <span>{facts.join(' · ')}</span>
        {story.conversation && (
          <a href={hashOf({ page: 'desk', conversation: story.conversation })}>{t.opens}</a>
        )}
      </p>
    </article>
  );
}
