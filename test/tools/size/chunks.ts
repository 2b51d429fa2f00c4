/** The chunks of the widget's last build: those that its tag and its document lead to, since pages of earlier builds still ask for theirs. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../support/root.ts';

export type Chunk = {
  /** Without the hash. */
  readonly name: string;
  /** In Brotli 11. */
  readonly bytes: number;
  readonly budget: number;
};

const dist = join(root, 'widget/dist');

/** Every chunk, the largest first. */
export async function weighChunks(): Promise<readonly Chunk[]> {
  const { chunkBudget }: { chunkBudget(name: string): number } = await import(
    /* @vite-ignore */ pathToFileURL(join(root, 'widget/budget.mjs')).href
  );
  const files = new Set<string>();
  const look = async (file: string): Promise<void> => {
    const text = await readFile(join(dist, file), 'utf8');
    for (const [, found = ''] of text.matchAll(/["'`/]([\w-]+-[\w-]{6}\.js)\b/g)) {
      if (files.has(found)) continue;
      files.add(found);
      await look(found);
    }
  };
  await look('embed.js');
  await look('frame.html');
  const weighed = await Promise.all(
    [...files].map(async (file) => {
      const name = file.slice(0, -'-123456.js'.length);
      return { name, bytes: (await stat(join(dist, `${file}.br`))).size, budget: chunkBudget(name) };
    }),
  );
  return weighed.sort((one, other) => other.bytes - one.bytes);
}
