/**
 * The usual socket chunk and Preact, without what never runs here. What is left is the libraries' own code: facts about us are
 * written into it, the minifier takes away what then cannot happen, and methods that nobody names go. Every fact has to be found,
 * so that a new release of a library which says it otherwise stops the build. The chunk behind `socket-polling.ts` keeps its own
 * whole copy, told apart by a query that its imports inherit.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { minifySync, type Plugin, parseSync, Visitor } from 'vite';

type Fact = readonly [found: string | RegExp, said: string];

export function leanLibraries(): Plugin {
  const WHOLE = '?whole';
  const own = (path: string): string => fileURLToPath(new URL(`src/lean/${path}`, import.meta.url));
  const stands: Record<string, string> = {
    'socket.io-parser': own('socket-parser.ts'),
    'engine.io-parser': own('engine-parser.ts'),
    '@socket.io/component-emitter': own('emitter.ts'),
  };
  return {
    name: 'fullname:lean-libraries',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!importer) return null;
      const whole = importer.endsWith('socket-polling.ts') || importer.endsWith(WHOLE);
      if (!whole) return stands[source] ?? null;
      const found = await this.resolve(source, importer.replace(WHOLE, ''), { skipSelf: true });
      return found ? { ...found, id: found.id + WHOLE } : null;
    },
    async load(id) {
      if (id.endsWith(WHOLE)) return readFile(id.replace(WHOLE, ''), 'utf8');
      const file = (path: string): boolean => id.endsWith(`/node_modules/${path}`);
      const whole = Object.keys(FILES).find(file);
      if (whole) return FILES[whole];
      const facts = Object.keys(FACTS).find(file);
      return facts ? withFacts(await readFile(id, 'utf8'), FACTS[facts] ?? [], facts) : null;
    },
    transform(code, id) {
      const missed = /widget\/src\/ui\/.*\.tsx$/.test(id) && NOT_DRAWN.exec(code)?.[0];
      if (missed)
        throw new Error(`${id}: the lean Preact of lean.ts knows no ${missed}; take its fact out of FACTS.`);
    },
    async renderChunk(code, chunk) {
      if (!chunk.facadeModuleId?.endsWith('/socket.ts')) return null;
      return withoutUnused(code, await readFile(own('../connection.ts'), 'utf8'));
    },
  };
}

function withFacts(text: string, facts: readonly Fact[], file: string): string {
  return facts.reduce((code, [found, said]) => {
    const after = code.replaceAll(typeof found === 'string' ? found : new RegExp(found, 'g'), said);
    if (after === code) throw new Error(`${file} no longer says ${found}.`);
    return after;
  }, text);
}

/** Takes the methods away that nobody names: neither its `user`, nor the code outside of methods, nor a method that is named. */
function withoutUnused(code: string, user: string): string {
  const compressed = minifySync('socket.js', code, { module: true, mangle: false }).code;
  type Method = { name: string; names: Set<string>; start: number; end: number };
  const methods: Method[] = [];
  const named = new Set(user.match(/(?<=\.)\w+/g));
  let inside: Method | undefined;
  new Visitor({
    MethodDefinition: ({ key, kind, start, end }) => {
      if (key.type !== 'Identifier' || kind === 'constructor') return;
      inside = { name: key.name, names: new Set(), start, end };
      methods.push(inside);
    },
    'MethodDefinition:exit': () => {
      inside = undefined;
    },
    MemberExpression: ({ property }) => {
      if (property.type === 'Identifier') (inside?.names ?? named).add(property.name);
    },
  }).visit(parseSync('socket.js', compressed).program);
  // Grows while it is gone through.
  for (const name of named) {
    for (const method of methods) if (method.name === name) for (const one of method.names) named.add(one);
  }
  return methods
    .filter(({ name }) => !named.has(name))
    .reduceRight((text, { start, end }) => text.slice(0, start) + text.slice(end), compressed);
}

