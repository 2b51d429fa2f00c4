/** Where words stand: in what an event's schema allows, and in what was asked of it. */
import { z } from 'zod';

type Json = {
  readonly type?: string | readonly string[];
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly anyOf?: readonly Json[];
  readonly properties?: Readonly<Record<string, Json>>;
  readonly propertyNames?: Json;
  readonly additionalProperties?: Json | boolean;
  readonly items?: Json;
  readonly format?: string;
  readonly pattern?: string;
};

const HARMLESS: ReadonlySet<string> = new Set(['number', 'integer', 'boolean', 'null']);
const ID = /^\^\[0-9a-f\]\{8\}-/;
const CURRENCY = '^[A-Z]{3}$';

/** As `.request.offered`, and `.attributes.*` for any name: every string that is no id, no time and not one of a few. */
export function placesIn(schema: z.ZodType): string[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  return [...new Set(places(json, ''))].sort();
}

/** The places of a payload at which something stands that `isWord` knows. */
export function filledIn(payload: unknown, isWord: (text: string) => boolean, at = ''): string[] {
  if (typeof payload === 'string') return isWord(payload) ? [at] : [];
  if (Array.isArray(payload)) return payload.flatMap((one) => filledIn(one, isWord, at));
  if (typeof payload !== 'object' || payload === null) return [];
  return Object.entries(payload).flatMap(([name, value]) => {
    const any = `${at}.*`;
    return isWord(name) ? [any, ...filledIn(value, isWord, any)] : filledIn(value, isWord, `${at}.${name}`);
  });
}

function places(json: Json, at: string): string[] {
  if (json.enum !== undefined || json.const !== undefined) return [];
  if (json.anyOf) return json.anyOf.flatMap((one) => places(one, at));
  const types = [json.type ?? 'unknown'].flat();
  if (types.every((type) => HARMLESS.has(type))) return [];
  if (json.type === 'array') return places(json.items ?? {}, at);
  if (json.type === 'object') return placesInObject(json, at);
  const { format, pattern = '' } = json;
  return format === 'date-time' || ID.test(pattern) || pattern === CURRENCY ? [] : [at];
}

function placesInObject(
  { properties = {}, additionalProperties, propertyNames }: Json,
  at: string,
): string[] {
  const own = Object.entries(properties).flatMap(([name, one]) => places(one, `${at}.${name}`));
  if (typeof additionalProperties !== 'object') return own;
  const any = `${at}.*`;
  return [...own, ...places(propertyNames ?? { type: 'string' }, any), ...places(additionalProperties, any)];
}
