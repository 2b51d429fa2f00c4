/** The frame's half of the talk with the embed in the host page. */
import { GREETING, type Greeting, type ToEmbed, type ToFrame } from './frame-messages.ts';

export type Host = {
  tell(message: ToEmbed): void;
  /** Loads one of the relay's modules into the host page; the port to it, or null where there is no host page. */
  load(file: string): MessagePort | null;
};

export type HostEvents = { greeted(greeting: Greeting): void; told(message: ToFrame): void };

/** Opened as a page of its own, there is nobody to talk to, and `greeted` is called at once. */
export function meetHost(events: HostEvents): Host {
  let port: MessagePort | null = null;

  window.addEventListener('message', (event: MessageEvent<Greeting>) => {
    // Only the parent's first word counts; who may be the parent is what `frame-ancestors` decides.
    if (port || !event.isTrusted || event.source !== window.parent || event.data?.type !== GREETING) return;
    port = event.ports[0] ?? null;
    if (!port) return;
    port.onmessage = (message: MessageEvent<ToFrame>) => events.told(message.data);
    events.greeted(event.data);
  });

  return {
    tell: (message) => port?.postMessage(message),
    load(file) {
      if (!port) return null;
      const channel = new MessageChannel();
      port.postMessage({ type: 'load', file } satisfies ToEmbed, [channel.port2]);
      return channel.port1;
    },
  };
}
