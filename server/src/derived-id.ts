import { createHash } from 'node:crypto';

/** One id for one cause, so that the store itself refuses a second time: a UUID (version 8) of these words. */
export function derivedId(...cause: readonly string[]): string {
  const hex = createHash('sha256').update(cause.join('\n')).digest('hex');
  return hex.slice(0, 32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-8$3-8$4-$5');
}
