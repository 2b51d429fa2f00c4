import { createEngine } from './engine.ts';
import type { ToReader } from './protocol.ts';

const engine = createEngine();

addEventListener('message', ({ data }: MessageEvent<ToReader>) => {
  const answer = engine(data);
  if (answer) postMessage(answer);
});
