import { COMPARED_FROM, type FeedbackFigures, type Moments, type Share } from '@fullname/shared/moments';
import { momentWords } from '../../strings/moments.ts';
import { ShareCell } from './ShareTable.tsx';

/** What was said afterwards, by what came before it. It compares, and says that this is no cause. */
export function FeedbackCard({ feedback }: { readonly feedback: Moments['feedback'] }) {
  const t = momentWords().feedback;
  const rows: readonly [string, FeedbackFigures][] = [
    [t.all, feedback.all],
    [t.helloGood, feedback.hello.good],
    [t.helloOther, feedback.hello.other],
    [t.goodbyeGood, feedback.goodbye.good],
    [t.goodbyeOther, feedback.goodbye.other],
  ];
  return (
    <section class="card" aria-labelledby="moments-feedback">
      <h2 id="moments-feedback">{t.title}</h2>
      <p class="field-hint">{t.lead}</p>
      {feedback.all.answered.of === 0 ? (
        <p>{t.none}</p>
      ) : (
        <table class="shares">
          <caption class="visually-hidden">{t.title}</caption>
          <thead>
            <tr>
              <th scope="col">{t.asked}</th>
              <th scope="col">{t.answered}</th>
              <th scope="col">{t.troubled}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, { answered, troubled }]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <Compared share={answered} />
                <Compared share={troubled} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="field-hint">{t.noCause}</p>
    </section>
  );
}

function Compared({ share }: { readonly share: Share }) {
  const t = momentWords().feedback;
  return (
    <td>
      <ShareCell {...share} />
      {share.of > 0 && share.of < COMPARED_FROM && (
        <span class="share-beside">{t.tooFew(COMPARED_FROM)}</span>
      )}
    </td>
  );
}
