/** `GET /metrics` on a port of its own: whoever reaches it may read it, so it belongs on loopback or a private network. */
import { createServer } from 'node:http';
import { StartError } from '../start-error.ts';
import type { Metrics } from './metrics.ts';

export type MetricsPort = { readonly port: number; close(): Promise<void> };

/** Listens. Throws `StartError` where it cannot. */
export async function serveMetrics(
  metrics: Pick<Metrics, 'text' | 'contentType'>,
  at: { readonly port: number; readonly host: string },
): Promise<MetricsPort> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.headersTimeout = 5_000;
  server.maxConnections = 20;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, at)));
    server.listen(at.port, at.host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : at.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function explain({ code }: NodeJS.ErrnoException, at: { port: number; host: string }): StartError {
  return new StartError(
    `The metrics cannot be served on port ${at.port} of ${at.host} (${code}): set METRICS_PORT and METRICS_HOST to what is free on this machine.`,
  );
}
