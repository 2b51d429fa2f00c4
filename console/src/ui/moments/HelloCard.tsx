import { HELLO_WITHIN_S, type HelloFigures } from '@fullname/shared/moments';
import { countOf, secondsOf } from '../../format.ts';
import { momentWords } from '../../strings/moments.ts';
import { ShareTable } from './ShareTable.tsx';

export function HelloCard({ hello }: { readonly hello: HelloFigures }) {
  const t = momentWords().hello;
  const judged = hello.good + hello.lacking + hello.none;
  const parts = [
    hello.late > 0 && t.late(hello.late, countOf(hello.late)),
    hello.unnamed > 0 && t.unnamed(hello.unnamed, countOf(hello.unnamed)),
  ].filter((part) => part !== false);
  return (
    <section class="card" aria-labelledby="moments-hello">
      <h2 id="moments-hello">{t.title}</h2>
      <p class="field-hint">{t.rule(HELLO_WITHIN_S)}</p>
      <ShareTable
        caption={t.title}
        rows={[
          { name: t.good, hits: hello.good, of: judged, good: true },
          { name: t.lacking, hits: hello.lacking, of: judged, beside: parts.join(' · ') },
          { name: t.none, hits: hello.none, of: judged },
        ]}
      />
      {hello.seconds && (
        <p class="rate">
          <b>{secondsOf(hello.seconds.median)}</b> {t.median}
          <span class="share-beside">
            {t.nineOfTen(secondsOf(hello.seconds.p90))}{' '}
            {t.timesOf(hello.seconds.of, countOf(hello.seconds.of))}
          </span>
        </p>
      )}
      <p class="field-hint">
        {t.answered(countOf(hello.answered), countOf(hello.begun))}{' '}
        {hello.whileNobody > 0 && `${t.whileNobody(hello.whileNobody, countOf(hello.whileNobody))} `}
        {t.counts}
      </p>
    </section>
  );
}
