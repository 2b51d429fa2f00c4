import type { Entry } from '@fullname/shared/model';
import type { InternalRequest } from '@fullname/shared/recovery';
import { useDesk } from '../../context.ts';
import { timeOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { useLoaded } from '../common/load.ts';
import { isWords } from '../desk/EntryLine.tsx';
import { Troubled } from '../settings/Troubled.tsx';

/** The last page of the conversation, read in place. */
export function PeekAt({ request }: { readonly request: InternalRequest }) {
  const { work } = useDesk();
  const loaded = useLoaded<{ readonly entries: readonly Entry[] }>(
    () => work.peek(request.conversation),
    [],
    request.conversation,
  );
  const visitor = request.customer?.name ?? words().list.visitor;
  if (!loaded.value) return <Troubled loaded={loaded} />;
  return (
    <ol class="transcript" aria-label={words().thread.allSaid(visitor)}>
      {loaded.value.entries.filter(isWords).map((entry) => (
        <li key={entry.seq}>
          <b dir="auto">{entry.author.kind === 'agent' ? entry.author.person.fullName : visitor}</b>{' '}
          <time class="source" dateTime={entry.at}>
            {timeOf(entry.at)}
          </time>
          <p dir="auto">{entry.text}</p>
        </li>
      ))}
    </ol>
  );
}
