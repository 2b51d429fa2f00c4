/**
 * Addresses of files: signed, for one reader, for some minutes. A picture on a page is asked for without a token or a header,
 * so what opens it stands in the address; whoever finds an old one in a history or a log has nothing.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FileLink } from '@fullname/shared/events';
import { encoded } from './names.ts';

/** Who may have it: the visitor of its conversation, or a person of the desk. */
export type Reader =
  | { readonly kind: 'visitor'; readonly id: string }
  | { readonly kind: 'person'; readonly id: string };

export type Links = {
  link(reader: Reader, file: { readonly id: string; readonly name: string }): FileLink;
  /** Whether this was signed for this reader, and its time has not passed. */
  holds(reader: Reader, signed: Signed): 'yes' | 'over' | 'no';
};

/** `until` in seconds since 1970, as it stands in the address. */
type Signed = { readonly file: string; readonly until: string; readonly signature: string };

const LIFE_SECONDS = 600;

export function createLinks(
  secret: Buffer,
  { origin, now }: { origin: () => string; now: () => number },
): Links {
  const sign = (reader: Reader, file: string, until: string): string =>
    createHmac('sha256', secret).update(`${reader.kind} ${reader.id} ${file} ${until}`).digest('base64url');

  return {
    link(reader, { id, name }) {
      const until = Math.ceil(now() / 1000) + LIFE_SECONDS;
      const query = new URLSearchParams({ until: String(until), signature: sign(reader, id, String(until)) });
      if (reader.kind === 'person') query.set('for', reader.id);
      return {
        url: `${origin()}/f/${id}/${encoded(name)}?${query}`,
        until: new Date(until * 1000).toISOString(),
      };
    },
    holds(reader, { file, until, signature }) {
      const [given, right] = [Buffer.from(signature), Buffer.from(sign(reader, file, until))];
      if (given.length !== right.length || !timingSafeEqual(given, right)) return 'no';
      return Number(until) * 1000 > now() ? 'yes' : 'over';
    },
  };
}
