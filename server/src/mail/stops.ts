/** "No more such mail": signed addresses that stop it, for whoever has the mail, by hand or by the mail program's own button. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WidgetLocale } from '@fullname/shared/locale';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { deleteStop, insertStop, isStopped, readReplyMail } from '../store/unseen.ts';

export type Stops = {
  /** In the words of its site, which the address names. */
  url(mail: string, to: { readonly locale: WidgetLocale; readonly site: string }): string;
  /** To whom this mail went, and whether no more go there. UNKNOWN for what was not signed here. */
  read(db: Db, asked: Asked): Promise<Stopped>;
  /** From now on no replies go to that address, of any conversation; or they do again. */
  stop(db: Db, asked: Asked, isWished: boolean): Promise<Stopped>;
};

export type Stopped = { readonly to: string; readonly isStopped: boolean };

type Asked = { readonly mail: string; readonly signature: string };

export function createStops(secret: Buffer, origin: () => string): Stops {
  const sign = (mail: string): string =>
    createHmac('sha256', secret).update(`stop ${mail}`).digest('base64url');

  async function addressOf(db: Db, { mail, signature }: Asked): Promise<string> {
    const [given, right] = [Buffer.from(signature), Buffer.from(sign(mail))];
    if (given.length !== right.length || !timingSafeEqual(given, right)) throw new RelayError('UNKNOWN');
    const sent = await readReplyMail(db, mail);
    if (!sent) throw new RelayError('UNKNOWN');
    return sent.to;
  }

  return {
    url: (mail, { locale, site }) =>
      `${origin()}/c/stop?${new URLSearchParams({ mail, s: sign(mail), l: locale, k: site })}`,
    async read(db, asked) {
      const to = await addressOf(db, asked);
      return { to, isStopped: await isStopped(db, addressHash(to)) };
    },
    async stop(db, asked, isWished) {
      const to = await addressOf(db, asked);
      await (isWished ? insertStop : deleteStop)(db, addressHash(to));
      return { to, isStopped: isWished };
    },
  };
}

/** What is kept of an address that wants no mail. */
export function addressHash(address: string): Buffer {
  return createHash('sha256').update(address.trim().toLowerCase()).digest();
}
