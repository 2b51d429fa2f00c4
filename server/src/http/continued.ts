/** Where the links of a mail lead: on with the conversation, or to no more mail. Mounted at /c. */
import { ok } from '@fullname/shared/errors';
import { dirOf, pickWidgetLocale, type WidgetLocale } from '@fullname/shared/locale';
import express, { type Request, type Response, Router } from 'express';
import type { Stopped } from '../mail/stops.ts';
import { MAIL_WORDS, type MailWords, put } from '../mail/words.ts';
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
    const stopped = await stops.read(db, askedIn(request)).catch(overOrThrow);
    const step = stopped?.isStopped ? 'done' : 'ask';
    sendStop({ request, response }, { stopped, step, site: await siteOf(request.query.k) });
  });

  // By the page's button, or by the mail program's own (RFC 8058), which sends no Origin. Whoever has the mail may think better of it.
  const form = express.urlencoded({ extended: false, limit: BODY_MAX_BYTES });
  router.post('/stop', apiHeaders, form, async (request, response) => {
    await deps.limits.link(request, response);
    const { again } = (request.body ?? {}) as { readonly again?: unknown };
    const isWished = again !== 'yes';
    const stopped = await stops.stop(db, askedIn(request), isWished).catch(overOrThrow);
    const step = isWished ? 'done' : 'again';
    sendStop({ request, response }, { stopped, step, site: await siteOf(request.query.k) });
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
  readonly stopped: Stopped | null;
  readonly step: 'ask' | 'done' | 'again';
  readonly site: Pick<SiteRow, 'settings'>;
};

function sendStop(
  { request, response }: { readonly request: Request; readonly response: Response },
  stopping: Stopping,
): void {
  const html = stopPage(pickWidgetLocale([String(request.query.l ?? '')]), stopping);
  response
    .status(stopping.stopped === null ? 404 : 200)
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

/** A page without a script. The forms go where the page came from. */
function stopPage(locale: WidgetLocale, { stopped, step, site }: Stopping): string {
  const words = wordsOf(MAIL_WORDS, locale, settingsOf(site));
  const said = { ask: words.stopAsk, done: words.stopDone, again: words.stopAgain }[step];
  const text = stopped === null ? words.stopOver : put(said, `\u2068${stopped.to}\u2069`);
  const form = stopped === null ? '' : formOf(words, step);
  return `<!doctype html><html lang="${locale}" dir="${dirOf(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(words.stopTitle)}</title><style>${STYLE}</style></head><body><main><p role="status">${escaped(text)}</p>${form}</main></body></html>`;
}

function formOf(words: MailWords, step: Stopping['step']): string {
  if (step === 'done')
    return `<form method="post"><input type="hidden" name="again" value="yes"><button class="quiet">${escaped(words.stopBack)}</button></form>`;
  return `<form method="post"><button>${escaped(words.stopYes)}</button></form>`;
}

/** As the widget's page.css draws the other pages behind links. */
const STYLE =
  ':root{--paper:#fbfaf7;--raised:#fff;--ink:#1f2421;--line:#e4e1d8;--green:#0f5b4a;--on-green:#fff;color-scheme:light dark}' +
  '@media(prefers-color-scheme:dark){:root{--paper:#141715;--raised:#1c201d;--ink:#ecede8;--line:#2c322e;--green:#6fcfb0;--on-green:#141715}}' +
  '*{box-sizing:border-box}body{margin:0;padding:16px;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}' +
  'main{max-width:32rem;margin:10vh auto 0;padding:24px;background:var(--raised);border:1px solid var(--line);border-radius:12px;overflow-wrap:anywhere}' +
  'p{margin:0}button{min-height:44px;margin-top:16px;padding:8px 20px;font:inherit;font-weight:600;color:var(--on-green);background:var(--green);border:1px solid var(--green);border-radius:6px;cursor:pointer}' +
  'button.quiet{color:var(--green);background:none}button:focus-visible{outline:2px solid var(--green);outline-offset:2px}';

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
