/** Work that takes seconds of the processor, in a thread of its own: no message waits for it. */
import { Worker } from 'node:worker_threads';

/** A thread needs a file that Node can run: from the sources, the one that was built of them. */
const built = new URL(import.meta.url.endsWith('.ts') ? '../dist/' : './', import.meta.url);

/**
 * What the thread posts first. `file`: the worker's, below the relay's folder, as `value/fit-worker.js`. Rejects, naming `what` it was,
 * when the thread fails, ends without a word, or is not done in `withinMs` milliseconds: it is stuck then.
 */
export function inThread<Result>(
  file: string,
  { data, what, withinMs }: { readonly data: unknown; readonly what: string; readonly withinMs: number },
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(file, built), { workerData: data });
    const late = setTimeout(() => end(() => reject(new Error(`${what} took too long`))), withinMs);
    const end = (settle: () => void) => {
      clearTimeout(late);
      settle();
      void thread.terminate();
    };
    thread.once('message', (result: Result) => end(() => resolve(result)));
    thread.once('error', (error) => end(() => reject(error)));
    thread.once('exit', (code) => end(() => reject(new Error(`${what} ended with code ${code}`))));
  });
}
