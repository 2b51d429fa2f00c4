import { Router } from 'express';
import type { ClusterState } from '../cluster/cluster.ts';

/** What the store says of itself; the database is one. */
type Ready = {
  ready(): Promise<{
    readonly ready: boolean;
    readonly database: 'writable' | 'failing';
    readonly migrations: { readonly applied: number; readonly known: number };
  }>;
};

export type Health = {
  readonly database: Ready;
  readonly isDraining: () => boolean;
  /** Without it a relay goes on, slower across relays: degraded is not dead. */
  readonly redis: () => ClusterState;
};

/** `GET /livez`: the process answers. `GET /readyz`: it may be given work (200), or not or no longer (503). */
export function healthRoutes({ database, isDraining, redis }: Health): Router {
  const routes = Router();
  routes.get('/livez', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'alive' });
  });
  routes.get('/readyz', async (_request, response) => {
    const { ready, database: store, migrations } = await database.ready();
    const status = isDraining() ? 'draining' : ready ? 'ready' : 'not ready';
    response
      .set('Cache-Control', 'no-store')
      .status(status === 'ready' ? 200 : 503)
      .json({ status, database: store, redis: redis(), migrations });
  });
  return routes;
}
