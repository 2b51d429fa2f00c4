/** The demo shop: a host page like any other, which signs its customers in as a real site's server would. */
import { readFileSync } from 'node:fs';
import { and, desc, eq } from 'drizzle-orm';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { signIdentity } from '../people/identity.ts';
import type { Db } from '../store/db.ts';
import { customers, identities, purchases, sites } from '../store/schema.ts';
import { products, SHOP } from './content/shop.ts';
import { type Persona, personas } from './personas.ts';
import { homePage, type Order, ordersPage, type Shown } from './shop-pages.ts';

/** Where browsers reach the relay and the console; asked at each request, as the port may be known late. */
export type ShopParts = {
  readonly db: Db;
  readonly origins: () => { readonly public: string; readonly console: string };
};

/** The shop's pages, to be mounted at /shop. Answers nothing where there is no demo in the store. */
export function createShop(parts: ShopParts): Router {
  const router = Router({ strict: true });
  router.use(atItsOwnOrigin(parts));
  for (const [name, type] of ASSETS) router.get(`/${name}`, asset(name, type));
  router.get(
    '/',
    show(parts, (shown) => homePage(shown)),
  );
  router.get(
    '/orders/',
    show(parts, async (shown) => ordersPage(shown, await ordersOf(parts.db, shown.as))),
  );
  return router;
}

/** `127.0.0.1` for `localhost` and the reverse: another site to the browser, as a customer's shop would be. */
export function shopOrigin(relay: string): string {
  const url = new URL(relay);
  if (url.hostname === 'localhost') url.hostname = '127.0.0.1';
  else if (url.hostname === '127.0.0.1') url.hostname = 'localhost';
  return url.origin;
}

const ASSETS: readonly (readonly [string, string])[] = [
  ['shop.css', 'text/css'],
  ['shop.js', 'text/javascript'],
  ...['hero', ...products.filter((product) => product.shown).map((product) => product.key)].map(
    (name) => [`${name}.svg`, 'image/svg+xml'] as const,
  ),
];

function atItsOwnOrigin({ origins }: ShopParts): RequestHandler {
  return (request, response, next) => {
    const origin = shopOrigin(origins().public);
    const isHere = request.headers.host === new URL(origin).host;
    if (isHere && request.originalUrl.split('?')[0] !== '/shop') return next();
    const query = new URL(request.originalUrl, origin).search;
    const path = request.path === '/orders/' ? '/shop/orders/' : '/shop/';
    response.redirect(302, `${origin}${path}${query}`);
  };
}

/** The files stay beside the source: they are not compiled. */
function asset(name: string, type: string): RequestHandler {
  const file = new URL(`../../src/demo/assets/${name}`, import.meta.url);
  let text: string | undefined;
  return (_request, response) => {
    text ??= readFileSync(file, 'utf8');
    response.set('Cache-Control', 'public, max-age=60').type(`${type}; charset=utf-8`).send(text);
  };
}

type Draw = (shown: Shown) => string | Promise<string>;

function show(parts: ShopParts, draw: Draw): RequestHandler {
  return async (request: Request, response: Response, next) => {
    const [site] = await parts.db
      .select()
      .from(sites)
      .where(and(eq(sites.key, SHOP.key), sites.demo));
    if (!site) return next();
    const { public: relay, console } = parts.origins();
    const as = personas.find((persona) => persona.key === request.query.as) ?? null;
    const identity = as && (await identityOf(parts.db, as, site));
    const html = await draw({ relay, console, personas, as, identity });
    response
      .set({ 'Content-Security-Policy': policy(relay), 'Cache-Control': 'no-store' })
      .type('text/html; charset=utf-8')
      .send(html);
  };
}

const SIGNED_IN_SECONDS = 12 * 60 * 60;

/** What the shop's server vouches for. Null when the customer is gone. */
async function identityOf(
  db: Db,
  as: Persona,
  site: { readonly id: string; readonly identitySecret: string },
): Promise<string | null> {
  const [customer] = await db
    .select({ name: customers.name, email: customers.email })
    .from(identities)
    .innerJoin(customers, eq(customers.id, identities.customer))
    .where(and(eq(identities.site, site.id), eq(identities.subject, as.key)));
  if (!customer) return null;
  return signIdentity(site.identitySecret, {
    sub: as.key,
    name: customer.name,
    ...(customer.email === null ? {} : { email: customer.email }),
    locale: as.locale,
    seconds: SIGNED_IN_SECONDS,
  });
}

async function ordersOf(db: Db, as: Persona | null): Promise<Order[]> {
  if (!as) return [];
  return db
    .select({ at: purchases.at, what: purchases.what, amount: purchases.amount })
    .from(purchases)
    .innerJoin(identities, eq(identities.customer, purchases.customer))
    .innerJoin(sites, eq(sites.id, identities.site))
    .where(and(eq(sites.key, SHOP.key), eq(identities.subject, as.key)))
    .orderBy(desc(purchases.at))
    .limit(8);
}

/** The two lines that the chat asks of a host page (script-src, frame-src), and nothing loose beside them. */
function policy(relay: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' ${relay}`,
    `frame-src ${relay}`,
    "style-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
