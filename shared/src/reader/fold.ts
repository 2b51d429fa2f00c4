/**
 * Makes the spellings of one text alike, for matching alone: lower case, half width, straight apostrophes, single spaces, one kind of Chinese.
 * Both scripts meet in simplified characters and, where the regions have different words (软件, 軟體), in one of the mainland's.
 * Several words of one side often share one of the other's (文件, 档案; 檔案), so that words are alike by class. The tables are OpenCC's.
 */
import TRADITIONAL_CHARACTERS from 'opencc-js/dict/TSCharacters';
import TRADITIONAL_PHRASES from 'opencc-js/dict/TSPhrases';
import TAIWAN_WORDS from 'opencc-js/dict/TWPhrases';
import TAIWAN_VARIANT_PHRASES from 'opencc-js/dict/TWVariantsRevPhrases';

/** `from[i]` and `to[i]` are the offsets, in the text as it was, of what became the code unit `i`. */
export type Folded = { readonly text: string; readonly from: Uint32Array; readonly to: Uint32Array };

export function fold(text: string): Folded {
  const from = new Uint32Array(text.length * LONGEST_GROWTH + 1);
  const to = new Uint32Array(from.length);
  const pieces: string[] = [];
  let length = 0;
  const put = (piece: string, start: number, end: number) => {
    // A word of the same length keeps its places; another one stands for the whole it replaces.
    const aligned = piece.length === end - start;
    for (let index = 0; index < piece.length; index += 1) {
      from[length] = aligned ? start + index : start;
      to[length] = aligned ? start + index + 1 : end;
      length += 1;
    }
    pieces.push(piece);
  };
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    const phrase = code >= HAN_FROM ? phraseAt(text, at) : undefined;
    const end = at + (phrase?.source.length ?? 1);
    const piece = phrase?.target ?? foldUnit(code, text.charAt(at));
    const isSecondSpace = piece === ' ' && pieces.at(-1) === ' ';
    if (!isSecondSpace) put(piece, at, end);
    at = end;
  }
  return { text: pieces.join(''), from, to };
}

/** Is there a character that only traditional writing has? */
export function isTraditional(text: string): boolean {
  for (const character of text) {
    const simplified = tables().characters.get(character);
    if (simplified !== undefined && simplified !== character) return true;
  }
  return false;
}

const HAN_FROM = 0x2e80;
/** No word is longer than this many times the one it is the same as. */
const LONGEST_GROWTH = 4;
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/;
const SPACE = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/;
const APOSTROPHE = /[\u2018\u2019\u02bc\uff07]/;

function foldUnit(code: number, character: string): string {
  if (code === 0x09) return ' ';
  if (code < 0x80) return code >= 0x41 && code <= 0x5a ? String.fromCharCode(code + 32) : character;
  if (code >= 0xff01 && code <= 0xff5e && !APOSTROPHE.test(character))
    return String.fromCharCode(code - 0xfee0).toLowerCase();
  if (INVISIBLE.test(character)) return '';
  if (SPACE.test(character)) return ' ';
  if (APOSTROPHE.test(character)) return "'";
  if (code >= HAN_FROM) return tables().characters.get(character) ?? character;
  const lower = character.toLowerCase();
  return lower.length === 1 ? lower : character;
}

type Phrase = { readonly source: string; readonly target: string };
type Tables = {
  readonly characters: ReadonlyMap<string, string>;
  /** By first character, the longest first. */
  readonly phrases: ReadonlyMap<string, readonly Phrase[]>;
};

function phraseAt(text: string, at: number): Phrase | undefined {
  return tables()
    .phrases.get(text.charAt(at))
    ?.find(({ source }) => text.startsWith(source, at));
}

let made: Tables | undefined;

/** Made when the first Chinese text comes: English desks never pay for it. */
function tables(): Tables {
  made ??= makeTables();
  return made;
}

function makeTables(): Tables {
  const characters = new Map(entriesOf(TRADITIONAL_CHARACTERS));
  for (const [source, target] of REGIONAL) characters.set(source, target);
  const simplify = (text: string) => [...text].map((one) => characters.get(one) ?? one).join('');
  const targets = new Map<string, string>();
  // 著 is 着 but in the words of this list, which are kept as they are.
  for (const [source] of entriesOf(TAIWAN_VARIANT_PHRASES))
    if (source.includes('著')) targets.set(source, keepZhu(source, simplify));
  for (const [source, target] of entriesOf(TRADITIONAL_PHRASES)) targets.set(source, target);
  for (const [word, same] of sameWords(entriesOf(TAIWAN_WORDS), simplify)) targets.set(word, same);
  return { characters, phrases: byFirst(targets) };
}

/** For each word that has another one across the strait, the one that stands for all of them: the mainland's, simplified. */
function sameWords(
  pairs: readonly (readonly [string, string])[],
  simplify: (text: string) => string,
): Map<string, string> {
  const leader = new Map<string, string>();
  const leaderOf = (word: string): string => {
    const next = leader.get(word);
    return next === undefined || next === word ? word : leaderOf(next);
  };
  for (const [mainland, taiwan] of pairs) {
    const first = leaderOf(simplify(mainland));
    for (const word of [simplify(mainland), mainland, taiwan, simplify(taiwan)])
      leader.set(leaderOf(word), first);
  }
  return new Map([...leader.keys()].map((word) => [word, leaderOf(word)]));
}

function keepZhu(source: string, simplify: (text: string) => string): string {
  return source.split('著').map(simplify).join('著');
}

/** Variants of Taiwan and Hong Kong that the table of characters leaves alone. */
const REGIONAL = [
  ['著', '着'],
  ['簷', '檐'],
  ['顎', '腭'],
  ['敍', '叙'],
  ['枱', '台'],
  ['粧', '妆'],
  ['糭', '粽'],
  ['衞', '卫'],
  ['衹', '只'],
] as const;

function byFirst(targets: ReadonlyMap<string, string>): Map<string, Phrase[]> {
  const phrases = new Map<string, Phrase[]>();
  for (const [source, target] of targets) {
    // Code points beyond the first plane are rare elements' names: no word of a conversation.
    if (source.length < 2 || target.length > source.length * LONGEST_GROWTH) continue;
    const first = source.charAt(0);
    phrases.set(first, [...(phrases.get(first) ?? []), { source, target }]);
  }
  for (const list of phrases.values()) list.sort((a, b) => b.source.length - a.source.length);
  return phrases;
}

function entriesOf(dictionary: string): [string, string][] {
  return dictionary.split('|').map((entry) => {
    const [source = '', target = source] = entry.split(' ');
    return [source, target];
  });
}
