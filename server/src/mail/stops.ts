/** "No more such mail": signed addresses that stop it, for whoever has the mail, by hand or by the mail program's own button. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WidgetLocale } from '@fullname/shared/locale';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { insertStop, readReplyMail } from '../store/unseen.ts';

export type Stops = {
  /** In the words of its site, which the address names. */
  url(mail: string, to: { readonly locale: WidgetLocale; readonly site: string }): string;
  /** To whom this mail went. UNKNOWN for what was not signed here. */
  read(db: Db, asked: Asked): Promise<string>;
  /** From now on no replies go to that address, of any conversation. */
  stop(db: Db, asked: Asked): Promise<string>;
};

type Asked = { readonly mail: string; readonly signature: string };

export function createStops(secret: Buffer, origin: () => string): Stops {
  const sign = (mail: string): string =>
    createHmac('sha256', secret).update(`stop ${mail}`).digest('base64url');

  async function read(db: Db, { mail, signature }: Asked): Promise<string> {
    const [given, right] = [Buffer.from(signature), Buffer.from(sign(mail))];
    if (given.length !== right.length || !timingSafeEqual(given, right)) throw new RelayError('UNKNOWN');
    const sent = await readReplyMail(db, mail);
    if (!sent) throw new RelayError('UNKNOWN');
    return sent.to;
  }

  return {
    url: (mail, { locale, site }) =>
      `${origin()}/c/stop?${new URLSearchParams({ mail, s: sign(mail), l: locale, k: site })}`,
    read,
    async stop(db, asked) {
      const to = await read(db, asked);
      await insertStop(db, addressHash(to));
      return to;
    },
  };
}

/** What is kept of an address that wants no mail. */
export function addressHash(address: string): Buffer {
  return createHash('sha256').update(address.trim().toLowerCase()).digest();
}
