/** What a page listens to. */
import type { Core, Warn } from './contract.ts';

const EVENTS =
  'ready open close unread message conversationStarted conversationEnded agentJoined availability identity error';

export type Handlers = {
  /** Says which wait for an event that never comes, or are none, and leaves them out. Whether any is left. */
  check(): boolean;
  announce(event: string, detail?: unknown): void;
};

export function createHandlers({ handlers }: Core, wrong: Warn): Handlers {
  const checked = new WeakSet<object>();
  return {
    check() {
      const events = EVENTS.split(' ');
      for (const one of handlers) {
        if (checked.has(one)) continue;
        checked.add(one);
        const [event, handler] = one;
        if (!events.includes(event as string)) wrong('event', event, events);
        else if (typeof handler !== 'function') wrong('handler', event);
        else continue;
        handlers.delete(one);
      }
      return handlers.size > 0;
    },
    /** In a task of its own: a handler that throws breaks nothing here, and the page sees its error. */
    announce(event, detail) {
      for (const [name, handler] of handlers)
        if (name === event && typeof handler === 'function') queueMicrotask(() => void handler(detail));
    },
  };
}
