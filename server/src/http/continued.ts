/** Where the links of a mail lead: on with the conversation, or to no more mail. Mounted at /c. */
import { ok } from '@fullname/shared/errors';
import { dirOf, pickWidgetLocale, type WidgetLocale } from '@fullname/shared/locale';
import express, { type Request, type Response, Router } from 'express';
import { MAIL_WORDS, put } from '../mail/words.ts';
import { continueByLink } from '../people/continued.ts';
import { RelayError } from '../relay-error.ts';
import { inlinedIn, NOWHERE_ELSE, policy } from '../site/csp.ts';
import { wordsOf } from '../site/own-words.ts';
import { type SiteRow, settingsOf, siteByKey } from '../site/sites.ts';
import type { HttpDeps } from './deps.ts';
import { sendFile } from './files.ts';
import { apiHeaders } from './headers.ts';
import { linkPages, type PageDeps, sendNotBuilt, widgetFolder } from './pages.ts';

const BODY_MAX_BYTES = 1_024;
const NO_SITE = { settings: {} };

export function continuedPages(deps: HttpDeps & Pick<PageDeps, 'folders'>): Router {
  const { db } = deps.database;
  const { stops } = deps;
  const pageOf = linkPages(widgetFolder(deps));
  const router = Router({ strict: true });

  /** Links of a release before name none. */
  const siteOf = async (key: unknown) =>
    (typeof key === 'string' ? await siteByKey(db, key) : null) ?? NO_SITE;

  router.get('/', async (request, response) => {
    const page = await pageOf(await siteOf(request.query.s));
    if (!page) return sendNotBuilt(response, 'widget');
    const { file, scripts, styles } = page;
    sendFile({ request, response }, file, {
      'Content-Security-Policy': policy({
        ...{
          'default-src': ["'none'"],
          'script-src': scripts,
          'style-src': styles,
          'connect-src': ["'self'"],
        },
        ...{ 'frame-ancestors': ["'none'"], ...NOWHERE_ELSE },
      }),
      'Cache-Control': 'no-cache',
      'Referrer-Policy': 'no-referrer',
    });
  });

  router.post('/open', apiHeaders, express.json({ limit: BODY_MAX_BYTES }), async (request, response) => {
    // A token that another page could plant in this browser would be that page's conversation, written by this visitor.
    if (request.headers.origin !== deps.origins().public) throw new RelayError('BAD_ORIGIN');
    await deps.limits.link(request, response);
    const { link } = (request.body ?? {}) as { readonly link?: unknown };
    if (typeof link !== 'string') throw new RelayError('INVALID_PAYLOAD');
    response.json(ok(await continueByLink(db, link, deps.floor.now())));
  });

  // Programs that look at a mail's links before its reader does must stop nothing: only a press does.
  router.get('/stop', apiHeaders, async (request, response) => {
    const to = await stops.read(db, askedIn(request)).catch(overOrThrow);
    sendStop({ request, response }, { to, step: 'ask', site: await siteOf(request.query.k) });
  });

  // By the page's button, or by the mail program's own (RFC 8058), which sends no Origin.
  router.post('/stop', apiHeaders, async (request, response) => {
    await deps.limits.link(request, response);
    const to = await stops.stop(db, askedIn(request)).catch(overOrThrow);
    sendStop({ request, response }, { to, step: 'done', site: await siteOf(request.query.k) });
  });
  return router;
}

function askedIn(request: Request): { mail: string; signature: string } {
  const one = (name: string) => (typeof request.query[name] === 'string' ? request.query[name] : '');
  const mail = one('mail');
  return { mail: /^[0-9a-f-]{36}$/.test(mail) ? mail : '', signature: one('s') };
}

function overOrThrow(error: unknown): null {
  if (error instanceof RelayError) return null;
  throw error;
}

type Stopping = {
  /** Null where the link is not whole. */
  readonly to: string | null;
  readonly step: 'ask' | 'done';
  readonly site: Pick<SiteRow, 'settings'>;
};

function sendStop(
  { request, response }: { readonly request: Request; readonly response: Response },
  stopping: Stopping,
): void {
  const html = stopPage(pickWidgetLocale([String(request.query.l ?? '')]), stopping);
  response
    .status(stopping.to === null ? 404 : 200)
    .set({
      'Content-Security-Policy': policy({
        ...{ 'default-src': ["'none'"], 'style-src': inlinedIn(html).styles },
        ...{ ...NOWHERE_ELSE, 'form-action': ["'self'"], 'frame-ancestors': ["'none'"] },
      }),
      'Referrer-Policy': 'no-referrer',
    })
    .type('text/html; charset=utf-8')
    .send(html);
}

/** A page without a script. The form goes where the page came from. */
function stopPage(locale: WidgetLocale, { to, step, site }: Stopping): string {
  const words = wordsOf(MAIL_WORDS, locale, settingsOf(site));
  const text =
    to === null ? words.stopOver : put(step === 'ask' ? words.stopAsk : words.stopDone, `\u2068${to}\u2069`);
  const form =
    to !== null && step === 'ask'
      ? `<form method="post"><button>${escaped(words.stopYes)}</button></form>`
      : '';
  return `<!doctype html><html lang="${locale}" dir="${dirOf(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(words.stopTitle)}</title><style>${STYLE}</style></head><body><main><p role="status">${escaped(text)}</p>${form}</main></body></html>`;
}

const STYLE =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0}main{max-width:32rem;margin:15vh auto 0;padding:0 16px}p{overflow-wrap:anywhere}button{font:inherit;padding:8px 16px;min-height:44px}';

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
