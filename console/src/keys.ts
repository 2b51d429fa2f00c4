/** Keyboard shortcuts. Single keys never act while somebody types, and can be switched off. */
import { settings } from './preferences.ts';
import { overlay } from './view.ts';

export type SingleKey =
  | 'help'
  | 'search'
  | 'down'
  | 'up'
  | 'reply'
  | 'note'
  | 'take'
  | 'handOver'
  | 'close'
  | 'failure'
  | 'pane';
/** A page has the keys that it names. */
export type KeyActions = Partial<Record<SingleKey, () => void>> & { readonly palette: () => void };

/** By the character, so that it fits every layout; by the key's place where the layout has no Latin letters. */
const BY_CHARACTER: Record<string, SingleKey> = {
  '?': 'help',
  '/': 'search',
  j: 'down',
  k: 'up',
  r: 'reply',
  n: 'note',
  a: 'take',
  t: 'take',
  h: 'handOver',
  e: 'close',
  f: 'failure',
  p: 'pane',
};

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
export const commandKey = isApple ? '⌘' : 'Ctrl';
export const optionKey = isApple ? '⌥' : 'Alt';

/** Listens until the returned function is called. */
export function listenToKeys(actions: KeyActions): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (isCommand(event) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      actions.palette();
      return;
    }
    const key = singleKeyOf(event);
    const act = key && actions[key];
    if (!act || !settings.value.singleKeys || isTyping(event) || overlay.value || hasOpenLayer()) return;
    event.preventDefault();
    act();
  };
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}

/** Ctrl or ⌘ alone. AltGr arrives as Ctrl + Alt on Windows and makes characters: it is never a command. */
export function isCommand(event: KeyboardEvent): boolean {
  return (isApple ? event.metaKey : event.ctrlKey) && !event.altKey && !event.getModifierState('AltGraph');
}

/** Alt (⌥) with 1, 2 or 3, by the key's place, because ⌥ changes the character. Null otherwise. */
export function phraseNumber(event: KeyboardEvent): number | null {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.getModifierState('AltGraph')) return null;
  const digit = /^(?:Digit|Numpad)([1-3])$/.exec(event.code);
  return digit ? Number(digit[1]) : null;
}

export type RemarkKey = 'take' | 'dismiss' | 'notHere' | 'next' | 'previous';

const REMARK_KEYS: Record<string, RemarkKey> = { j: 'next', k: 'previous', p: 'dismiss', m: 'notHere' };

/**
 * What is done with a remark on the draft, without leaving it: Alt (⌥) with Enter, J, K, P or M. None of them writes, moves the
 * caret or opens a menu in a browser; letters go by their place where ⌥ changes the character.
 */
export function remarkKey(event: KeyboardEvent): RemarkKey | null {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  if (event.getModifierState('AltGraph')) return null;
  if (event.key === 'Enter') return 'take';
  const place = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? '';
  const isLatin = /^[a-z]$/i.test(event.key);
  return REMARK_KEYS[isLatin ? event.key.toLowerCase() : place] ?? null;
}

function singleKeyOf(event: KeyboardEvent): SingleKey | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.getModifierState('AltGraph')) return null;
  const character = event.key.toLowerCase();
  if (BY_CHARACTER[character]) return BY_CHARACTER[character];
  const isOtherScript = event.key.length === 1 && event.key > '\u007f';
  const place = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase();
  return (isOtherScript && place && BY_CHARACTER[place]) || null;
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input, textarea, select, [role="menu"] *');
}

function hasOpenLayer(): boolean {
  return document.querySelector('dialog[open], [role="menu"]') !== null;
}
