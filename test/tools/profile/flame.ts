/** Flame graphs as one SVG of the project's own: profiles of several processes under each other, on one scale of microseconds a message. */
import { IDLE, type Profile, partOfFrame, type StackNode, timeOfNodes } from './stacks.ts';

export type Flame = {
  readonly title: string;
  readonly profile: Profile;
  /** Microseconds a message for each of the profile's own. */
  readonly share: number;
};

type Box = { readonly name: string; readonly color: string; time: number; readonly inside: Map<string, Box> };

const WIDTH = 1200;
const ROW = 15;
const FONT = 10;
const LETTER = 5.6;
/** Narrower boxes, and those above so many rows, would show nothing. */
const THINNEST = 1.5;
const DEEPEST = 26;
/** Colours by part, dark enough on white and light enough for black letters. */
const COLORS: readonly (readonly [RegExp, string])[] = [
  [/garbage/, '#d9b3b3'],
  [/^ws/, '#f2c279'],
  [/Socket\.IO/, '#f0dc82'],
  [/pg|Drizzle|group commit/, '#9fc5e8'],
  [/zod|masking/, '#c9b3e0'],
  [/handlers|news|search|hears|bounds/, '#a8d5a2'],
];
const PLAIN = '#d8d8d8';

/** The picture's text. Functions of Node itself are left out: their time is their caller's. */
export function drawFlames(flames: readonly Flame[]): string {
  const trees = flames.map((flame) => ({ ...flame, tree: toTree(flame) }));
  const scale = WIDTH / Math.max(...trees.map(({ tree }) => tree.time));
  const shapes: string[] = [];
  let top = 0;
  for (const { title, tree } of trees) {
    const rows = Math.min(DEEPEST, deepest(tree, scale));
    shapes.push(words({ x: 4, y: top + ROW, size: 12 }, `${title}: ${tree.time.toFixed(0)} µs a message`));
    const bottom = top + ROW * (rows + 3);
    drawBox(shapes, { box: tree, x: 0, y: bottom - ROW, scale, left: rows });
    top = bottom + ROW;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" font-family="sans-serif" font-size="${FONT}">`,
    `<title>Where the time of a message goes, relay and bare relay</title>`,
    `<rect width="${WIDTH}" height="${top}" fill="#fff"/>`,
    ...shapes,
    '</svg>\n',
  ].join('\n');
}

function toTree({ profile, share }: Flame): Box {
  const times = timeOfNodes(profile);
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const whole: Box = { name: 'all', color: PLAIN, time: 0, inside: new Map() };
  const fill = (node: StackNode, path: readonly Box[]): void => {
    const { callFrame } = node;
    if (partOfFrame(callFrame) === IDLE) return;
    const within = path[path.length - 1] ?? whole;
    const isDrawn = !callFrame.url.startsWith('node:') && callFrame.functionName !== '(root)';
    const boxes = isDrawn ? [...path, boxFor(within, callFrame)] : path;
    for (const box of boxes) box.time += (times.get(node.id) ?? 0) * share;
    for (const id of node.children ?? []) {
      const child = byId.get(id);
      if (child) fill(child, boxes);
    }
  };
  const [root] = profile.nodes;
  if (root) fill(root, [whole]);
  return whole;
}

function boxFor(within: Box, frame: StackNode['callFrame']): Box {
  const file = frame.url.split('/').pop() ?? '';
  const name = [frame.functionName || 'a function', file && `(${file})`].filter(Boolean).join(' ');
  const found = within.inside.get(name);
  if (found) return found;
  const part = partOfFrame(frame);
  const color = COLORS.find(([pattern]) => part !== undefined && pattern.test(part))?.[1];
  const box: Box = {
    name,
    color: color ?? (frame.url === '' ? within.color : PLAIN),
    time: 0,
    inside: new Map(),
  };
  within.inside.set(name, box);
  return box;
}

function deepest(box: Box, scale: number): number {
  const inside = [...box.inside.values()].filter(({ time }) => time * scale >= THINNEST);
  return inside.length === 0 ? 0 : 1 + Math.max(...inside.map((one) => deepest(one, scale)));
}

type Place = {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly left: number;
};

function drawBox(shapes: string[], { box, x, y, scale, left }: Place): void {
  const width = box.time * scale;
  if (width < THINNEST) return;
  shapes.push(
    `<rect x="${x.toFixed(1)}" y="${y}" width="${(width - 0.5).toFixed(1)}" height="${ROW - 1}" fill="${box.color}"><title>${escaped(`${box.name}: ${box.time.toFixed(1)} µs`)}</title></rect>`,
  );
  const room = Math.floor((width - 6) / LETTER);
  if (room >= 4) shapes.push(words({ x: x + 3, y: y + ROW - 4, size: FONT }, box.name.slice(0, room)));
  if (left === 0) return;
  let at = x;
  for (const inner of [...box.inside.values()].toSorted((a, b) => b.time - a.time)) {
    drawBox(shapes, { box: inner, x: at, y: y - ROW, scale, left: left - 1 });
    at += inner.time * scale;
  }
}

function words({ x, y, size }: { x: number; y: number; size: number }, text: string): string {
  return `<text x="${x.toFixed(1)}" y="${y}"${size === FONT ? '' : ` font-size="${size}"`}>${escaped(text)}</text>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
