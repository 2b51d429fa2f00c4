import { relative } from 'node:path';
import { TestRunner } from 'vitest';
import { root } from './root.ts';

type Test = Parameters<TestRunner['onBeforeRunTask']>[0];
type Failure = { readonly message: string; readonly cause?: unknown };

/** These end in a history that is judged: a message that is lost may show as a wait, and is never looked away from. */
export const GUARANTEES = /^test[\\/](chaos|checker|crash|ends|simulation|relays[\\/]rolling)\b/;

/** In these words a wait says that it ran out: `eventually`, Playwright, vitest, and an ask over a socket. */
const RAN_OUT =
  /^(Not within \d+ ms: |(Test|Hook) timed out in \d+ms|(TimeoutError: )?[\w.]+: Timeout \d+ms exceeded|operation has timed out$)/;
const POLL_RAN_OUT = 'Matcher did not succeed in time.';

/**
 * On a machine of somebody else's, which may stand still for as long as it likes, a test that failed because its waits ran out,
 * and for no other reason, is tried once more. A claim that fails never is. What passed only so is named at the end of `npm test`.
 */
export default class SecondTry extends TestRunner {
  override async onBeforeRunTask(test: Test): Promise<void> {
    if (process.env.CI && test.retry === undefined && !GUARANTEES.test(relative(root, test.file.filepath)))
      test.retry = { count: 1, condition: () => (test.result?.errors ?? []).every(ranOut) };
    await super.onBeforeRunTask(test);
  }
}

/** True for the failure of a wait; false for a claim that failed, and for whatever else went wrong. */
export function ranOut({ message, cause }: Failure): boolean {
  return RAN_OUT.test(message) || (cause as Failure | undefined)?.message === POLL_RAN_OUT;
}
