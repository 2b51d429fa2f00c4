import type pg from 'pg';
import { explain } from '../store/database.ts';

/** Throws `StartError` with the remedy where the server cannot be reached. */
export async function connectTo(client: pg.Client, connection: pg.ClientConfig): Promise<void> {
  await client.connect().catch((error: unknown) => {
    throw explain(error, connection);
  });
}

/** A session in which values read and write the same whatever the server is set to, and nothing ends for having taken long. */
export async function plainSession(client: pg.Client): Promise<void> {
  await client.query(`
    set datestyle = 'ISO, MDY'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set bytea_output = 'hex';
    set extra_float_digits = 1; set client_encoding = 'UTF8';
    set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0`);
}
