/** Parse at the edge: one strict schema an event, held to the shared payload type by the compiler. Messages that are ErrorCodes become the answer. */
import { OUTCOMES, REQUEST_OUTCOMES } from '@fullname/shared/book';
import type { AgentAuth, AgentEvents, VisitorAuth, VisitorEvents } from '@fullname/shared/events';
import {
  AGO_MOST_MS,
  ANSWER_MAX_LENGTH,
  EMAIL_MAX_LENGTH,
  EVENTS_TOLD_MOST,
  EXTRA_MAX_LENGTH,
  IDENTITY_MAX_LENGTH,
  LABEL_MAX_LENGTH,
  LABEL_NAME_MAX_LENGTH,
  LABELS_MOST,
  MESSAGE_MAX_LENGTH,
  META_MOST,
  NAME_MAX_LENGTH,
  ORDER_MAX_LENGTH,
  PHONE_MAX_LENGTH,
  QUERY_MAX_LENGTH,
  TITLE_MAX_LENGTH,
  URL_MAX_LENGTH,
} from '@fullname/shared/limits';
import { WIDGET_LOCALES } from '@fullname/shared/locale';
import { FAILURE_ELEMENTS, FAILURE_STAGES, FAREWELL_QUESTIONS, REACHES } from '@fullname/shared/model';
import { attributesOf, relabelled } from '@fullname/shared/page-data';
import { REFUSAL_REASONS } from '@fullname/shared/reader/reading';
import { CAUSES, CHANNELS, RECOVERY_LEVELS, SEVERITIES } from '@fullname/shared/recovery';
import { HELLO_ID } from '@fullname/shared/site-settings';
import { SITUATIONS } from '@fullname/shared/situation';
import { z } from 'zod';
import { takeIn } from '../take-in.ts';
import { timeIn as time } from '../time-in.ts';
import { wordsIn as words } from '../words-in.ts';

type Schemas<Events> = {
  readonly [Name in keyof Events]: Events[Name] extends (request: infer Request, ...rest: never[]) => void
    ? z.ZodType<Request>
    : never;
};

/** Lower case, so that one id has one spelling. */
const id = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const token = z.string().regex(/^[0-9a-f]{64}$/);
const line = (max: number) => z.string().max(max, 'TOO_LONG').transform(takeIn);
const number = z.int().min(0).max(2_147_483_647);
const locale = z.enum(WIDGET_LOCALES);
const nothing = z.strictObject({});
const page = z.strictObject({ url: line(URL_MAX_LENGTH), title: line(TITLE_MAX_LENGTH) });
const one = { conversation: id };
const range = { after: number.exactOptional(), before: number.exactOptional() };
const message = { id, text: words(MESSAGE_MAX_LENGTH) };
/** What a page says is text from outside like any other. */
const label = z.union([
  z.string().max(LABEL_MAX_LENGTH).transform(takeIn),
  z.number(),
  z.boolean(),
  z.null(),
]);
const attributes = (most: number) =>
  z
    .record(z.string().max(LABEL_NAME_MAX_LENGTH), label)
    .refine((given) => attributesOf(given, most) !== null)
    .meta({ maxProperties: most })
    .transform((given) =>
      Object.fromEntries(Object.entries(given).map(([name, one]) => [takeIn(name), one])),
    );
const email = z.email('BAD_EMAIL').max(EMAIL_MAX_LENGTH, 'BAD_EMAIL');
/** The zone's name goes to `Intl`, and nowhere else. */
const transcript = { ...one, id, locale, zone: z.string().max(64) };
const before = {
  askFor: id.exactOptional(),
  about: z
    .strictObject({
      name: words(NAME_MAX_LENGTH).exactOptional(),
      email: email.exactOptional(),
      order: words(ORDER_MAX_LENGTH).exactOptional(),
    })
    .exactOptional(),
};