/** Files that are said in fewer words. */
const FILES: Readonly<Record<string, string>> = {
  'engine.io-client/build/esm/contrib/parseuri.js': `export function parse(text) {
    const { hostname, protocol, port } = new URL(text);
    return { host: hostname, protocol: protocol.slice(0, -1), port };
  }`,
  'engine.io-client/build/esm/contrib/parseqs.js':
    'export const encode = (query) => String(new URLSearchParams(query)); export function decode() {}',
  'engine.io-client/build/esm/globals.js': `export const nextTick = (run) => Promise.resolve().then(run);
    export const globalThisShim = self;
    export const defaultBinaryType = 'arraybuffer';
    export function createCookieJar() {}`,
  'engine.io-client/build/esm/transports/index.js':
    'import { WS } from "./websocket.js"; export const transports = { websocket: WS };',
  'engine.io-client/build/esm/index.js':
    'export { Socket } from "./socket.js"; export { installTimerFunctions } from "./util.js"; export { nextTick } from "./globals.js";',
  'socket.io-client/build/esm/contrib/backo2.js': 'export function Backoff() {}',
  'socket.io-client/build/esm/index.js': 'export { Manager } from "./manager.js";',
};

const OPTIONS_NOT_GIVEN =
  /\bthis\.opts\.(autoUnref|upgrade|tryAllTransports|rememberUpgrade|closeOnBeforeunload|withCredentials|extraHeaders|timestampRequests|protocols)\b/;

