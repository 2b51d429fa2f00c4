/**
 * Runs once a file of the tests with a page. The testing library gives a wait one second, which a busy machine may need for one drawing.
 * A module that is still on its way when the page goes would be broken for the next file that shares it.
 */
import { configure } from '@testing-library/preact';
import { afterAll, vi } from 'vitest';

configure({ asyncUtilTimeout: 30_000 });
afterAll(() => vi.dynamicImportSettled());

// A page's timers end with it. Node's would go on, and find no `navigator`: what fails then fails no test, only the run.
const { setTimeout: runLater, setInterval: runOften } = globalThis;
const due = new Set<NodeJS.Timeout>();
const remembered = <Timer extends typeof runLater | typeof runOften>(make: Timer): Timer =>
  new Proxy(make, {
    apply(target, self, args) {
      const timer = Reflect.apply(target, self, args) as NodeJS.Timeout;
      due.add(timer);
      return timer;
    },
  });
Object.assign(globalThis, { setTimeout: remembered(runLater), setInterval: remembered(runOften) });
afterAll(() => {
  for (const timer of due) clearTimeout(timer);
  Object.assign(globalThis, { setTimeout: runLater, setInterval: runOften });
});
