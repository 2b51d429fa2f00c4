/** The page is in the fragment, so that no log along the way has a conversation's id or a one-time token. */
import { signal } from '@preact/signals';

export const SETTINGS_PAGES = ['sites', 'systems', 'people', 'recovery', 'guides', 'account'] as const;
export type SettingsPage = (typeof SETTINGS_PAGES)[number];
export const BOOK_SECTIONS = [
  'phrases',
  'rules',
  'proposals',
  'versions',
  'figures',
  'past',
  'settings',
] as const;
export type BookSection = (typeof BOOK_SECTIONS)[number];
export const TODO_SECTIONS = ['tasks', 'promises', 'goodwill'] as const;
type TodoSection = (typeof TODO_SECTIONS)[number];
export type Route =
  | { readonly page: 'desk'; readonly conversation: string | null }
  /** `entry` is the phrase, rule or change to look at. */
  | { readonly page: 'book'; readonly section?: BookSection; readonly entry?: string }
  /** `site` is set up part by part, `guide` is read heading by heading. */
  | {
      readonly page: 'settings';
      readonly section: SettingsPage;
      readonly site?: string;
      readonly guide?: string;
      readonly part?: string;
    }
  | { readonly page: 'todo'; readonly section: TodoSection }
  /** What colleagues ask each other. */
  | { readonly page: 'help' }
  /** Stories, praise, and what was said to oneself alone. */
  | { readonly page: 'stories' }
  /** How conversations begin and end. */
  | { readonly page: 'moments' }
  | { readonly page: 'link'; readonly token: string };

export const route = signal<Route>(parseRoute(location.hash));

/** Follows the address bar; returns how to stop. */
export function followAddress(): () => void {
  const read = () => {
    route.value = parseRoute(location.hash);
  };
  window.addEventListener('hashchange', read);
  return () => window.removeEventListener('hashchange', read);
}

export function go(to: Route): void {
  const hash = hashOf(to);
  if (location.hash !== hash) location.hash = hash;
  route.value = to;
}

/** Takes the one-time token out of the address bar and the history. */
export function forgetLink(): void {
  history.replaceState(null, '', location.pathname);
  route.value = { page: 'desk', conversation: null };
}

function parseRoute(hash: string): Route {
  const text = hash.replace(/^#/, '');
  if (text.startsWith('link=')) return { page: 'link', token: text.slice(5) };
  if (text.startsWith('c=')) return { page: 'desk', conversation: text.slice(2) || null };
  if (text === 'book' || text.startsWith('book/')) return parseBook(text.slice('book/'.length));
  if (text === 'todo' || text.startsWith('todo/'))
    return { page: 'todo', section: TODO_SECTIONS.find((one) => text === `todo/${one}`) ?? 'tasks' };
  if (text === 'help') return { page: 'help' };
  if (text === 'stories') return { page: 'stories' };
  if (text === 'moments') return { page: 'moments' };
  return text.startsWith('settings')
    ? parseSettings(text.slice('settings/'.length))
    : { page: 'desk', conversation: null };
}

function parseSettings(text: string): Route {
  const [name, which, part] = text.split('/');
  const section = SETTINGS_PAGES.find((one) => one === name) ?? 'account';
  if (!which || (section !== 'sites' && section !== 'guides')) return { page: 'settings', section };
  const said = section === 'sites' ? { site: which } : { guide: which };
  return { page: 'settings', section, ...said, ...(part && { part }) };
}

function parseBook(text: string): Route {
  const [name, entry] = text.split('/');
  const section = BOOK_SECTIONS.find((one) => one === name);
  if (!section) return { page: 'book' };
  return entry ? { page: 'book', section, entry } : { page: 'book', section };
}

export function hashOf(to: Route): string {
  if (to.page === 'desk') return to.conversation ? `#c=${to.conversation}` : '#';
  if (to.page === 'book') return ['#book', to.section, to.entry].filter(Boolean).join('/');
  if (to.page === 'todo') return to.section === 'tasks' ? '#todo' : `#todo/${to.section}`;
  if (to.page === 'help') return '#help';
  if (to.page === 'stories') return '#stories';
  if (to.page === 'moments') return '#moments';
  if (to.page === 'settings')
    return ['#settings', to.section, to.site ?? to.guide, to.part].filter(Boolean).join('/');
  return `#link=${to.token}`;
}
