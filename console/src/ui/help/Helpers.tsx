import type { ErrorCode } from '@fullname/shared/errors';
import type { InternalRequest, RequestAct } from '@fullname/shared/recovery';
import { useDesk } from '../../context.ts';
import { go } from '../../route.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { overlay } from '../../view.ts';
import { AskerActs } from './AskerActs.tsx';
import { Clock } from './Clock.tsx';
import { RequestOutcome } from './RequestOutcome.tsx';

/** Help that colleagues give in this conversation: who, what, until when, and what came of it. */
export function Helpers({ thread }: { readonly thread: Thread }) {
  const t = words().work.help;
  const { person } = useDesk();
  const { requests } = thread.pane.value;
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
            <Line
              key={request.id}
              request={request}
              me={person.id}
              act={(act) => thread.actOnRequest(request.id, act)}
            />
          ))}
        </ul>
      )}
    </section>
  );
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
