/** What browsers load: the embed, the chat's frame and its chunks under /w/, the console under /console/. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  deviceSettings,
  embedSettings,
  frameCss,
  frameSettings,
  linkSettings,
} from '@fullname/shared/page-look';
import type { SiteSettings } from '@fullname/shared/site-settings';
import { type Response, Router } from 'express';
import { inlinedIn } from '../site/csp.ts';
import { type SiteRow, settingsOf, siteByKey } from '../site/sites.ts';
import { HTTPS_REMEDY, mayHoldSession } from './cookies.ts';
import type { HttpDeps } from './deps.ts';
import { type BuiltFile, type Folder, makeFile, openFolder, sendFile } from './files.ts';
import {
  CHUNK_HEADERS,
  consoleHeaders,
  EMBED_HEADERS,
  frameHeaders,
  IMMUTABLE,
  previewHeaders,
} from './headers.ts';
import { otherLoopback } from './hosts.ts';

/** The same distance from src/http as from dist/http. */
const WIDGET_FOLDER = fileURLToPath(new URL('../../../widget/dist', import.meta.url));
const CONSOLE_FOLDER = fileURLToPath(new URL('../../../console/dist', import.meta.url));

/** The files whose names hold their hash, by what stands before them in their address. */
export const BUILT_FOLDERS = { w: WIDGET_FOLDER, 'console/assets': join(CONSOLE_FOLDER, 'assets') } as const;

export type PageDeps = Pick<HttpDeps, 'config' | 'database' | 'origins'> & {
  /** Where the built front ends lie, if not beside the relay. */
  readonly folders?: { readonly widget: string; readonly console: string };
  /** A file of another release, by its address without the first slash. */
  readonly otherRelease?: (name: string) => Promise<Buffer | null>;
};

/** Mounted at /w. Keys have no hyphen, the names of chunks have one before their hash. */
export function widgetPages(deps: PageDeps): Router {
  const { origins, database } = deps;
  const folder = widgetFolder(deps);
  const embedFor = embeds(folder);
  const frameFor = frames(folder);
  const router = Router({ strict: true });

  router.get('/:name', async (request, response) => {
    const name = request.params.name;
    if (name.includes('-')) {
      const chunk = await folder.read(name);
      if (chunk) sendFile({ request, response }, chunk, CHUNK_HEADERS);
      else sendText(response, 404, 'This file is gone. Reload the page.');
      return;
    }
    const site = await siteByKey(database.db, name.replace(/\.js$/, ''));
    if (!site) {
      sendText(
        response,
        404,
        'There is no chat with this key. Copy the tag again from the console, under Sites.',
      );
      return;
    }
    if (name.endsWith('.js')) {
      const embed = await embedFor(site, origins().public);
      if (embed) sendFile({ request, response }, embed, EMBED_HEADERS);
      else sendNotBuilt(response, 'widget');
      return;
    }
    const document = await frameFor(site);
    if (!document) {
      sendNotBuilt(response, 'widget');
      return;
    }
    const hosts = hostsOf(site, origins().public);
    sendFile(
      { request, response },
      document.file,
      frameHeaders({ ...document, origin: origins().public, hosts }),
    );
  });
  return router;
}

/** Mounted at /console. */
export function consolePages(deps: PageDeps): Router {
  const { origins } = deps;
  const folder = openFolder(deps.folders?.console ?? CONSOLE_FOLDER, {
    watch: !deps.config.production,
    other: (name) => others(deps, `console/${name}`),
  });
  const router = Router({ strict: true });

  router.get('/', async (request, response) => {
    if (!mayHoldSession(origins().console)) {
      sendText(response, 403, HTTPS_REMEDY);
      return;
    }
    const page = await folder.read('index.html');
    if (page) sendFile({ request, response }, page, consoleHeaders(origins().console, origins().public));
    else sendNotBuilt(response, 'console');
  });
  const preview = widgetFolder(deps);
  router.get('/preview', async (request, response) => {
    const page = await preview.read('preview.html');
    if (!page) sendNotBuilt(response, 'widget');
    else sendFile({ request, response }, page, previewHeaders(inlinedIn(page.body.toString('utf8')).scripts));
  });
  router.get('/assets/:name', async (request, response) => {
    const file = await folder.read(`assets/${request.params.name}`);
    if (file) sendFile({ request, response }, file, IMMUTABLE);
    else sendText(response, 404, 'This file is gone. Reload the page.');
  });
  return router;
}