/** What `FACTS` take out of Preact: a part of ours that used it would be drawn wrongly, without a word. */
const NOT_DRAWN =
  /\b(getDerivedState\w+|componentDidCatch|componentWill(Mount|Update|ReceiveProps)|shouldComponentUpdate|getChildContext|contextType|createContext|forceUpdate|createPortal|hydrate|dangerouslySetInnerHTML|default(Value|Checked)|on\w+Capture|preact\/\w+)\b|setState\((\(|\w+ =>)|<(template|math)\b|\s(style|width|height|list|form|download|rowSpan|colSpan|popover)=/;

const FACTS: Readonly<Record<string, readonly Fact[]>> = {
  // Minified as it is published: a letter is a variable of its own function.
  'preact/dist/preact.mjs': [
    // Nobody listens in: no hooks, no tools of developers.
    ['return!o&&n.vnode&&n.vnode(e),e', 'return e'],
    ['n.vnode&&n.vnode(r),', ''],
    ['&&i==n.debounceRendering||((i=n.debounceRendering)||queueMicrotask)(H)', '||queueMicrotask(H)'],
    ['(i||queueMicrotask)(H)', 'queueMicrotask(H)'],
    ['n.__m&&n.__m(r,o),', ''],
    ['n.__c&&n.__c(r,t),', ''],
    ['n.unmount&&n.unmount(t),', ''],
    ['return(s=n.diffed)&&s(r),l', 'return l'],
    ['H=n.__r,', ''],
    ['H&&H(r),', ''],
    ['n.event?n.event(r):r', 'r'],
    ['n.__&&n.__(t,r),', ''],
    // Nothing is drawn on a server, nothing waits for data.
    [/128&u\.__u&&[\s\S]*?\(s=n\.__b\)&&s\(r\);/, ''],
    [/,c\|\|o\)if\(t&&t\.then\)[\s\S]*?(?=else r\.__e=u\.__e)/, ',false);'],
    ['t&&t.then||D(r)', 'D(r)'],
    ['p&&p.some(g),', ''],
    [/!u&&\(i=t\.__c\)&&\(i=i\.__z\)[\s\S]*?g\(i\)\),/, ''],
    ['8==e.nodeType', 'false'],
    ['t=o;(t=t&&t.nextSibling)&&8==t.nodeType&&!t.data.startsWith("$s");', 't=o&&o.nextSibling;false;'],
    ['for(t&&!t.parentNode&&', 't&&!t.parentNode&&'],
    [',o=n.__e,e=t;e&&false;)e=e.nextSibling;for(o!=e', ';o=n.__e;for(o!=t'],
    // Components draw, change their state, and tidy up.
    [/\b\w\.(getDerivedStateFromProps|componentWillReceiveProps|shouldComponentUpdate)\b/, 'false'],
    [/\b\w\.(componentWillUpdate|componentWillMount|getChildContext)\b/, 'false'],
    // New state is given as an object.
    ['"function"==typeof n&&(n=n(_({},r),this.props)),', ''],
    [/x\.prototype\.forceUpdate=function[\s\S]*?,(?=x\.prototype\.render)/, ''],
    ['j=(s=V.contextType)&&i[s.__c],L=s?j?j.props.value:s.__:i,', 'L=i,'],
    ['j&&j.sub(d),', ''],
    [/for\(var i,o,e;t=t\.__;\)[\s\S]*?throw f=0,n/, 'throw f=0,n'],
    [/\b\w\.props\.__P/, 'false'],
    ['M.__P', 'false'],
    // HTML and SVG, without styles: our policy allows none.
    ['"math"==C?f="http://www.w3.org/1998/Math/MathML":', ''],
    [/\("foreignObject"==C[\s\S]*?xhtml"\),/, ''],
    [/"dangerouslySetInnerHTML"==s\?\w=k:/, ''],
    [/h\?\(l\|\|y[\s\S]*?r\.__k=\[\]\):\(y&&\(t\.textContent=""\),/, '('],
    ['||"value"==s&&"defaultValue"in x||"checked"==s&&"defaultChecked"in x', ''],
    ['"textarea"==C&&null!=x.defaultValue?null:', ''],
    ['"template"==C&&t.content||t', 't'],
    ['x.is?x:a', 'a'],
    [/if\("style"==t\)[\s\S]*?else if(?=\("o"==t\[0\])/, 'if'],
    [/t=t\.replace\(\/xlink[\s\S]*?;(?=else)/, ';'],
    ['f=t!=(t=t.replace(l,"$1")),', ''],
    ['EventListener(t,o,f)', 'EventListener(t,o)'],
    [/"(width|height|list|form|download|rowSpan|colSpan)"!=t&&/, ''],
    ['&&"popover"!=t', ''],
    ['"popover"==t&&1==r?"":r', 'r'],
    // A handler is a function or nothing, and a ref that is a function tidies nothing up itself.
    ['"function"!=typeof r&&(r=null),"function"!=typeof u&&(u=null),', ''],
    [/r\?r\.__x=t\(r\)\|\|1:i&&[\s\S]*?t\(null\)\)(?=:t\.current=r)/, 't(r)'],
    ['d.context=L,', ''],
    [',d.state=d.__s,d.context)', ',d.state=d.__s)'],
    // Nothing of ours stands in the document before it is drawn: what does, stays.
    ['32&u.__u?[i]:null', 'null'],
    ['32&u.__u,o)', 'false,o)'],
    ['(u=t&&32&t.__u)?null:r.__k', 'r.__k'],
    ['i?null:r.firstChild?d.call(r.childNodes):null', 'null'],
    ['r.firstChild,u,o)', 'r.firstChild,false,o)'],
    [/,o\)for\(s=0;s<o\.length[\s\S]*?break\}/, ');'],
    [',l&&(l=!1),o=null', ''],
    [/if\(a=t,o=o&&d\.call\(a\.childNodes\),!l&&o\)for\(\$=\{\}[\s\S]*?k\.value;/, 'a=t;'],
    ['l&&"function"!=typeof k||', ''],
    ['o?o[0]:u.__k', 'u.__k'],
    [',o&&o.some(g)),l&&"textarea"!=C||(', '),('],
    ['l&&t.data==x||', ''],
  ],
  'preact/jsx-runtime/dist/jsxRuntime.mjs': [
    ['return(a||i)&&(s.__source=a,s.__self=i),r.vnode&&r.vnode(s),s', 'return s'],
  ],
  'engine.io-client/build/esm/util.js': [
    ['opts.useNativeTimers', 'false'],
    [/const NATIVE_\w+ = .*;/, ''],
  ],
  'engine.io-client/build/esm/transport.js': [
    // An address in brackets is one already.
    ['hostname.indexOf(":") === -1', 'true'],
    ['this.supportsBinary = !opts.forceBase64;', ''],
    ['new TransportError(reason, description, context)', 'new Error(reason)'],
    [/encodedQuery\.length \? "\?" \+ encodedQuery : ""/, '"?" + encodedQuery'],
  ],
  'engine.io-client/build/esm/transports/websocket.js': [
    [/typeof navigator !== "undefined" &&\s+typeof navigator.product[^;]*/, 'false'],
    [/pick\(this\.opts,[^)]*\)/, '{}'],
    [OPTIONS_NOT_GIVEN, 'false'],
    [' || globalThis.MozWebSocket', ''],
    ['!this.supportsBinary', 'false'],
    [/protocols\s+\? new WebSocketCtor\(uri, protocols\)\s+:/, ''],
    ['typeof this.ws !== "undefined"', 'this.ws'],
    ['this.query || {}', 'this.query'],
  ],
  'engine.io-client/build/esm/socket.js': [
    [OPTIONS_NOT_GIVEN, 'false'],
    ['uri && "object" === typeof uri', 'false'],
    ['if (uri) {', '{'],
    ['else if (opts.host) {', 'if (false) {'],
    ['if (parsedUri.query)', 'if (false)'],
    [/typeof location !== "undefined"/, 'true'],
    ['opts.transportImplementations && opts.transports', 'false'],
    [/opts\.transportImplementations \|\|\s+[\s\S]*?\) \{/, 'false) {'],
    ['typeof this.opts.query === "string"', 'false'],
    ['this.transports.length === 0', 'false'],
    [/typeof addEventListener === "function" &&\s+typeof removeEventListener === "function"/, 'false'],
    ['Socket.priorWebsocketSuccess = "websocket" === this.transport.name;', ''],
    ['Socket.priorWebsocketSuccess = false;', ''],
    [/this\.upgrading(?! =)/, 'false'],
    ['this._upgrades = this._filterUpgrades(data.upgrades);', ''],
    [/this\._maxPayload &&[^;]*/, 'false'],
    ['Socket.protocol = protocol;', ''],
    [/this\.emitReserved\("(packetCreate|heartbeat|handshake|pong|message|flush)"[^;]*;/, ''],
    ['null != opts.secure', 'true'],
    [/opts\.hostname \|\|\s+\([^)]*\)/, 'opts.hostname'],
    [/opts\.port \|\|\s+\([^)]*\)/, 'opts.port'],
    [/agent: false,[\s\S]*?(?=addTrailingSlash)/, ''],
    [/rejectUnauthorized: true,[\s\S]*?(?=transportOptions)/, ''],
    ['closeOnBeforeunload: false,', ''],
    [/options = options \|\| \{\};\s+options\.compress = [^;]*;/, ''],
    [/"function" === typeof (data|options)/, 'false'],
    ['if (fn)', 'if (false)'],
    [/this\._(upgrades|maxPayload) = [^;]*;/, ''],
    ['this._getWritablePackets()', 'this.writeBuffer'],
  ],
  'socket.io-client/build/esm/manager.js': [
    // Brings its own default.
    ['import * as parser from', 'import parser from'],
    ['uri && "object" === typeof uri', 'false'],
    [/this\.reconnection\(opts[\s\S]*?(?=this\.timeout\()/, ''],
    [/this\._reconnection(?!\w| =)/, 'false'],
    ['this.backoff.reset();', ''],
    ['this._autoConnect = opts.autoConnect !== false;', ''],
    ['this._autoConnect', 'false'],
    [/opts = opts \|\| \{\};\s+opts\.path = [^;]*;/, ''],
    ['null == opts.timeout ? 20000 : opts.timeout', 'opts.timeout'],
    ['!arguments.length', 'false'],
    ['this.maybeReconnectOnOpen();', ''],
    [/this\.(skipReconnect|_reconnecting) = \w+;/, ''],
    ['opts.parser || parser', 'parser'],
    ['false !== this._timeout', 'true'],
    ['this.opts.autoUnref', 'false'],
    ['fn && fn();', ''],
    ['if (fn) {', 'if (false) {'],
  ],
  'socket.io-client/build/esm/socket.js': [
    ['this._opts.retries', 'false'],
    ['this._drainQueue(true);', ''],
    [/const RESERVED_EVENTS = [^;]*;/, ''],
    ['RESERVED_EVENTS.hasOwnProperty(ev)', 'false'],
    ['this._anyListeners && this._anyListeners.length', 'false'],
    ['this.notifyOutgoingListeners(packet);', ''],
    [/packet\.options(\.compress)? = [^;]*;/, ''],
    [/this\._queue(Seq)? = [^;]*;/, ''],
    ['this._opts.ackTimeout', 'undefined'],
    // The relay asks for no acknowledgement.
    ['null != packet.id', 'false'],
    ['this.recovered = pid && this._pid === pid;', ''],
    ['this.recovered = false;', ''],
    ['this._pid = pid;', ''],
    ['this.io._autoConnect', 'false'],
    ['this.io["_reconnecting"]', 'false'],
    ['this.io["_destroy"]', 'this.io._destroy'],
    // Connection-state recovery is off: see docs/decisions/003-delivery.md.
    ['this._pid', 'false'],
    [/"It seems you are trying[^"]*"/, '""'],
    [/case PacketType\.BINARY_\w+:/, ''],
    ['typeof this.auth == "function"', 'true'],
  ],
};
