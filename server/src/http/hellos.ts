/**
 * What a page asks before it shows a hello: who signs it, and whether they are there now. Mounted at /w/hello as `KEY/ID.js`.
 * A module and no JSON, since the two lines that a host page's policy has for the chat let it load scripts and connect nowhere;
 * only what is loaded with CORS is a module, so no page but the site's own can read it.
 */
import { isId } from '@fullname/shared/ids';
import { HELLO_ID } from '@fullname/shared/site-settings';
import { type Request, type Response, Router } from 'express';
import { helloNow } from '../desk/greeting.ts';
import { RelayError } from '../relay-error.ts';
import { allowsOrigin } from '../site/hosts.ts';
import { type SiteRow, settingsOf, siteByKey } from '../site/sites.ts';
import type { HttpDeps } from './deps.ts';
import { HELLO_HEADERS } from './headers.ts';
import { hostsOf } from './pages.ts';

export function hellos(deps: HttpDeps): Router {
  const { database, floor, limits, origins } = deps;
  const router = Router({ strict: true });
  router.get('/:key/:file', async (request, response) => {
    // Of every answer, so that what one page may read is kept for no other.
    response.set('Vary', 'Origin');
    await limits.hello(request, response);
    const site = await siteByKey(database.db, request.params.key);
    if (!site) throw new RelayError('UNKNOWN_SITE');
    mayRead({ request, response }, site, origins().public);
    const [, hello = ''] = /^(.+)\.js$/.exec(request.params.file) ?? [];
    const { person } = request.query;
    if (!HELLO_ID.test(hello) || !(person === undefined || isId(person))) throw new RelayError('UNKNOWN');
    const now = helloNow(floor, settingsOf(site), { hello, ...(person !== undefined && { person }) });
    response
      .set(HELLO_HEADERS)
      .type('text/javascript; charset=utf-8')
      .send(`export default ${JSON.stringify(now)}`);
  });
  return router;
}

/** The site's own pages, by their Origin, and the chat's document, whose browser sends none to where it came from. */
function mayRead(
  { request, response }: { readonly request: Request; readonly response: Response },
  site: SiteRow,
  own: string,
): void {
  const { origin } = request.headers;
  const from = request.headers['sec-fetch-site'];
  if (origin === undefined && (from === undefined || from === 'same-origin')) return;
  if (origin === undefined || (origin !== own && !allowsOrigin(hostsOf(site, own), origin)))
    throw new RelayError('BAD_ORIGIN');
  response.set({ 'Access-Control-Allow-Origin': origin, 'Cross-Origin-Resource-Policy': 'cross-origin' });
}
