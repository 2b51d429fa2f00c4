/** The host pages: empty, with the floor's script, with the widget's tag. Everything as Brotli 11, as the relay serves it. */
import { createServer, type ServerResponse } from 'node:http';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Stage } from '../../support/figures.ts';

export type Pages = {
  /** http://localhost:PORT: one site with the relay, so that all of it shares one thread, as on a phone. */
  readonly origin: string;
  readonly relay: string;
  /** From now on `/widget` has the tag of this site. */
  tag(key: string): void;
  /** What the floor's script weighs. */
  readonly floorBytes: number;
};

export async function servePages(
  stage: Stage,
  { relay, socket, script }: { relay: string; socket: string; script: string },
): Promise<Pages> {
  let key = '';
  const packed = brotli(script);
  const floor = `<div id="chat"></div><script>window.floorSocket = ${JSON.stringify(`${socket}/visitor`)}</script><script type="module" src="/floor.js"></script>`;
  const server = createServer((request, response) => {
    if (request.url === '/floor.js') give(response, 'text/javascript', packed);
    else if (request.url === '/floor') give(response, 'text/html', page(floor));
    else if (request.url === '/widget')
      give(response, 'text/html', page(`<script async src="${relay}/w/${key}.js"></script>`));
    else if (request.url === '/empty') give(response, 'text/html', page(''));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stage.atEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    origin: `http://localhost:${port}`,
    relay,
    tag: (next) => {
      key = next;
    },
    floorBytes: packed.length,
  };
}

function page(more: string): Buffer {
  return brotli(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>A shop</title><h1>Flowers</h1>${more}`,
  );
}

function give(response: ServerResponse, type: string, body: Buffer): void {
  response.writeHead(200, {
    'content-type': `${type}; charset=utf-8`,
    'content-encoding': 'br',
    'content-length': body.length,
    'cache-control': 'no-store',
  });
  response.end(body);
}

function brotli(text: string): Buffer {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
}
