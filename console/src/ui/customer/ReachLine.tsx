import type { Reach } from '@fullname/shared/model';
import { words } from '../../strings/index.ts';

type ReachLineProps = {
  readonly reach: Reach /** As it was noted, where that does not stand beside it. */;
  readonly text?: string;
};

/** How they would like to be reached, where somebody looks before choosing a way. */
export function ReachLine({ reach, text }: ReachLineProps) {
  const t = words();
  return (
    <p class="reach">
      {t.common.label(t.customer.reach)}
      <strong>{t.customer.reaches[reach]}</strong>
      {text && (
        <>
          {' · '}
          <bdi>{text}</bdi>
        </>
      )}
    </p>
  );
}
