/** Which tables a backup holds, in an order in which they can be filled again. */
import type pg from 'pg';
import type { TableHead } from './format.ts';

/**
 * What is left out. A session or a one-time link that ended after the backup would live again, so people sign in anew and are
 * invited anew; so would a device whose visitor has left it, and visitors allow theirs anew. The probe's row means nothing. Of the queue only its jobs: the rest each release makes by itself.
 */
const PROBE = 'public.relay_probe';
const LEFT_OUT: ReadonlySet<string> = new Set([
  ...['public.sessions', 'public.links', PROBE],
  ...['public.push_devices', 'public.push_grants'],
]);
const OF_THE_QUEUE: ReadonlySet<string> = new Set(['jobs.job']);

/** Ordinary tables and heads of partitions; unlogged ones are lost with every crash, and so may be here. */
const FIND = `
  select n.nspname || '.' || c.relname as name, c.oid::int as oid,
    (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
    array(select f.confrelid::int from pg_constraint f
      where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', 'jobs') and c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p'
  order by 1`;

type Found = TableHead & { readonly oid: number; readonly needs: readonly number[] };

export async function findTables(client: pg.Client): Promise<TableHead[]> {
  return (await allTables(client))
    .filter(({ name }) => !LEFT_OUT.has(name))
    .map(({ name, columns }) => ({ name, columns }));
}

/** Whether anybody has used this store, or something else that is not ours to fill up. */
export async function isEmpty(client: pg.Client): Promise<boolean> {
  for (const { name } of await allTables(client)) {
    if (name === PROBE) continue;
    const { rows } = await client.query<{ full: boolean }>(
      `select exists (select from ${quoted(name)}) as full`,
    );
    if (rows[0]?.full === true) return false;
  }
  return true;
}

async function allTables(client: pg.Client): Promise<Found[]> {
  const { rows } = await client.query<Found>(FIND);
  return inOrder(rows).filter(({ name }) => !name.startsWith('jobs.') || OF_THE_QUEUE.has(name));
}

/** Whoever is referred to comes first. */
function inOrder(tables: readonly Found[]): Found[] {
  const placed = new Map<number, Found>();
  const place = (table: Found, above: readonly number[]): void => {
    if (placed.has(table.oid)) return;
    if (above.includes(table.oid)) throw new Error(`tables refer to each other in a circle: ${table.name}`);
    for (const need of table.needs) {
      const needed = tables.find(({ oid }) => oid === need);
      if (needed) place(needed, [...above, table.oid]);
    }
    placed.set(table.oid, table);
  };
  for (const table of tables) place(table, []);
  return [...placed.values()];
}

/** Names come from the catalogue or, in a restore, are among those that do: see `restore.ts`. */
export function quoted(name: string): string {
  return name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');
}
