import { type InternalRequest, RATINGS, type Requests } from '@fullname/shared/recovery';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { countOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { useLoaded } from '../common/load.ts';
import { Troubled } from '../settings/Troubled.tsx';
import { usePageKeys } from '../todo/keys.ts';
import { RequestCard } from './RequestCard.tsx';

/** What colleagues ask each other: what waits for one's own help, what one asked, what one answered. */
export function HelpPage() {
  const t = words().work.help;
  const { work } = useDesk();
  const loaded = useLoaded<Requests>(api.requests, [work.told.value]);
  usePageKeys('.request-foot button');
  return (
    <main class="page help">
      <header class="page-head">
        <h1>{t.title}</h1>
        <p class="book-lead">{t.lead}</p>
      </header>
      <div class="page-body">
        {(!loaded.value || loaded.problem) && <Troubled loaded={loaded} />}
        {loaded.value && <All requests={loaded.value} />}
      </div>
    </main>
  );
}

function All({ requests }: { readonly requests: Requests }) {
  const t = words().work.help;
  const { person } = useDesk();
  const waiting = requests.toMe.filter(isOpen).sort(byTime);
  const answered = requests.toMe.filter(({ state }) => state === 'answered' || state === 'declined');
  const isServing = person.role === 'back-office';
  return (
    <>
      <section class="request-group" aria-labelledby="help-to-me">
        <h2 id="help-to-me">
          {t.toMe}
          {waiting.length > 0 && <span class="task-count"> {waiting.length}</span>}
        </h2>
        {waiting.length === 0 && (
          <div class="empty">
            <h3>{t.noneToMe.title}</h3>
            <p>{t.noneToMe.text}</p>
          </div>
        )}
        <List requests={waiting} />
      </section>
      {(!isServing || requests.byMe.length > 0) && (
        <section class="request-group" aria-labelledby="help-by-me">
          <h2 id="help-by-me">{t.byMe}</h2>
          {requests.byMe.length === 0 && <p class="field-hint">{t.noneByMe}</p>}
          <List requests={requests.byMe} />
        </section>
      )}
      {(isServing || answered.length > 0) && (
        <section class="request-group" aria-labelledby="help-answered">
          <h2 id="help-answered">{t.answered}</h2>
          <Served served={requests.served} />
          {answered.length === 0 && <p class="field-hint">{t.noneAnswered}</p>}
          <List requests={answered} />
        </section>
      )}
    </>
  );
}

function List({ requests }: { readonly requests: readonly InternalRequest[] }) {
  return (
    <ul class="requests">
      {requests.map((request) => (
        <RequestCard key={request.id} request={request} />
      ))}
    </ul>
  );
}

/** How one's help was found, in counts: whose word it was is nobody's but the asker's. */
function Served({ served }: { readonly served: Requests['served'] }) {
  const t = words().work.help;
  const rated = RATINGS.filter((rating) => served[rating] > 0);
  if (rated.length === 0 && served.promised === 0) return null;
  return (
    <>
      {served.promised > 0 && (
        <p class="field-hint">{t.served(countOf(served.inTime), countOf(served.promised))}</p>
      )}
      {rated.length > 0 && (
        <dl class="own-counts">
          {rated.map((rating) => (
            <div key={rating}>
              <dt>{t.ratings[rating]}</dt>
              <dd>{countOf(served[rating])}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

function isOpen({ state }: InternalRequest): boolean {
  return state === 'asked' || state === 'promised';
}

/** What is promised or wished soonest comes first; what has no time, in the order in which it was asked. */
function byTime(a: InternalRequest, b: InternalRequest): number {
  const timeOf = ({ due, wishedBy, at }: InternalRequest) => due ?? wishedBy ?? `~${at}`;
  return timeOf(a).localeCompare(timeOf(b));
}
