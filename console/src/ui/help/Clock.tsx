import type { InternalRequest } from '@fullname/shared/recovery';
import { now } from '../../clock.ts';
import { distanceOf, momentOf, waitOf, whenOf } from '../../format.ts';
import { words } from '../../strings/index.ts';

/** What is promised counts down; what is only wished is said. Nothing where neither is. */
export function Clock({ request }: { readonly request: InternalRequest }) {
  const t = words().work;
  const by = request.due ?? request.wishedBy;
  if (!by) return null;
  const promised = request.due !== null;
  const left = Date.parse(by) - now.value;
  return (
    <span class="help-clock">
      <time dateTime={by} title={momentOf(by)}>
        {promised ? t.help.promised(whenOf(by)) : t.help.wished(whenOf(by))}
      </time>
      {promised && (
        <span class={left <= 0 ? 'late' : 'help-left'}>
          {' · '}
          {left > 0
            ? t.times.left(waitOf(new Date(now.value).toISOString(), Date.parse(by)))
            : t.times.over(waitOf(by, now.value))}
        </span>
      )}
      {!promised && left <= 0 && <span class="late"> · {distanceOf(by, now.value)}</span>}
    </span>
  );
}
