import { type ErrorCode, ok } from '@fullname/shared/errors';
import type { InternalRequest, RequestAct, Requests } from '@fullname/shared/recovery';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { go } from '../../route.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { overlay } from '../../view.ts';
import { useLoaded } from '../common/load.ts';
import { AskerActs } from './AskerActs.tsx';
import { Clock } from './Clock.tsx';
import { RequestOutcome } from './RequestOutcome.tsx';

/** Help that colleagues give in this conversation: who, what, until when, and what came of it. */
export function Helpers({ thread }: { readonly thread: Thread }) {
  const t = words().work.help;
  const { person, work } = useDesk();
  const requests = useWithOwnRatings(thread.pane.value.requests, person.id);
  const act = async (request: string, what: RequestAct) => {
    const refused = await thread.actOnRequest(request, what);
    work.changed();
    return refused;
  };
  return (
    <section class="helpers">
      <header class="section-head">
        <h3>{t.inPane}</h3>
        <button
          type="button"
          class="link-button"
          aria-haspopup="dialog"
          onClick={() => {
            overlay.value = 'ask-help';
          }}
        >
          {t.ask}
        </button>
      </header>
      {requests.length === 0 ? (
        <p class="field-hint">{t.nonePane}</p>
      ) : (
        <ul class="records">
          {requests.map((request) => (
            <Line key={request.id} request={request} me={person.id} act={(what) => act(request.id, what)} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** The pane is everybody's and says no ratings: those that oneself gave are in one's own list. */
function useWithOwnRatings(requests: readonly InternalRequest[], me: string): readonly InternalRequest[] {
  const { work } = useDesk();
  const isRateable = requests.some(({ asker, endedAt }) => asker.id === me && endedAt !== null);
  const own = useLoaded<Requests | null>(
    async () => (isRateable ? api.requests() : ok(null)),
    [isRateable, work.told.value],
  );
  const ratings = new Map(own.value?.byMe.map(({ id, rating }) => [id, rating]));
  return requests.map((request) => ({ ...request, rating: ratings.get(request.id) ?? request.rating }));
}

type LineProps = {
  readonly request: InternalRequest;
  readonly me: string;
  readonly act: (act: RequestAct) => Promise<ErrorCode | null>;
};

function Line({ request, me, act }: LineProps) {
  const t = words().work.help;
  const isOpen = request.state === 'asked' || request.state === 'promised';
  return (
    <li data-state={request.state}>
      <p dir="auto">{request.what}</p>
      <p class="source">
        <b>{request.provider.fullName}</b>
        {request.state !== 'promised' && <> · {t.states[request.state]}</>}
        {isOpen && (request.due ?? request.wishedBy) && (
          <>
            {' · '}
            <Clock request={request} />
          </>
        )}
      </p>
      <RequestOutcome request={request} />
      {isOpen && request.provider.id === me && (
        <button type="button" class="link-button" onClick={() => go({ page: 'help' })}>
          {words().work.toHelp}
        </button>
      )}
      {request.asker.id === me && <AskerActs request={request} act={act} />}
    </li>
  );
}
