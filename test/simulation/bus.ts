/** What relays tell each other, as over Redis: in order from each, late, and lost at times. Never the truth. */
import type { BroadcastMessage, SimulatedRelay } from './relay.ts';
import type { Scheduler } from './scheduler.ts';

export type Bus = {
  tell(from: SimulatedRelay, message: BroadcastMessage): void;
  setLoss(probability: number): void;
};

export function createBus(scheduler: Scheduler, relays: () => readonly SimulatedRelay[]): Bus {
  let loss = 0;
  const last = new Map<string, number>();
  return {
    setLoss(probability) {
      loss = probability;
    },
    tell(from, message) {
      for (const to of relays()) {
        if (to === from || scheduler.chance(loss)) continue;
        const way = `${from.owner.name} ${to.owner.name}`;
        const at = Math.max(last.get(way) ?? 0, scheduler.now() + scheduler.between(1, 20));
        last.set(way, at);
        scheduler.after(at - scheduler.now(), to.owner, () => to.told(message));
      }
    },
  };
}
