/**
 * A link in a mail opens the conversation on any browser: whoever has the mail has the rights of the browser that began it, and
 * no more; what only a site's signature opens stays closed. The store keeps hashes.
 */
import { pickWidgetLocale, type WidgetLocale } from '@fullname/shared/locale';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { firstHashOf, followLink, insertMailLink, insertVisitorKey } from '../store/unseen.ts';
import { hashToken, newToken } from './secrets.ts';
import { type Visitor, visitorByToken, visitorByTokenHash } from './visitors.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const LIFE_MS = 30 * DAY_MS;
/** On a telephone, at a desk, and again: not for a crowd. */
const USES_MAX = 10;

/**
 * The address to send. The token stands in the fragment, so that no server's log and no `Referer` has it; the site's key, which is
 * in every page of the site, in front of it: the page speaks in its owner's words.
 */
export async function makeContinueLink(
  tx: Db,
  link: {
    readonly conversation: string;
    /** The site's key. */
    readonly site: string;
    readonly locale: WidgetLocale;
    readonly origin: string;
    readonly now: number;
  },
): Promise<string> {
  const token = newToken();
  await insertMailLink(tx, {
    ...{ hash: hashToken(token), conversation: link.conversation, now: new Date(link.now).toISOString() },
    expiresAt: new Date(link.now + LIFE_MS).toISOString(),
  });
  return `${link.origin}/c/?s=${link.site}#${token},${link.locale}`;
}

export type Continued = {
  readonly site: string;
  /** A new token of the same visitor, for this browser alone. */
  readonly token: string;
  readonly conversation: string;
  readonly locale: WidgetLocale;
};

/** Follows a link. LINK_USED for one that is over, was followed too often, or leads nowhere any more. */
export async function continueByLink(db: Db, link: string, now: number): Promise<Continued> {
  if (!/^[0-9a-f]{64}$/.test(link)) throw new RelayError('LINK_USED');
  const token = newToken();
  return db.transaction(async (tx) => {
    const at = new Date(now).toISOString();
    const followed = await followLink(tx, { hash: hashToken(link), now: at, usesMax: USES_MAX });
    if (!followed) throw new RelayError('LINK_USED');
    await insertVisitorKey(tx, hashToken(token), followed.visitor);
    const { siteKey: site, clientId: conversation, locale } = followed;
    return { site, token, conversation, locale: pickWidgetLocale([locale]) };
  });
}

/** Who holds this token: the browser that made it with its first message, or one that came by a link. */
export async function visitorOfToken(db: Db, site: string, token: string): Promise<Visitor | null> {
  const known = await visitorByToken(db, site, token);
  if (known) return known;
  const tokenHash = await firstHashOf(db, site, hashToken(token));
  return tokenHash ? visitorByTokenHash(db, site, tokenHash) : null;
}
