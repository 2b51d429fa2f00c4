/**
 * The hello that a visitor had before them on the page, by an owner's rule. Answered, it stands in the log before their words: in the
 * settings' words and by its signer's name, whatever a page has made of it.
 */
import type { Hello } from '@fullname/shared/model';
import type { SiteSettings } from '@fullname/shared/site-settings';
import { derivedId } from '../derived-id.ts';
import { setAskedFor } from '../store/asking.ts';
import { lockConversation } from '../store/conversation-changes.ts';
import type { Db } from '../store/db.ts';
import { type Appended, append, type NewEntry } from '../store/log.ts';
import { mayBeAsked } from './before.ts';
import type { Desk } from './desk.ts';
import type { News } from './news.ts';
import { firstOffer } from './routing.ts';

type Settings = Pick<SiteSettings, 'hellos'>;
type People = Pick<Desk, 'directory' | 'presence'>;

/** `person`: whom the page has named, where the rule leaves it open. */
export type Asked = { readonly hello: string; readonly person?: string };
export type Greeting = { readonly hello: string; readonly person: string; readonly text: string };

/** What a page is told of a hello: who signs it and whether they are there now. Null where there is none, or nobody to sign it. */
export function helloNow(
  floor: People & { readonly news: Pick<News, 'held'> },
  settings: Settings,
  asked: Asked,
): Hello | null {
  const { presence } = floor;
  const next = () =>
    firstOffer({
      ...{ asked: null, ally: null, last: null },
      here: presence.here().map((person) => ({ person, open: floor.news.held(person) })),
    });
  const greeting = greetingOf(floor, settings, asked, next);
  if (!greeting) return null;
  const { id, fullName, title, here } = presence.card(greeting.person);
  return { person: { id, fullName }, title, here, text: greeting.text };
}

/** The hello that a visitor says they see. Who cannot be named any more, and what is no hello of this site's, is left out: the words count. */
export function greetingOf(
  floor: People,
  { hellos }: Settings,
  { hello, person }: Asked,
  otherwise: () => string | null = () => null,
): Greeting | null {
  const rule = hellos.find(({ id }) => id === hello);
  const signer = rule?.person ?? person ?? otherwise();
  // Of a hello that somebody signs, nobody else says it.
  const isOther = person !== undefined && person !== signer;
  if (!rule || signer === null || isOther || !mayBeAsked(floor, signer)) return null;
  return { hello, person: signer, text: rule.text };
}

/** Beside the first words of a conversation: rows for one append, the hello first. */
export function withGreeting(words: NewEntry, greeting: Greeting | null): NewEntry[] {
  return greeting ? [greetedRow(words, greeting), words] : [words];
}

/** Whoever answers a hello is offered first to the person who said it; who asks for somebody by name, to them. */
export async function offerToGreeter(
  tx: Db,
  answers: readonly Appended[],
  { conversation, greeting }: { readonly conversation: string; readonly greeting: Greeting | null },
): Promise<void> {
  const isNew = answers.some((one) => one.outcome === 'stored' && one.entry.kind === GREETED);
  if (greeting && isNew) await setAskedFor(tx, conversation, greeting.person);
}

/** Words that wake up a conversation, after the hello that they answer; to one under way they are words as any others. */
export async function answerGreeting(tx: Db, words: NewEntry, greeting: Greeting): Promise<Appended[]> {
  const { conversation } = words;
  const locked = await lockConversation(tx, conversation);
  const answered = locked?.status === 'closed' ? greeting : null;
  const answers = await append(tx, withGreeting(words, answered));
  await offerToGreeter(tx, answers, { conversation, greeting: answered });
  return answers;
}

const GREETED = 'greeted';
const RELAY = '00000000-0000-0000-0000-000000000000';

/** Once for these words, so that a retry adds nothing. */
function greetedRow(words: NewEntry, { hello, person, text }: Greeting): NewEntry {
  return {
    ...{ conversation: words.conversation, senderKind: 'system', sender: RELAY, kind: GREETED },
    ...{ clientId: derivedId(GREETED, words.conversation, words.clientId), body: text },
    ...{ data: { hello, person }, isPublic: true, seen: null },
  };
}
