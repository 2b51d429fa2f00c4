/**
 * The order of the test files. Vitest begins with the largest, until it has seen how long each takes; but some of the smallest
 * take longest, and whichever comes last is waited for by an idle worker.
 */
import { join } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { root } from './root.ts';

/** Those that take a minute and more on two cores, the longest first. */
const LONGEST: readonly string[] = [
  'test/checker/kill.test.ts',
  'test/checker/planted.test.ts',
  'test/simulation/simulation.test.ts',
  'test/operations/backup.test.ts',
  'test/mail/killed.test.ts',
  'test/browser/a11y-states.spec.ts',
  'test/browser/composer.spec.ts',
  'test/browser/console-files.spec.ts',
  'test/browser/book.spec.ts',
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
