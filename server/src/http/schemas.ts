/** What the API's bodies must look like. Strict: a field that is not asked for is refused, so that nobody assigns it by accident. */
import type {
  AcceptLink,
  IdentityKeyDraft,
  MemberChange,
  NewMember,
  SignIn,
  SiteDraft,
  SiteSetupDraft,
} from '@fullname/shared/api';
import { BATCH_MAX, type MergeDraft, type RowsImport } from '@fullname/shared/customers';
import { ERROR_TEXTS, type ErrorCode } from '@fullname/shared/errors';
import { isId } from '@fullname/shared/ids';
import {
  EMAIL_MAX_LENGTH,
  IDENTITY_MAX_LENGTH,
  NAME_MAX_LENGTH,
  URL_MAX_LENGTH,
} from '@fullname/shared/limits';
import type { SiteSettings } from '@fullname/shared/site-settings';
import { z } from 'zod';
import { PASSWORD_MAX_LENGTH } from '../people/passwords.ts';
import { RelayError } from '../relay-error.ts';
import { takeIn } from '../take-in.ts';

const name = z.string().max(NAME_MAX_LENGTH);
const email = z.string().max(EMAIL_MAX_LENGTH);
const password = z.string().max(PASSWORD_MAX_LENGTH);
const nameKind = z.enum(['legal', 'professional']);
const role = z.enum(['owner', 'agent', 'back-office']);

export const signIn = z.strictObject({ email, password }) satisfies z.ZodType<SignIn>;
export const linkToken = z.strictObject({ token: z.string().max(128) });
export const newPassword = z.strictObject({ current: password, next: password });

export const acceptLink = z.strictObject({
  given: name.exactOptional(),
  family: name.exactOptional(),
  email: email.exactOptional(),
  password,
}) satisfies z.ZodType<AcceptLink>;

export const newMember = z.strictObject({
  given: name,
  family: name,
  nameKind: nameKind.exactOptional(),
  title: name.nullable().exactOptional(),
  email,
  role,
}) satisfies z.ZodType<NewMember>;

export const memberChange = z.strictObject({
  given: name.exactOptional(),
  family: name.exactOptional(),
  nameKind: nameKind.exactOptional(),
  title: name.nullable().exactOptional(),
  role: role.exactOptional(),
  active: z.boolean().exactOptional(),
  goodwillBudget: z.number().min(0).max(1e6).nullable().exactOptional(),
  capacity: z.int().min(1).max(50).exactOptional(),
  successor: z.string().refine(isId).exactOptional(),
}) satisfies z.ZodType<MemberChange>;

export const siteDraft = z.strictObject({
  name,
  hosts: z.array(z.string().max(URL_MAX_LENGTH)).max(50),
}) satisfies z.ZodType<SiteDraft>;

export const identityKeyDraft = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['HS256', 'hash']), name: name.overwrite(takeIn) }),
  z.strictObject({
    kind: z.literal('EdDSA'),
    name: name.overwrite(takeIn),
    publicKey: z.string().max(2_000, { message: 'BAD_KEY' satisfies ErrorCode }),
  }),
]) satisfies z.ZodType<IdentityKeyDraft>;

/** The sections and what they may hold are read by `problemsInSettings`. */
export const siteSections = z.record(z.string(), z.unknown());

/** What the settings may hold is read by `problemsInSettings`, which then says so of their type. */
const settings = z.custom<SiteSettings>((value) => typeof value === 'object' && value !== null);
export const setupDraft = siteDraft.extend({
  version: z.string().max(64),
  settings,
}) satisfies z.ZodType<SiteSetupDraft>;
export const proofLook = z.strictObject({ proof: z.string().max(IDENTITY_MAX_LENGTH) });
export const siteLook = z.strictObject({ url: z.string().max(URL_MAX_LENGTH) });

const id = z.string().refine(isId);

export const mergeDraft = z.strictObject({ id, kept: id, merged: id }) satisfies z.ZodType<MergeDraft>;
export const allyChange = z.strictObject({ id, ally: id });
export const previewQuery = z.strictObject({ with: id });
export const newKey = z.strictObject({ name: name.overwrite(takeIn) });
/** The text's length is the body's, which has a limit. */
export const rowsImport = z.strictObject({
  id,
  kind: z.enum(['purchases', 'failures']),
  text: z.string(),
  dryRun: z.boolean().exactOptional(),
}) satisfies z.ZodType<RowsImport>;
export const rowsBody = z.strictObject({ rows: z.array(z.unknown()).max(BATCH_MAX) });

/** The value; else the code that a schema's message is, or INVALID_PAYLOAD. */
export function parse<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new RelayError(codeOf(parsed.error));
  return parsed.data;
}

function codeOf(error: z.ZodError): ErrorCode {
  const code = error.issues
    .map(({ message }) => message)
    .find((message) => Object.hasOwn(ERROR_TEXTS, message));
  return (code as ErrorCode | undefined) ?? 'INVALID_PAYLOAD';
}

/** An id out of the address, or UNKNOWN. */
export function parseId(value: unknown): string {
  if (!isId(value)) throw new RelayError('UNKNOWN');
  return value;
}
