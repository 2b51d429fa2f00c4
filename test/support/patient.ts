/** Runs once a file of the unit tests. vitest gives a wait one second, and a setting for it only where it is an `expect.poll`. */
import { vi } from 'vitest';

const WAIT_MS = 30_000;
const MARK = Symbol.for('fullname.patient');
type Marked = typeof vi.waitFor & { [MARK]?: true };

// Files of one worker may share `vi`: it is wrapped once.
if (!(vi.waitFor as Marked)[MARK]) {
  const { waitFor, waitUntil } = vi;
  const patiently: Marked = (act, options = { timeout: WAIT_MS }) => waitFor(act, options);
  patiently[MARK] = true;
  vi.waitFor = patiently;
  vi.waitUntil = (condition, options = { timeout: WAIT_MS }) => waitUntil(condition, options);
}
