/**
 * The tables, a file for each domain. Drizzle gives the row types and the generated migrations (`npm run generate`); the append
 * is SQL by hand in log.ts.
 */
export * from './schema/bible.ts';
export * from './schema/call-backs.ts';
export * from './schema/company.ts';
export * from './schema/desk.ts';
export * from './schema/files.ts';
export * from './schema/letters.ts';
export * from './schema/people.ts';
export * from './schema/recovery.ts';
export * from './schema/relay.ts';
export * from './schema/site.ts';
