/** Loads the broker when the frame was refused storage of its own; most pages never need it. */
declare const __BROKER_FILE__: string;

/** The broker's script leaves its one function on its own tag: no global, and nobody else's to call by accident. */
export type BrokerScript = HTMLScriptElement & { serve?: (port: MessagePort, site: string) => void };

export function loadBroker(folder: string, port: MessagePort | undefined, site: string): void {
  if (!port) return;
  const script: BrokerScript = document.createElement('script');
  script.onload = () => script.serve?.(port, site);
  // The page forbids it: the frame need not wait until its patience ends.
  script.onerror = () => port.postMessage({ open: false });
  script.src = folder + __BROKER_FILE__;
  document.head.append(script);
}
