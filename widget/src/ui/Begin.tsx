/** Before the first word: the people who are likely to answer, by full name, and what may be expected. */

import { said } from '../said.ts';
import type { ChatState } from '../state.ts';
import { expectationOf, Face, langOf, Name, Post, run, type Shared } from './parts.tsx';

export function Begin({ chat, shared }: { chat: ChatState; shared: Shared }) {
  const intro = said.welcome || shared.strings.intro;
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
          <p lang={langOf(intro, shared.locale)}>{intro}</p>
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
          {chat.offer?.(shared)}
        </div>
      )}
    </div>
  );
}
