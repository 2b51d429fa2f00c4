/** What the bodies of the book's routes must look like; strict, as the others. How long words may be, the domain says. */
import { type BookSettings, type ChangeDraft, DECISIONS, type ImportRequest } from '@fullname/shared/book';
import { isId } from '@fullname/shared/ids';
import { LOCALES } from '@fullname/shared/locale';
import { CONDITIONS, RULE_LEVELS, RULE_TOPICS } from '@fullname/shared/reader/rule';
import { SITUATIONS } from '@fullname/shared/situation';
import { z } from 'zod';
import { takeIn } from '../take-in.ts';

const WORDS_MAX_LENGTH = 4_000;
const LIST_MAX = 100;

const id = z.string().refine(isId);
const words = z.string().max(WORDS_MAX_LENGTH).overwrite(takeIn);
const locale = z.enum(LOCALES);
const situation = z.enum(SITUATIONS);
const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(LIST_MAX);
/** A number in an address, where everything is text. */
const number = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);

const phraseBody = z.strictObject({
  locale,
  situation,
  text: words,
  reason: words,
  notWhen: words.nullable(),
  tags: list(words),
});

const condition = z.enum(CONDITIONS);
const example = z.strictObject({ text: words, given: list(condition).exactOptional() });

const ruleBody = z.strictObject({
  locale,
  topic: z.enum(RULE_TOPICS),
  title: words,
  finds: list(words),
  sayInstead: list(words),
  replaces: z.enum(['words', 'sentence']),
  reason: words,
  where: z.enum(['anywhere', 'start', 'end']),
  situations: list(situation),
  when: list(condition),
  unless: list(condition),
  except: list(words),
  level: z.enum(RULE_LEVELS),
  mustFire: list(example),
  mustNotFire: list(example),
});

const draft = {
  id,
  target: id.nullable(),
  example: words.nullable().exactOptional(),
  decide: z.enum(['accept', 'publish']).exactOptional(),
};

export const changeDraft = z.discriminatedUnion('kind', [
  z.strictObject({ ...draft, kind: z.literal('phrase'), body: phraseBody.nullable() }),
  z.strictObject({ ...draft, kind: z.literal('rule'), body: ruleBody.nullable() }),
]) satisfies z.ZodType<ChangeDraft>;

export const commentDraft = z.strictObject({ id, text: words });
export const voteDraft = z.strictObject({ vote: z.union([z.literal(1), z.literal(0), z.literal(-1)]) });
export const decisionDraft = z.strictObject({
  decision: z.enum(DECISIONS),
  why: words.exactOptional(),
});
export const versionDraft = z.strictObject({ note: words });
export const acknowledgement = z.strictObject({ version: z.int().min(0).max(999_999_999) });

export const settingsChange = z.strictObject({
  refusal: z.enum(['ask', 'stop', 'off']).exactOptional(),
  contacts: list(words).exactOptional(),
}) satisfies z.ZodType<Partial<BookSettings>>;

/** The largest proposal: a rule of Chinese patterns and examples up to every bound. In bytes. */
export const CHANGE_MAX_BYTES = 262_144;
/** The largest import, in bytes of its request; every other body is far smaller. */
export const IMPORT_MAX_BYTES = 1_048_576;

export const importDraft = z.strictObject({
  id,
  kind: z.enum(['phrases', 'rules']),
  format: z.enum(['csv', 'yaml', 'vale']),
  text: z.string().max(IMPORT_MAX_BYTES),
  locale,
  dryRun: z.boolean().exactOptional(),
}) satisfies z.ZodType<ImportRequest>;

export const bookQuery = z.strictObject({ locale: locale.exactOptional() });
export const versionsQuery = z.strictObject({ after: number.exactOptional() });
export const exportQuery = z.strictObject({
  kind: z.enum(['phrases', 'rules']),
  format: z.enum(['csv', 'yaml']),
  locale: locale.exactOptional(),
});
