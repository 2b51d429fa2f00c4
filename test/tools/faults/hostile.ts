/** What no honest client sends: attacks on both namespaces, each from one number, so that the same number gives the same again. */
import { PROTOCOL } from '@fullname/shared/limits';
import fc from 'fast-check';
import { loadServer } from '../../support/root.ts';

export type Namespace = '/visitor' | '/agent';
type Frame = string | Buffer;

/** Frames that belong together are sent on one connection, which may be closed for any of them. */
export type Attack = { readonly namespace: Namespace; readonly frames: readonly Frame[] };

type Event = { readonly name: string; readonly fields: readonly string[] };
/** What each namespace knows. */
export type Events = Readonly<Record<Namespace, readonly Event[]>>;

/** Asked of the relay's own schemas: an event that is new there is attacked as all others are. */
export async function readEvents(): Promise<Events> {
  const { agentSchemas, visitorSchemas } =
    await loadServer<typeof import('../../../server/dist/sockets/schemas.js')>('sockets/schemas.js');
  return { '/visitor': eventsOf(visitorSchemas), '/agent': eventsOf(agentSchemas) };
}

function eventsOf(schemas: Readonly<Record<string, object>>): readonly Event[] {
  return Object.entries(schemas).map(([name, schema]) => ({ name, fields: fieldsOf(schema) }));
}

function fieldsOf(schema: object): readonly string[] {
  if ('shape' in schema) return Object.keys(schema.shape as object);
  return 'options' in schema ? (schema.options as readonly object[]).flatMap(fieldsOf) : [];
}

/** As many as hold `count` frames. */
export function attacksOf(events: Events, seed: number, count: number): readonly Attack[] {
  const at = (namespace: Namespace) =>
    fc
      .array(hostileTo(namespace, events), { minLength: 1, maxLength: 4 })
      .map((made): Attack => ({ namespace, frames: made.flat() }));
  const attacks: Attack[] = [];
  let frames = 0;
  for (const one of fc.sample(fc.oneof(at('/visitor'), at('/agent')), { seed, numRuns: count })) {
    if (frames >= count) break;
    attacks.push(one);
    frames += one.frames.length;
  }
  return attacks;
}

/** Which of its namespace's events are in an attack, as `NAMESPACE NAME`. */
export function eventsIn({ namespace, frames }: Attack, events: Events): readonly string[] {
  return frames.flatMap((frame) => {
    const named = typeof frame === 'string' ? /^4[25][^[]*\["([^"]+)"/.exec(frame)?.[1] : undefined;
    return events[namespace].some(({ name }) => name === named) ? [`${namespace} ${named}`] : [];
  });
}

const PROTOTYPE_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '__defineGetter__',
];
const NAMES = ['error', 'connect', 'disconnect', 'disconnecting', 'newListener', 'connect_error', 'welcome'];
const HUGE = ['1e999', '-1e999', '9007199254740993', '1'.repeat(400), '-0', '1e-400', '0.1e308'];

const id = fc.oneof(fc.uuid(), fc.string({ maxLength: 80 }), fc.constant('\u0000'), fc.constant('\ud800'));
const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), id, fc.string({ maxLength: 5_000, unit: 'binary' }));
const ackNumber = fc.constantFrom('', '1', '0', '-1', '1.5', '9'.repeat(300), '__proto__', ' ');
/** Other packets, and what is no packet at all. */
const PACKETS = [
  ...['0', '1', '2', '3', '5', '6', '7', '41', '43', '44', '46', '47', '4', '', '2probe', '3probe', 'b4AAAA'],
];
const ELSEWHERE = [
  ...['/', '/agent', '/visitor', '/__proto__', '/admin', `/${'x'.repeat(5_000)}`, '/visitor?x=1', ''],
];

/** An event's name, or what is none here: mostly one of this namespace's, for any other closes the connection. */
function anEvent(namespace: Namespace, events: Events): fc.Arbitrary<Event> {
  const nobodys = (names: fc.Arbitrary<string>) => names.map((name): Event => ({ name, fields: [] }));
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...events[namespace]) },
    { weight: 1, arbitrary: fc.constantFrom(...events[namespace === '/agent' ? '/visitor' : '/agent']) },
    { weight: 1, arbitrary: nobodys(fc.constantFrom(...NAMES, ...PROTOTYPE_KEYS)) },
    { weight: 1, arbitrary: nobodys(fc.string({ maxLength: 40, unit: 'binary' })) },
  );
}

/** One maker of frames each: of what a client may send and should not, and of what no client sends. */
function hostileTo(namespace: Namespace, events: Events): fc.Arbitrary<readonly Frame[]> {
  const event = anEvent(namespace, events);
  const saying = (name: string, body: string, ack = '1') => [
    `42${namespace},${ack}[${JSON.stringify(name)},${body}]`,
  ];
  return fc.oneof(
    fc
      .tuple(event.chain(withPayload), ackNumber)
      .map(([{ name, payload }, ack]) => saying(name, JSON.stringify(payload), ack)),
    fc.tuple(event, fc.json()).map(([{ name }, body]) => saying(name, body)),
    fc
      .tuple(event, fc.constantFrom(...HUGE))
      .map(([{ name }, number]) => saying(name, `{"after":${number},"seq":${number}}`)),
    fc
      .tuple(event, fc.integer({ min: 100, max: 30_000 }), fc.boolean())
      .map(([{ name }, depth, isArray]) => saying(name, deep(depth, isArray))),
    fc
      .tuple(event, fc.constantFrom(...PROTOTYPE_KEYS))
      .map(([{ name }, key]) =>
        saying(name, `{"${key}":{"ok":true,"isAdmin":true},"conversation":{"${key}":1}}`),
      ),
    // Attachments: promised and not sent, of wrong numbers, more than promised, instead of words.
    fc
      .tuple(event, fc.integer({ min: 1, max: 4 }), fc.uint8Array({ maxLength: 60_000 }))
      .map(([{ name }, promised, bytes]) => [
        `45${promised}-${namespace},1["${name.replaceAll(/[^a-z:-]/g, '')}",{"_placeholder":true,"num":${promised - 1}}]`,
        Buffer.from(bytes),
      ]),
    fc
      .constantFrom('99999999', '0', '-1', '1e9', 'x')
      .map((promised) => [`45${promised}-${namespace},["heads:ask",{"_placeholder":true,"num":1e9}]`]),
    fc.uint8Array({ minLength: 1, maxLength: 2_000 }).map((bytes) => [Buffer.from(bytes)]),
    fc
      .constantFrom(...ELSEWHERE)
      .map((other) => [`40${other},{"protocol":${PROTOCOL}}`, `42${other},["heads:ask",{}]`]),
    fc
      .tuple(fc.constantFrom(...PACKETS), fc.string({ maxLength: 200, unit: 'binary' }))
      .map(([type, rest]) => [type, `${type}${namespace},${rest}`]),
    fc.string({ maxLength: 3_000, unit: 'binary' }).map((noise) => [noise]),
    fc.constant([`42${namespace},["${'x'.repeat(60_000)}",{}]`]),
    fc.constant(['x'.repeat(70_000)]),
  );
}

/** Of the event's own fields, or of others where it has none. */
function withPayload({ name, fields }: Event) {
  const keys = fields.length > 0 ? fields : ['conversation', 'id', 'after'];
  return fc
    .dictionary(fc.constantFrom(...keys, ...PROTOTYPE_KEYS), value, { maxKeys: 6 })
    .map((payload) => ({ name, payload }));
}

function deep(depth: number, isArray: boolean): string {
  if (isArray) return '['.repeat(depth) + ']'.repeat(depth);
  return `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
}
