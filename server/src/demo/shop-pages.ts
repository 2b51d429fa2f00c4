/** The demo shop's two pages. Whatever comes from the store or the address is escaped. */
import { type Product, pages, products, SHOP } from './content/shop.ts';
import type { Persona } from './personas.ts';

export type Shown = {
  /** Where the relay and its console are; where the visitor came to. */
  readonly relay: string;
  readonly console: string;
  readonly personas: readonly Persona[];
  readonly as: Persona | null;
  /** The signed identity of the customer who is played; null for a new visitor. */
  readonly identity: string | null;
};

export type Order = { readonly at: string; readonly what: string; readonly amount: number };

export function homePage(shown: Shown): string {
  return page(shown, {
    title: pages.home.title,
    path: 'home',
    main: `<section class="hero"><div class="wide"><div>
      <h1>Flowers that were in the field this morning</h1>
      <p>Plants, bulbs and good tools from a small shop. Ask us anything: a person answers, by full name.</p>
      <button class="primary ask-us" type="button">Talk to a person</button></div>
      <img src="/shop/hero.svg" alt="" width="640" height="350"></div></section>
      <main class="wide" id="main"><h2 class="section">This week</h2><ul class="products">
      ${products
        .filter((product) => product.shown)
        .map(productItem)
        .join('')}</ul></main>`,
  });
}

export function ordersPage(shown: Shown, orders: readonly Order[]): string {
  const list = shown.as
    ? `<p>The latest first, ${escaped(shown.as.name)}.</p>
      <button class="primary ask-us" type="button">Something was not right</button>
      <ul>${orders.map(orderItem).join('')}</ul>`
    : '<p>You are a new visitor and have no orders yet. Play a customer, above, to see theirs.</p>';
  return page(shown, {
    title: pages.orders.title,
    path: 'orders',
    main: `<main class="wide orders" id="main"><h1 class="section">Your orders</h1>${list}</main>`,
  });
}

type Body = { readonly title: string; readonly path: keyof typeof pages; readonly main: string };

function page(shown: Shown, { title, path, main }: Body): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} (demo)</title>
<link rel="stylesheet" href="/shop/shop.css">
<link rel="icon" href="/shop/tulips.svg" type="image/svg+xml">
<script defer src="/shop/shop.js"></script>
${tag(shown)}
</head>
<body>
<a class="skip" href="#main">To the shop</a>
${picker(shown, path)}
<header><div class="wide masthead">
<a class="brand" href="${address('home', shown.as)}">${escaped(SHOP.name)}</a>
<nav aria-label="Shop"><ul>${link('home', 'Shop', { shown, path })}${link('orders', 'Your orders', { shown, path })}</ul></nav>
</div></header>
${main}
<footer><div class="wide closing"><p>This shop is a demo: nothing here can be bought, and everybody in it is made up.
An owner removes it in the console’s settings; so does <code>npm run demo:remove</code>.</p></div></footer>
</body>
</html>
`;
}

/** The one tag a site owner pastes, with what a site's own server adds for somebody who is signed in. */
function tag({ relay, as, identity }: Shown): string {
  const signedIn =
    as && identity ? ` data-identity="${escaped(identity)}" data-locale="${escaped(as.locale)}"` : '';
  return `<script async src="${escaped(relay)}/w/${SHOP.key}.js" data-open-on=".ask-us"${signedIn}></script>`;
}

function picker(shown: Shown, path: Body['path']): string {
  const everybody = [NOBODY_YET, ...shown.personas];
  return `<section class="demo" aria-label="Demo"><div class="wide players">
<p><b>Demo</b>Choose who you are and talk to the shop.
You can also play the agent: <a href="${escaped(shown.console)}/console/" target="_blank" rel="noopener">open the console</a>
in a second window, with a sign-in link from the terminal.</p>
<form id="who" method="get" action="${pages[path].path}"><h2 class="who">You are:</h2>
${everybody.map((persona) => choice(persona, (shown.as?.key ?? '') === persona.key)).join('\n')}
</form></div></section>`;
}

const NOBODY_YET: Persona = { key: '', name: 'A new visitor', says: '', locale: 'en' };

function choice({ key, name, says, locale }: Persona, isChosen: boolean): string {
  const rest = says === '' ? '' : `, ${escaped(says)}`;
  return `<button name="as" value="${escaped(key)}" aria-pressed="${isChosen}"><span lang="${escaped(locale)}">${escaped(name)}</span>${rest}</button>`;
}

function link(to: Body['path'], words: string, from: { shown: Shown; path: Body['path'] }): string {
  const current = to === from.path ? ' aria-current="page"' : '';
  return `<li><a href="${address(to, from.shown.as)}"${current}>${words}</a></li>`;
}

function address(to: Body['path'], as: Persona | null): string {
  return as ? `${pages[to].path}?as=${encodeURIComponent(as.key)}` : pages[to].path;
}

function productItem({ key, name, price, line, note }: Product): string {
  return `<li><img src="/shop/${key}.svg" alt="" width="240" height="240" loading="lazy">
<span class="price">${money(price)}</span><h3>${escaped(name)}</h3><p>${escaped(line)}</p><p>${escaped(note)}</p>
<button class="ask ask-us" type="button" aria-label="Ask about ${escaped(name)}">Ask about it</button></li>`;
}

function orderItem({ at, what, amount }: Order): string {
  const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' }).format(new Date(at));
  return `<li><time datetime="${escaped(at)}">${day}</time><span>${escaped(what)}</span><data value="${amount}">${money(amount)}</data></li>`;
}

function money(amount: number): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency: SHOP.currency }).format(amount);
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
