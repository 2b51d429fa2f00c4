/** How long to wait before the next try. */
import { RETRY_MAX_MS, RETRY_MIN_MS } from '@fullname/shared/limits';

/** Milliseconds, with full jitter: a relay that comes back is not met by everybody at once. */
export function backoff(attempt: number): number {
  return (
    RETRY_MIN_MS + Math.random() * (Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** (attempt + 1)) - RETRY_MIN_MS)
  );
}
