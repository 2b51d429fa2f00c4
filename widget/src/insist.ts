const RETRY_MS = 3_000;

/**
 * A chunk, asked for until it comes: never rejects. Twice not there: the relay has forgotten it, or the browser remembers that it
 * was missing; then `reload`.
 */
export async function insist<Chunk>(
  load: () => Promise<Chunk>,
  reload: () => unknown,
  attempt = 0,
): Promise<Chunk> {
  try {
    return await load();
  } catch {
    if (attempt) reload();
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    return insist(load, reload, attempt + 1);
  }
}