export function widgetFolder(deps: Pick<PageDeps, 'config' | 'folders' | 'otherRelease'>): Folder {
  return openFolder(deps.folders?.widget ?? WIDGET_FOLDER, {
    watch: !deps.config.production,
    other: (name) => others(deps, `w/${name}`),
  });
}

/** Trouble with the store is no reason to answer otherwise than where there is no such file. */
async function others(
  { otherRelease }: Pick<PageDeps, 'otherRelease'>,
  name: string,
): Promise<Buffer | null> {
  return (await otherRelease?.(name).catch(() => null)) ?? null;
}

/** A short answer for people who look at an address themselves. */
export function sendText(response: Response, status: number, text: string): void {
  response
    .status(status)
    .set('Cache-Control', 'no-store')
    .type('text/plain; charset=utf-8')
    .send(`${text}\n`);
}

export function sendNotBuilt(response: Response, part: 'widget' | 'console'): void {
  sendText(
    response,
    503,
    `The ${part} is not built yet. Run "npm run build" in the folder of the relay, then reload.`,
  );
}

/** The demo shop stands on the other loopback name of this relay, whatever its port is today. */
export function hostsOf(site: SiteRow, origin: string): readonly string[] {
  return site.demo ? [...site.hosts, otherLoopback(origin)] : site.hosts;
}

const SETTINGS = /(["'`])__FULLNAME_SETTINGS__\1/;

/** The embed with a site's settings inlined, so that a host page makes one request. */
function embeds(folder: Folder): (site: SiteRow, origin: string) => Promise<BuiltFile | null> {
  const made = makings<BuiltFile>();
  return async (site, origin) => {
    const source = await folder.read('embed.js');
    if (!source) return null;
    const settings = JSON.stringify(embedSettings(settingsOf(site), { site: site.key, origin }));
    return made(source.etag + settings, () => {
      const text = source.body.toString('utf8');
      if (!SETTINGS.test(text))
        throw new Error('widget/dist/embed.js has no place for its settings: build it again');
      return makeFile(Buffer.from(text.replace(SETTINGS, () => settings)), source.type);
    });
  };
}

type Document = ReturnType<typeof inlinedIn> & { readonly file: BuiltFile };
type Documents = (site: Pick<SiteRow, 'settings'>) => Promise<Document | null>;

/** The chat's document for a site. */
export function frames(folder: Folder): Documents {
  return documents(folder, 'frame.html', (said) => ({ css: frameCss(said), data: frameSettings(said) }));
}

/** The page behind a mail's link. */
export function linkPages(folder: Folder): Documents {
  return documents(folder, 'continue.html', (said) => ({ css: '', data: linkSettings(said) }));
}

/** The page on which a device is told of answers. */
export function devicePagesOf(folder: Folder): Documents {
  return documents(folder, 'device.html', (said) => ({ css: '', data: deviceSettings(said) }));
}

/** A built document with what a site's owner has set, and the hashes of what is inlined. As it was built where nothing is set. */
function documents(
  folder: Folder,
  name: string,
  ownOf: (said: SiteSettings) => { readonly css: string; readonly data: object | null },
): Documents {
  const made = makings<Document>();
  return async (site) => {
    const source = await folder.read(name);
    if (!source) return null;
    const { css, data } = ownOf(settingsOf(site));
    const own = data ? inert(data) : '';
    return made(source.etag + css + own, async () => {
      const built = source.body.toString('utf8');
      const text = built
        .replace('</head>', () => `${css && `<style>${css}</style>`}</head>`)
        .replace('<body>', () => `<body>${own}`);
      const file = text === built ? source : await makeFile(Buffer.from(text), source.type);
      return { file, ...inlinedIn(text) };
    });
  };
}

/** Data that no browser runs and no policy has to name. It can end neither its own tag nor begin another. */
function inert(value: object): string {
  const text = JSON.stringify(value).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="settings">${text}</script>`;
}

const MADE_MAX = 500;

/** Makes what a key stands for once; whatever failed is made again. */
function makings<Made>(): (key: string, make: () => Promise<Made>) => Promise<Made> {
  const made = new Map<string, Promise<Made>>();
  return (key, make) => {
    const known = made.get(key);
    if (known) return known;
    const making = make();
    if (made.size >= MADE_MAX) made.clear();
    made.set(key, making);
    making.catch(() => made.delete(key));
    return making;
  };
}
