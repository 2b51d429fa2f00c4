/** Runs once a file: what its tests have made in PostgreSQL goes with it. */
import { afterAll } from 'vitest';
import { clearDatabases } from './databases.ts';

afterAll(clearDatabases);
