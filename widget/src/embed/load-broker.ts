/** Loads the broker when the frame was refused storage of its own; most pages never need it. */
declare const __BROKER_FILE__: string;

type Broker = { serve(port: MessagePort, site: string): void };

/** As a module: nothing is left on the page, and a page that enforces Trusted Types takes it too. */
export function loadBroker(folder: string, port: MessagePort | undefined, site: string): void {
  import(/* @vite-ignore */ folder + __BROKER_FILE__).then(
    (broker: Broker) => port && broker.serve(port, site),
    // The page forbids it: the frame need not wait until its patience ends.
    () => port?.postMessage({ open: false }),
  );
}
