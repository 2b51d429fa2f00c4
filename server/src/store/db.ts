import type { SQL } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { PgDialect } from 'drizzle-orm/pg-core';
import type * as schema from './schema.ts';

/** The database, or a transaction of it: what every query takes. */
export type Db = Pick<
  NodePgDatabase<typeof schema>,
  'select' | 'insert' | 'update' | 'delete' | 'execute' | 'transaction' | '_'
>;

const dialect = new PgDialect();

/**
 * Parsed and planned once a connection and then called by its name: for statements whose planning takes longer than their
 * work. One name is one text: a statement with parts that come and go needs a name for each of its forms.
 */
export async function executeNamed<Row extends Record<string, unknown>>(
  db: Db,
  name: string,
  query: SQL,
): Promise<{ readonly rows: Row[] }> {
  const prepared = db._.session.prepareQuery<{ execute: { rows: Row[] }; all: unknown; values: unknown }>(
    dialect.sqlToQuery(query),
    undefined,
    name,
    false,
  );
  return prepared.execute();
}
