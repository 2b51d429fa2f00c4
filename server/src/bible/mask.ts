/** Words of real conversations, shown to those who were not in them: without contacts, numbers that name somebody, and names. */
import { maskCards } from '@fullname/shared/reader/cards';

const MASK = '•••';

const EMAIL = /[\p{L}\p{N}._%+-]{1,64}[@＠][\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*/gu;
const LINK = /(?:https?:\/\/|www\.)[^\s<>"“”「」『』，。；！？、（）]+/gi;
/** Letters and digits with at least five digits, across what people put between them: telephone, order, account. */
const NUMBER =
  /(?:[+＋(（]?[\p{Nd}][\s\p{Pd}.．/()（）_–]{0,3}){5,}|\b(?=(?:[A-Za-z_-]*\d){4})(?=[\d_-]*[A-Za-z])[\w-]{5,}\b/gu;

const PRICE =
  /[£$€¥￥] ?\p{Nd}[\p{Nd},.]*|(?<![\p{Nd},.])\p{Nd}[\p{Nd},.]* ?(?:元|块|塊|€|EUR\b|USD\b|GBP\b)/gu;
/** What is left of a card; a code, a room, a year. */
const CODE = /•|\p{Nd}{4}/u;
/** Words that stand before or behind somebody's name. */
const ADDRESSED =
  /^\s*(?:dear|hi|hello|hey)\b|\b(?:mr|mrs|ms|miss|dr)\b\.?\s+\p{L}|\p{Script=Han}(?:先生|女士|小姐|太太)|亲爱的|親愛的/iu;

/** May words that went to one customer be said to another? Not with an address, a link, a longer number or somebody's name in them. */
export function isForAnybody(text: string): boolean {
  const unpriced = text.replace(PRICE, '');
  return [EMAIL, LINK, NUMBER, CODE, ADDRESSED].every((pattern) => unpriced.search(pattern) < 0);
}

export type Masker = {
  /** Contacts, long numbers and names as dots; then cut to `max` characters. */
  mask(text: string, max: number): string;
  names(text: string): boolean;
};

/** Made once for the names that must not be told; each word of a name counts alone, long ones in any case. */
export function createMasker(names: readonly string[]): Masker {
  const patterns = patternsOf(names);
  return {
    mask: (text, max) => {
      const bare = maskCards(text).replace(LINK, MASK).replace(EMAIL, MASK).replace(NUMBER, dots);
      return cut(
        patterns.reduce((masked, pattern) => masked.replace(pattern, MASK), bare),
        max,
      );
    },
    names: (text) => patterns.some((pattern) => text.search(pattern) >= 0),
  };
}

/** At most so many code units, never half of a character. */
export function cut(text: string, max: number): string {
  const tidy = text.trim();
  if (tidy.length <= max) return tidy;
  const end = /[\uD800-\uDBFF]/.test(tidy.charAt(max - 2)) ? max - 2 : max - 1;
  return `${tidy.slice(0, end).trimEnd()}…`;
}

/** What stood behind the number (a space, a full stop of the sentence) stays. */
function dots(found: string): string {
  return MASK + (/[\s.．]+$/.exec(found)?.[0] ?? '');
}

const HAN = /^\p{Script=Han}+$/u;
const SPACELESS = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const TITLES = '小姐|先生|女士|太太|老师|老師|经理|經理|同学|同學|姐|哥';

function patternsOf(names: readonly string[]): RegExp[] {
  const parts = [...new Set(names.flatMap(partsOf))].sort((a, b) => b.length - a.length);
  // Short names are short words as well: "An", "Bo", "Li" only as names are written.
  const [short, long] = [parts.filter(isShort), parts.filter((part) => !isShort(part))];
  return [
    ...(long.length === 0 ? [] : [new RegExp(long.map(patternOf).join('|'), 'giu')]),
    ...(short.length === 0 ? [] : [new RegExp(short.map(patternOf).join('|'), 'gu')]),
  ];
}

/** A full name and each word of it; of a Chinese one, what follows the first character. */
function partsOf(name: string): string[] {
  const full = name.trim();
  const words = HAN.test(full) ? [[...full].slice(1).join('')] : full.split(/\s+/);
  return [full, ...words].filter((part) => SPACELESS.test(part) || part.length >= 2);
}

function isShort(name: string): boolean {
  return !SPACELESS.test(name) && name.length < 3;
}

/** One character of Chinese is a name only before a title. */
function patternOf(name: string): string {
  const escaped = name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replace(/\s+/g, '\\s+');
  if (!SPACELESS.test(name)) return `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`;
  return [...name].length === 1 ? `${escaped}(?=${TITLES})` : escaped;
}
