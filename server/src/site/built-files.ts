/**
 * A page asks for the chunks of its own release. While relays are being replaced, and in a container that was built
 * without yesterday's files, it may ask a relay of another release: so each leaves its own in the store that all share.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../log.ts';
import { markBuiltFiles, readBuiltFile, writeBuiltFile } from '../store/built-files.ts';
import type { Db } from '../store/db.ts';

/** Folders by what stands before their files' names in an address: `w`, `console/assets`. */
export type BuiltFolders = Readonly<Record<string, string>>;

export type BuiltFiles = {
  /** A file of any release that runs or ran lately; null where there is none. */
  read(name: string): Promise<Buffer | null>;
  /** Leaves this relay's own files, and says every so often that they are still in use. */
  start(): Promise<void>;
  stop(): void;
};

const AGAIN_EVERY_MS = 12 * 60 * 60 * 1000;
/** A name that holds a hash: what it stands for never changes. The widget's have six letters, the console's eight. */
const HASHED = /^[\w-]+-[\w-]{6,8}\.(js|css|svg|png)$/;

export function openBuiltFiles(db: Db, folders: BuiltFolders, log: Logger): BuiltFiles {
  let timer: NodeJS.Timeout | undefined;

  async function leave(): Promise<void> {
    const paths = await listHashed(folders);
    for (const name of await markBuiltFiles(db, [...paths.keys()])) {
      await writeBuiltFile(db, name, await readFile(paths.get(name) ?? ''));
    }
  }

  // The relay can do its work all the same, and tries again.
  const leaveOrSay = () =>
    leave().catch((error: unknown) =>
      log.warn({ err: error }, 'the files of this release could not be left for others'),
    );

  return {
    read: (name) =>
      HASHED.test(name.slice(name.lastIndexOf('/') + 1)) ? readBuiltFile(db, name) : Promise.resolve(null),
    async start() {
      await leaveOrSay();
      timer = setInterval(() => void leaveOrSay(), AGAIN_EVERY_MS).unref();
    },
    stop: () => clearInterval(timer),
  };
}

async function listHashed(folders: BuiltFolders): Promise<ReadonlyMap<string, string>> {
  const paths = new Map<string, string>();
  for (const [place, folder] of Object.entries(folders)) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) if (HASHED.test(name)) paths.set(`${place}/${name}`, join(folder, name));
  }
  return paths;
}
