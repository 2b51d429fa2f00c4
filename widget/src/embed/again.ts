/** Puts the launcher back onto a page that has become another. Loaded when one has; a page that takes it away again and again means it. */
import type { AgainChunk } from './contract.ts';

let left = 20;

export const putBack: AgainChunk['putBack'] = ({ core, open }) => {
  const { host, frame, gone, state } = core;
  // A page without a root has another soon, and that is a change too.
  if (gone || host.isConnected || !document.documentElement || left <= 0) return;
  left -= 1;
  frame?.remove();
  core.attach();
  if (state.open) open();
};
