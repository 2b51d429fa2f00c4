/** A profile of V8 as time by part: each look at the stack counts for the first part of the product, or of a library, from its top. */

export type Frame = { readonly functionName: string; readonly url: string };
export type StackNode = {
  readonly id: number;
  readonly callFrame: Frame;
  readonly children?: readonly number[];
};
/** As the inspector gives it: looks by the node at the stack's top, and the microseconds before each. */
export type Profile = {
  readonly nodes: readonly StackNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
};

/** Nothing to do: no part of a message's cost. */
export const IDLE = 'idle';
const WRITES = 'system calls that write to sockets';
const FRAMES = 'ws: frames';
const OTHER = 'everything else';
/** Starting and stopping it. */
const PROFILER = 'the profiler itself';
/** A look that came later than this was late because another process had the processor. */
const LATE_US = 2_000;

/** V8's own names for what is no function, then paths; the first that fits names the part. */
const PARTS: readonly (readonly [string, RegExp])[] = [
  [IDLE, /^\(idle\)/],
  ['garbage collection', /^\(garbage collector\)/],
  [PROFILER, /\/bench\/profiler\.|node:inspector/],
  ['zod', /node_modules\/zod\//],
  ['masking and repair of words', /\/server\/dist\/take-in\.|\/shared\/dist\/(text|reader\/cards)\./],
  ['group commit and log', /\/server\/dist\/(desk\/group-commit|store\/(log|writes))\./],
  ['pg', /node_modules\/(pg|pg-protocol|pg-pool|pg-types|postgres-[a-z]+)\//],
  ['Drizzle', /node_modules\/drizzle-orm\//],
  ["lists' news", /\/server\/dist\/(desk\/(news|views|lists)|store\/(conversations|lists))\./],
  ['search index', /\/server\/dist\/(desk\/search|store\/search)/],
  ['who hears of it: rooms, forms of an entry', /\/server\/dist\/desk\/(announce|wire)\.|socket\.io-adapter/],
  ['Socket.IO: encoding and decoding', /socket\.io-parser|engine\.io-parser/],
  [FRAMES, /node_modules\/ws\/|\/server\/dist\/sockets\/together\./],
  ['Socket.IO and Engine.IO: sockets', /node_modules\/(socket\.io|engine\.io|debug|@socket\.io)\//],
  ['bounds of slow readers', /\/server\/dist\/sockets\/readers\./],
  ['handlers', /\/server\/dist\/|\/bare-relay\./],
  ['Node: loop, sockets, timers, promises', /^node:|^\(program\)/],
];

/** The parts that a table has, in its order. */
export const PART_NAMES: readonly string[] = [...PARTS.map(([name]) => name), WRITES, OTHER].filter(
  (name) => name !== IDLE,
);

/** Which part a frame is by itself; undefined where it says nothing, so that its caller is asked. */
export function partOfFrame({ functionName, url }: Frame): string | undefined {
  const text = url === '' ? functionName : url;
  return PARTS.find(([, pattern]) => pattern.test(text))?.[0];
}

/** Microseconds by part, over the whole profile. */
export function timeByPart(profile: Profile): ReadonlyMap<string, number> {
  const parts = partsOfNodes(profile.nodes);
  const spent = new Map<string, number>();
  for (const [id, time] of timeOfNodes(profile)) {
    const part = parts.get(id) ?? OTHER;
    spent.set(part, (spent.get(part) ?? 0) + time);
  }
  return spent;
}

/** Microseconds of each node by itself. */
export function timeOfNodes({ samples, timeDeltas }: Profile): ReadonlyMap<number, number> {
  const spent = new Map<number, number>();
  samples.forEach((id, index) => {
    spent.set(id, (spent.get(id) ?? 0) + Math.min(LATE_US, timeDeltas[index] ?? 0));
  });
  return spent;
}

/** Node's own functions say little: whoever called them says more. */
function partsOfNodes(nodes: readonly StackNode[]): ReadonlyMap<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parts = new Map<number, string>();
  const [root] = nodes;
  const walk = (node: StackNode, callers: string | undefined): void => {
    const own = partOfFrame(node.callFrame);
    const isNode = node.callFrame.url.startsWith('node:') && own !== PROFILER && callers !== undefined;
    const part = isNode ? callers : (own ?? callers);
    parts.set(node.id, part === FRAMES && isWrite(node.callFrame) ? WRITES : (part ?? OTHER));
    for (const id of node.children ?? []) {
      const child = byId.get(id);
      if (child) walk(child, part);
    }
  };
  if (root) walk(root, undefined);
  return parts;
}

function isWrite({ functionName, url }: Frame): boolean {
  return url === '' && /^write(v|Buffer|\w+String)$/.test(functionName);
}
