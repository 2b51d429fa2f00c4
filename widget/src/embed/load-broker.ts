/** Loads the broker when the frame was refused storage of its own; most pages never need it. */
import type { Settings } from './widget.ts';

declare const __BROKER_FILE__: string;

/** The broker's script leaves its one function on its own tag: no global, and nobody else's to call by accident. */
export type BrokerScript = HTMLScriptElement & { serve?: (port: MessagePort, site: string) => void };

export function loadBroker(settings: Settings, port: MessagePort | undefined): void {
  if (!port) return;
  const refuse = (): void => port.postMessage({ open: false });
  try {
    const script: BrokerScript = document.createElement('script');
    script.onload = () => script.serve?.(port, settings.site);
    script.onerror = refuse;
    script.src = `${settings.origin}/w/${__BROKER_FILE__}`;
    document.head.append(script);
  } catch {
    // A page that enforces Trusted Types without a default policy.
    refuse();
  }
}
