import type { ErrorCode } from '@fullname/shared/errors';
import type { InternalRequest, RequestAct } from '@fullname/shared/recovery';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { dayOf, momentOf } from '../../format.ts';
import { hashOf } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { Face } from '../common/Face.tsx';
import { AskerActs } from './AskerActs.tsx';
import { Clock } from './Clock.tsx';
import { PeekAt } from './PeekAt.tsx';
import { ProviderActs } from './ProviderActs.tsx';
import { RequestOutcome } from './RequestOutcome.tsx';

/** One request as one of its two people sees it: by whom or of whom, for which customer, by when, and what can be done. */
export function RequestCard({ request }: { readonly request: InternalRequest }) {
  const t = words().work.help;
  const { person, work } = useDesk();
  const [reading, setReading] = useState(false);
  const isToMe = request.provider.id === person.id;
  const other = isToMe ? request.asker : request.provider;
  const isOpen = request.state === 'asked' || request.state === 'promised';

  async function act(what: RequestAct): Promise<ErrorCode | null> {
    const answer = await api.actOnRequest(request.id, what);
    work.changed();
    return answer.ok ? null : answer.code;
  }

  return (
    <li class="request" data-state={request.state}>
      <header class="request-head">
        <Face name={other.fullName} />
        <p class="request-who">
          <b>{isToMe ? t.askedBy(other.fullName) : t.askedOf(other.fullName)}</b>
          <span class="source">
            {request.customer && <span dir="auto">{t.forCustomer(request.customer.name)} · </span>}
            <time dateTime={request.at} title={momentOf(request.at)}>
              {dayOf(request.at)}
            </time>
            {request.state !== 'promised' && <> · {t.states[request.state]}</>}
          </span>
        </p>
        {isOpen && <Clock request={request} />}
        {!isOpen && <Ended request={request} />}
      </header>
      <p class="request-what" dir="auto">
        {request.what}
      </p>
      <RequestOutcome request={request} />
      {isToMe && isOpen && <ProviderActs request={request} act={act} />}
      {!isToMe && <AskerActs request={request} act={act} />}
      <p class="request-foot">
        <button
          type="button"
          class="link-button"
          aria-expanded={reading}
          onClick={() => setReading(!reading)}
        >
          {reading ? t.hide : t.read}
        </button>
        <a href={hashOf({ page: 'desk', conversation: request.conversation })}>
          {words().work.openConversation}
        </a>
      </p>
      {reading && <PeekAt request={request} />}
    </li>
  );
}

/** Kept early, in time or late; nothing where no time was promised. */
function Ended({ request }: { readonly request: InternalRequest }) {
  const t = words().work.help.outcome;
  const { outcome } = request;
  if (outcome !== 'early' && outcome !== 'kept' && outcome !== 'moved' && outcome !== 'late') return null;
  return <span class={outcome === 'late' ? 'help-clock late' : 'help-clock'}>{t[outcome]}</span>;
}
