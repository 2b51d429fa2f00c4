/**
 * The order of the test files. Vitest begins with the largest, until it has seen how long each takes; but some of the smallest
 * take longest, and whichever comes last is waited for by an idle worker.
 */
import { join } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { root } from './root.ts';

/** Those that take a quarter of a minute and more on two cores, the longest first, and the last of the widget's. Browser tests run one after the other. */
const LONGEST: readonly string[] = [
  'test/checker/kill.test.ts',
  'test/simulation/simulation.test.ts',
  'test/checker/planted.test.ts',
  'test/mail/killed.test.ts',
  'test/relays/rolling.test.ts',
  'test/mail/push.test.ts',
  'test/operations/backup.test.ts',
  'test/relays/limits.test.ts',
  'test/search.test.ts',
  'test/recovery/promises.test.ts',
  'test/recovery/follow-ups.test.ts',
  'widget/src/chat-line.test.ts',
].map((path) => join(root, path));

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.indexOf(moduleId);
      return found === -1 ? LONGEST.length : found;
    };
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}
