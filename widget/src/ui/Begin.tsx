/** Before the first word: the people who are likely to answer, by full name, and what may be expected. */
import type { ChatState } from '../state.ts';
import { expectationOf, Face, Name, Post, run, type Shared } from './parts.tsx';

export function Begin({ chat, shared }: { chat: ChatState; shared: Shared }) {
  return (
    <div class="scroller">
      {chat.expected ? (
        <div class="skeleton" aria-hidden="true">
          <i />
          <i />
          <i />
        </div>
      ) : (
        <div class="begin">
          <p>{shared.strings.intro}</p>
          {chat.people.length > 0 && <small>{shared.strings.likely}</small>}
          <ul>
            {chat.people.map((person) => (
              <li key={person.id}>
                <Face person={person} />
                <span>
                  <Name person={person} locale={shared.locale} />
                  <small>
                    <Post person={person} shared={shared} />
                  </small>
                </span>
              </li>
            ))}
          </ul>
          {chat.expectation && (
            <p class="fact">
              {run(
                shared,
                expectationOf(chat.expectation, shared),
                chat.expectation.kind === 'nobody' && shared.strings.allTheSame,
              )}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
