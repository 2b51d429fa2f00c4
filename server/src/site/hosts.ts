/** Which pages may embed a chat: origins as they stand in `frame-ancestors`, and which of them a page is one of. */

/**
 * The origin of a host page, or `https://*.example.com` for every name below example.com, or null. Pasting a page's whole address is
 * fine. The URL parser lets through `*`, `;` and `,`, which would be a wildcard or a directive of its own there: names are checked again.
 */
export function readHost(text: string): string | null {
  const address = text.trim();
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return null;
  if (url.username || url.password) return null;
  if (url.hostname.includes('*')) return isWildcard(address, url) ? url.origin : null;
  return NAME.test(url.hostname) || /^\[[0-9a-f:]+\]$/.test(url.hostname) ? url.origin : null;
}

/**
 * Whether a page of this origin is among the hosts, as browsers read `frame-ancestors`: a wildcard stands for one name or more, never for none,
 * and a port is exact. What is no origin as browsers write them is nowhere.
 */
export function allowsOrigin(hosts: readonly string[], origin: string): boolean {
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) return false;
  return hosts.some((host) => {
    const [scheme, below] = host.split('*');
    if (scheme === undefined || below === undefined) return host === origin;
    const names = origin.slice(scheme.length, -below.length);
    return origin.startsWith(scheme) && origin.endsWith(below) && NAME.test(names);
  });
}

const NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/**
 * The star must be written as one: `%2a` and a full-width star become it in a URL. Only over https, where no one on the way can make up a
 * name; and only below a name that one company has.
 */
function isWildcard(address: string, url: URL): boolean {
  const parent = url.hostname.slice('*.'.length);
  return /^https:\/\/\*\./i.test(address) && NAME.test(parent) && parent.includes('.') && !isShared(parent);
}

/** Names below which anybody may have a page of their own. Not all there are: the usual ones, so that a slip is no open door. */
function isShared(name: string): boolean {
  const [second = '', top = '', more] = name.split('.');
  const isRegistry = more === undefined && top.length === 2 && REGISTRIES.has(second);
  return isRegistry || SHARED.has(name);
}

/** `co.uk`, `com.au`, `or.jp`. */
const REGISTRIES: ReadonlySet<string> = new Set(
  'ac co com edu gob gouv gov go govt gv mil ne net nom or org sch ltd plc nhs'.split(' '),
);
const SHARED: ReadonlySet<string> = new Set(
  `amazonaws.com s3.amazonaws.com appspot.com azureedge.net azurewebsites.net azurestaticapps.net blogspot.com cloudapp.net
  cloudflare.net cloudfront.net codesandbox.io eu.org firebaseapp.com fly.dev framer.app framer.website gb.net github.dev github.io
  gitlab.io glitch.me herokuapp.com jimdosite.com myshopify.com netlify.app ngrok.app ngrok.io ngrok-free.app ondigitalocean.app
  onrender.com pages.dev railway.app repl.co replit.app replit.dev run.app stackblitz.io surge.sh translate.goog trycloudflare.com
  uk.com up.railway.app us.com vercel.app web.app webflow.io weebly.com wixsite.com wordpress.com workers.dev`.split(
    /\s+/,
  ),
);
