/** Long work that nobody waits for in a hurry, such as trying the examples of a rule, gives way between its steps. */
import { setImmediate as pause } from 'node:timers/promises';

/** How long the relay's one thread may be kept in one go. A step that is longer is not cut. */
const TURN_MS = 10;

/** One for each long work; `giveWay` between two steps lets everybody's messages go first, when it is time. */
export class Turns {
  #since = performance.now();

  async giveWay(): Promise<void> {
    if (performance.now() - this.#since < TURN_MS) return;
    await pause();
    this.#since = performance.now();
  }
}
