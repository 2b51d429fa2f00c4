/**
 * How long the HTTP server bears with a connection that does not get on. Node's own times are for anybody's server; here
 * everything that is asked is short, and a connection that is held open by somebody who sends a byte now and then costs a file.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';

/** Headers whole within 10 s of the first moment, also where nothing is sent at all. Looked at every 5 s: 15 s at most. */
const HEADERS_MS = 10_000;
const LOOK_EVERY_MS = 5_000;
/**
 * A whole request with its body, at most 5 s more: 64 KB, the most that a visitor or an agent can post but for files, come through
 * a phone's worst line (9 kbit/s, less than GPRS) by then, and an import's 4 MB through a desk's (560 kbit/s). Who sends a byte now
 * and then costs a file and a few kilobytes until then, and nobody's time.
 */
const REQUEST_MS = 60_000;
/** A file of 10 MB through a poor line of 3G (280 kbit/s); who announces more than comes is known by token or by session. */
const UPLOAD_MS = 300_000;
const UPLOAD = /^\/(w\/files|api\/conversations\/[^/?]{1,40}\/files)\?/;
/** Neither side has sent anything: somebody asked for a page and does not read it. Longer than a long-polling request is held. */
const SILENCE_MS = 60_000;
/** A browser sends about twenty. */
const HEADERS_MAX = 100;

/** WebSockets leave these times behind; theirs are `pingInterval` and `connectTimeout`. */
export function createHttpServer(): Server {
  const http = createServer({
    headersTimeout: HEADERS_MS,
    requestTimeout: UPLOAD_MS,
    connectionsCheckingInterval: LOOK_EVERY_MS,
  });
  http.timeout = SILENCE_MS;
  http.maxHeadersCount = HEADERS_MAX;
  http.on('request', (request) => {
    if (!UPLOAD.test(request.url ?? '')) endLate(request);
  });
  return http;
}

/** Node has one time for the bodies of all requests, the longest of them. */
function endLate(request: IncomingMessage): void {
  const { 'content-length': length, 'transfer-encoding': chunked } = request.headers;
  if (chunked === undefined && (length === undefined || length === '0')) return;
  const late = setTimeout(() => {
    if (!request.complete) request.socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
  }, REQUEST_MS);
  request.once('close', () => clearTimeout(late));
}
