/** Pages of a site's owner, on another origin than the relay's: whatever a test wants around the tag. */
import { createServer, type RequestListener } from 'node:http';
import { openRelay, type Relay } from './relay.ts';

export type HostPages = { readonly port: number; close(): void };

export async function openHostPages(answer: RequestListener): Promise<HostPages> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close: () => void server.close(),
  };
}

export type Shop = { readonly url: string; readonly relay: Relay; close(): Promise<void> };

/** A shop of one page with the tag, and its relay. */
export async function openShop(): Promise<Shop> {
  const pages = await openHostPages((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><html lang="en"><title>A shop</title><main><h1>Flowers</h1></main><script async src="${relay.origin}/w/${relay.site.key}.js"></script>`,
    );
  });
  const url = `http://localhost:${pages.port}`;
  const relay = await openRelay({ hosts: [url] });
  return {
    url,
    relay,
    async close() {
      pages.close();
      await relay.close();
    },
  };
}
