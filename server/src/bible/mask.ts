/** Words of real conversations, shown to those who were not in them: without contacts, numbers that name somebody, and names. */
import { maskCards } from '@fullname/shared/reader/cards';

const MASK = '•••';

/** Chinese is written without a space before an address. */
const EMAIL =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}._%+-]{1,64}[@＠][\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}.-]*[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}]/gu;
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

/** Made once for the names that must not be told; each word of a name counts alone, in any case unless it is a word as well. */
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
  const [words, others] = [parts.filter(isWord), parts.filter((part) => !isWord(part))];
  return [
    ...(others.length === 0 ? [] : [new RegExp(others.map(patternOf).join('|'), 'giu')]),
    ...(words.length === 0 ? [] : [new RegExp(words.map(patternOf).join('|'), 'gu')]),
  ];
}

/** A full name and each word of it; of a Chinese one, the family name and what follows it. */
function partsOf(name: string): string[] {
  const full = name.trim();
  const [family = '', ...given] = full;
  const words = HAN.test(full) ? [family, given.join('')] : [...full.split(/\s+/), ...full.split(/[\s-]+/)];
  return [full, ...words].filter((part) => (SPACELESS.test(part) ? part !== '' : part.length >= 2));
}

const WORDS = new Set(
  (
    'april art august baker bell best bill black brown carter case chance chase cook day dawn drew faith field ford fox frank ' +
    'gray grace grant green guy hall hill hope hunter iris ivy jack joy june king lane lee lily long love major mark may mason ' +
    'max miles mills moon page parker pat pearl penny potter price rich rob rose ruby rush sage sky song star sue summer sun ' +
    'taylor trip victor violet ward way west white will winter wood wright young'
  ).split(' '),
);

/** Names that are words as well, as short ones mostly are: "An", "Will", "May". They are names only as names are written. */
function isWord(name: string): boolean {
  return !SPACELESS.test(name) && (name.length < 3 || WORDS.has(name.toLowerCase()));
}

/** One character of Chinese is a name only before a title. */
function patternOf(name: string): string {
  const escaped = name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+');
  if (!SPACELESS.test(name)) return `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`;
  return [...name].length === 1 ? `${escaped}(?=${TITLES})` : escaped;
}
