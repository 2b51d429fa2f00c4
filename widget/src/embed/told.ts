/** What the page says of its visitor, and what happens on it: kept here until the chat may be told, and forgotten with whoever it was. */
import { EVENTS_TOLD_MOST, LABEL_NAME_MAX_LENGTH, LABELS_MOST, META_MOST } from '@fullname/shared/limits';
import { type Attributes, attributesOf } from '@fullname/shared/page-data';
import type { ToFrame } from '../frame-messages.ts';
import type { Hosted, Warn } from './contract.ts';

export type Told = {
  update(given?: unknown): void;
  track(name?: unknown, meta?: unknown): void;
  /** Consent was given: tells what was kept until then. */
  allowed(): void;
  /** A frame answers: tells it what happened. What is said of the visitor it has heard. */
  ready(): void;
  /** Somebody else is at this browser now, or nobody is. */
  forget(): void;
};

type Means = {
  readonly wrong: Warn;
  /** Told to this frame and to every later one; of a kind, the last. */
  keep(message: ToFrame): void;
};

export function createTold({ core, tell: send, wishes }: Hosted, { wrong, keep }: Means): Told {
  let attributes: Attributes = {};
  let happened: ToFrame[] = [];
  let hasSpoken = false;

  const ready = (): void => {
    if (core.allowed && core.state.ready) for (const event of happened.splice(0)) send(event);
  };
  const allowed = (): void => {
    if (core.allowed && Object.keys(attributes).length) keep({ type: 'update', attributes });
    ready();
  };

  return {
    allowed,
    ready,
    update(given) {
      const now = attributesOf(given, LABELS_MOST);
      const all = { ...attributes, ...now };
      if (!now || Object.keys(all).length > LABELS_MOST) return wrong('update');
      attributes = all;
      hasSpoken = true;
      return allowed();
    },
    track(name, meta = {}) {
      const flat = attributesOf(meta, META_MOST);
      if (typeof name !== 'string' || !name.trim() || name.length > LABEL_NAME_MAX_LENGTH || !flat)
        return wrong('track');
      happened.push({ type: 'track', name, meta: flat, since: Date.now() });
      happened = happened.slice(-EVENTS_TOLD_MOST);
      hasSpoken = true;
      return ready();
    },
    forget() {
      if (hasSpoken) send({ type: 'update', attributes: null });
      wishes.delete('update');
      attributes = {};
      happened = [];
      hasSpoken = false;
    },
  };
}
