/** Many words looked for in one pass over a text (Aho and Corasick, 1975): what makes two hundred rules as cheap as one. */

type Node = {
  readonly next: Map<number, Node>;
  /** Where the search goes on when the next character does not fit. */
  fail: Node | null;
  /** What ends here, here and in every node on the way of `fail`. */
  found: readonly number[];
};

/** Calls back with what belongs to a word, and the offset behind it, for each place where one of its words stands. */
export type Search = (text: string, onFound: (item: number, end: number) => void) => void;

/** `words[i]` are the words that lead to item `i`. */
export function searchFor(words: readonly (readonly string[])[]): Search {
  const root: Node = { next: new Map(), fail: null, found: [] };
  for (const [item, list] of words.entries())
    for (const word of list) {
      const node = walk(root, word);
      if (!node.found.includes(item)) node.found = [...node.found, item];
    }
  link(root);
  return (text, onFound) => {
    let node = root;
    for (let at = 0; at < text.length; at += 1) {
      node = step(root, node, text.charCodeAt(at));
      for (const item of node.found) onFound(item, at + 1);
    }
  };
}

function walk(root: Node, word: string): Node {
  let node = root;
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    const next = node.next.get(code) ?? { next: new Map(), fail: null, found: [] };
    node.next.set(code, next);
    node = next;
  }
  return node;
}

function link(root: Node): void {
  const queue = [...root.next.values()];
  for (const node of queue) node.fail = root;
  // The list grows while it is walked: breadth first, so that a shorter word is linked before the longer ones need it.
  for (const node of queue) {
    for (const [code, next] of node.next) {
      next.fail = node.fail ? step(root, node.fail, code) : root;
      if (next.fail.found.length > 0) next.found = [...new Set([...next.found, ...next.fail.found])];
      queue.push(next);
    }
  }
}

function step(root: Node, from: Node, code: number): Node {
  for (let node: Node | null = from; node; node = node.fail) {
    const next = node.next.get(code);
    if (next) return next;
  }
  return root;
}
