/** What is in a draft and is not the writer's own words: quotes, links, addresses, code. */

/** Stands for one code unit of what is left out: no letter, no space, no end of a sentence. */
const HOLE = '\ufffc';

/** Each with a sign without which it need not be looked for: most drafts have none of them. */
const LEFT_OUT: readonly (readonly [sign: string, found: RegExp])[] = [
  // One that is not closed is code only where code begins: at the beginning of a line.
  ['```', /```[\s\S]*?```|^[ \t]*```[\s\S]*/gm],
  // Not where it stands for an apostrophe.
  ['`', /(?<![a-z\d])`[^`\n]+`/gi],
  ['://', /https?:\/\/[^\s<>"“”「」『』，。；！？、（）]+/gi],
  ['.', /(?<![\p{L}\p{N}])www\.[^\s<>"“”「」『』，。；！？、（）]+/giu],
  ['@', /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu],
  ['>', /^[ \t]*>.*$/gm],
  ['＞', /^[ \t]*＞.*$/gm],
  ['“', /“[^“”\n]{1,400}”/g],
  // Behind a number it is inches.
  ['"', /(?<!\d)"[^"\n]{1,400}"/g],
  ['「', /「[^「」\n]{1,400}」/g],
  ['『', /『[^『』\n]{1,400}』/g],
  ['«', /«[^«»\n]{1,400}»/g],
  ['《', /《[^《》\n]{1,100}》/g],
  ['‘', /(?<![\p{L}\p{N}])‘[^‘\n]{1,400}?’(?![\p{L}\p{N}])/gu],
];

/** The draft in the same length, with holes where somebody else's words, links or code stand. */
export function ownWords(draft: string): string {
  return LEFT_OUT.reduce(
    (text, [sign, pattern]) =>
      text.includes(sign) ? text.replace(pattern, (found) => HOLE.repeat(found.length)) : text,
    draft,
  );
}
