/** Where the tests' temporary folders are: in memory where there is room for them, else wherever the machine has them. */
import { accessSync, constants, statfsSync } from 'node:fs';
import { freemem } from 'node:os';

/** Linux has it everywhere; containers often with 64 MB, which one PostgreSQL fills. */
const FOLDER = '/dev/shm';
/** The stores, logs and profiles of two workers need about 2 GB at their highest. */
const ROOM_BYTES = 6 * 1024 ** 3;

/**
 * The folder in memory, or undefined. Every test makes a database of a thousand small files and drops it again: ext4 passes over
 * inodes that were given free within the last minutes, one by one, and PostgreSQL spent more time in there than in all queries.
 */
export function memoryFolder(folder = FOLDER): string | undefined {
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return Math.min(bavail * bsize, freemem()) >= ROOM_BYTES ? folder : undefined;
  } catch {
    return undefined;
  }
}
