/** The fit in a thread of its own: seconds of the processor, for which no message should wait. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Fitting, fitted } from './fitted.ts';

parentPort?.postMessage(fitted(workerData as Fitting));