/** As people write it. At most fifteen digits, as numbers have: a card's number is none. */
const phone = z
  .string()
  .max(PHONE_MAX_LENGTH)
  .transform((text) => text.trim())
  .refine((text) => /^\+?[0-9(][0-9 ()./-]*$/.test(text) && /^(\D*\d){5,15}\D*$/.test(text));

export const visitorAuth = z.strictObject({
  protocol: z.int(),
  site: z.string().max(40),
  token: token.exactOptional(),
  identity: z.string().max(IDENTITY_MAX_LENGTH).exactOptional(),
  locale,
  page: page.exactOptional(),
}) satisfies z.ZodType<VisitorAuth>;

export const agentAuth = z.strictObject({ protocol: z.int() }) satisfies z.ZodType<AgentAuth>;

export const visitorSchemas = {
  'conversation:start': z.strictObject({
    token,
    ...one,
    message: z.strictObject(message),
    locale,
    page: page.exactOptional(),
    ...before,
  }),
  'conversation:prepare': z.strictObject({ token, ...one, locale, page: page.exactOptional(), ...before }),
  'message:send': z.strictObject({ ...one, ...message }),
  'file:send': z.strictObject({ ...one, id, file: id }),
  'file:link': z.strictObject({ ...one, file: id }),
  'email:give': z.strictObject({ ...one, id, email }),
  'entries:fetch': z.strictObject({ ...one, ...range }),
  'read:advance': z.strictObject({ ...one, publicSeq: number }),
  'delivered:advance': z.strictObject({ ...one, publicSeq: number }),
  'typing:show': z.strictObject(one),
  'people:find': z.strictObject({ name: line(NAME_MAX_LENGTH).exactOptional() }),
  'person:ask': z.strictObject({ ...one, id, person: id }),
  'call-back:find': nothing,
  'call-back:book': z.union([
    z.strictObject({ ...one, id, from: time, way: z.literal('chat') }),
    z.strictObject({ ...one, id, from: time, way: z.literal('telephone'), phone }),
  ]),
  'call-back:move': z.strictObject({ ...one, id, callBack: id, from: time }),
  'call-back:cancel': z.strictObject({ ...one, id, callBack: id }),
  'page:view': page,
  'page:tell': z.strictObject({
    ...one,
    attributes: attributes(LABELS_MOST).exactOptional(),
    events: z
      .array(
        z.strictObject({
          id,
          name: words(LABEL_NAME_MAX_LENGTH),
          meta: attributes(META_MOST).transform((meta) => relabelled({}, meta)),
          ago: z.int().min(0).max(AGO_MOST_MS),
        }),
      )
      .max(EVENTS_TOLD_MOST)
      .exactOptional(),
  }),
  'hello:show': z.strictObject({ hello: z.string().regex(HELLO_ID), person: id }),
  'extra:choose': z.strictObject({
    ...one,
    id,
    offer: id,
    choice: z.union([z.int().min(0).max(3), words(EXTRA_MAX_LENGTH)]),
  }),
  'farewell:answer': z.strictObject({
    ...one,
    id,
    question: z.enum(FAREWELL_QUESTIONS),
    text: words(ANSWER_MAX_LENGTH),
  }),
  'transcript:offer': z.strictObject(one),
  'transcript:ask': z.strictObject({ ...transcript, email: email.exactOptional() }),
  'transcript:confirm': z.strictObject({ ...transcript, code: z.string().regex(/^[0-9]{6}$/) }),
  'push:allow': z.strictObject({ ...one, grant: token }),
  'remembered:read': nothing,
  'remembered:remove': z.strictObject({ id }),
  'heads:ask': nothing,
} satisfies Schemas<VisitorEvents>;

const optionalWords = words(MESSAGE_MAX_LENGTH).exactOptional();
const wordsOrNone = words(MESSAGE_MAX_LENGTH).nullable().exactOptional();
const money = z
  .strictObject({ amount: z.number().min(0).max(1e9), currency: z.string().regex(/^[A-Z]{3}$/) })
  .nullable()
  .exactOptional();

/** What people write of a failure; null takes it back. */
const failureFields = {
  what: words(MESSAGE_MAX_LENGTH).exactOptional(),
  at: time.exactOptional(),
  product: wordsOrNone,
  place: wordsOrNone,
  channel: z.enum(CHANNELS).exactOptional(),
  element: z.enum(FAILURE_ELEMENTS).nullable().exactOptional(),
  category: wordsOrNone,
  severity: z.enum(SEVERITIES).nullable().exactOptional(),
  quotes: z.array(number).max(20).exactOptional(),
  irreplaceable: z.boolean().exactOptional(),
  wants: wordsOrNone,
  putRight: wordsOrNone,
  restored: z.boolean().nullable().exactOptional(),
  extra: wordsOrNone,
  noExtra: wordsOrNone,
  level: z.enum(RECOVERY_LEVELS).nullable().exactOptional(),
  owed: wordsOrNone,
  owedBy: time.nullable().exactOptional(),
  cause: z.enum(CAUSES).nullable().exactOptional(),
  causeNote: wordsOrNone,
  cost: money,
  disputed: money,
};

export const agentSchemas = {
  'conversation:list': z.strictObject({
    view: z.enum(['waiting', 'mine', 'all', 'closed']),
    query: line(QUERY_MAX_LENGTH).exactOptional(),
    cursor: z.string().max(200).exactOptional(),
  }),
  'conversation:open': z.strictObject(one),
  'conversation:leave': z.strictObject(one),
  'entries:fetch': z.strictObject({ ...one, ...range }),
  'conversation:take': z.strictObject({ ...one, id }),
  'message:send': z.strictObject({ ...one, ...message, seen: number.exactOptional() }),
  'note:send': z.strictObject({ ...one, ...message }),
  'file:send': z.strictObject({ ...one, id, file: id, seen: number.exactOptional() }),
  'file:link': z.strictObject({ ...one, file: id }),
  'conversation:hand-over': z.strictObject({ ...one, id, to: id, note: line(MESSAGE_MAX_LENGTH) }),
  'conversation:close': z.strictObject({ ...one, id, farewell: words(MESSAGE_MAX_LENGTH) }),
  'conversation:reopen': z.strictObject({ ...one, id }),
  'conversation:put-aside': z.strictObject({ ...one, id, undo: z.boolean().exactOptional() }),
  'conversation:situation': z.strictObject({ ...one, situation: z.enum(SITUATIONS).nullable() }),
  'customer:link': z.strictObject({
    ...one,
    id,
    customer: z.union([id, z.strictObject({ name: words(NAME_MAX_LENGTH) }), z.null()]),
  }),
  'customer:search': z.strictObject({ query: line(QUERY_MAX_LENGTH) }),
  'customer:read': z.strictObject(one),
  'failure:log': z.strictObject({ ...failureFields, ...one, id, what: words(MESSAGE_MAX_LENGTH) }),
  'failure:change': z.strictObject({
    ...one,
    id,
    failure: id,
    revision: number,
    fields: z.strictObject(failureFields),
  }),
  'failure:step': z.strictObject({ ...one, id, failure: id, stage: z.enum(FAILURE_STAGES) }),
  'failure:check': z.strictObject({ ...one, failure: id, check: id, done: z.boolean() }),
  'preference:note': z.strictObject({
    ...one,
    id,
    text: words(MESSAGE_MAX_LENGTH),
    source: z.enum(['stated', 'noticed']),
    quote: optionalWords,
    idea: optionalWords,
    reach: z.enum(REACHES).exactOptional(),
  }),
  'preference:remove': z.strictObject({ ...one, preference: id }),
  'preference:idea': z.strictObject({
    ...one,
    preference: id,
    idea: words(MESSAGE_MAX_LENGTH).nullable(),
    done: z.boolean().exactOptional(),
  }),
  'promise:make': z.strictObject({ ...one, id, text: words(MESSAGE_MAX_LENGTH), due: time }),
  'promise:keep': z.strictObject({ ...one, promise: id }),
  'promise:move': z.strictObject({ ...one, id, promise: id, due: time }),
  'extras:offer': z.strictObject({
    ...one,
    id,
    failure: id.exactOptional(),
    text: words(MESSAGE_MAX_LENGTH),
    options: z.array(words(EXTRA_MAX_LENGTH)).min(2).max(4),
  }),
  'draft:save': z.strictObject({ ...one, text: line(MESSAGE_MAX_LENGTH) }),
  'read:advance': z.strictObject({ ...one, seq: number }),
  'delivered:advance': z.strictObject({ ...one, seq: number }),
  'typing:show': z.strictObject(one),
  'presence:set': z.strictObject({ here: z.boolean(), backAt: time.nullable().exactOptional() }),
  'writing:report': z.strictObject({
    ...one,
    message: id,
    situation: z.enum(SITUATIONS),
    phrases: z.array(z.strictObject({ phrase: id, edited: z.boolean() })).max(20),
    findings: z.array(z.strictObject({ rule: id, outcome: z.enum(OUTCOMES) })).max(50),
    request: z
      .strictObject({
        asked: words(MESSAGE_MAX_LENGTH),
        outcome: z.enum(REQUEST_OUTCOMES),
        offered: z.array(words(MESSAGE_MAX_LENGTH)).max(5),
        reason: z.enum(REFUSAL_REASONS).nullable(),
      })
      .nullable(),
  }),
  'alternatives:find': z.strictObject({ ...one, asked: words(MESSAGE_MAX_LENGTH) }),
  'heads:ask': z.strictObject({ conversations: z.array(id).max(50) }),
} satisfies Schemas<AgentEvents>;
