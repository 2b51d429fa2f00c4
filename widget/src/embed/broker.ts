/**
 * The broker: keeps the frame's few records in the host page's own IndexedDB, because a cross-site frame is refused storage in
 * default browsers. It speaks only over the port that the embed got from the relay's frame. The host page can read what is kept here.
 */
import type { BrokerScript } from './load-broker.ts';
import { serve } from './serve.ts';

const script: BrokerScript | null =
  document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
if (script) script.serve = (port, site) => void serve(port, site);
