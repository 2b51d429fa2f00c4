/** The grouping in a thread of its own: seconds of the processor, for which no message should wait. */
import { parentPort, workerData } from 'node:worker_threads';
import { groupAlike } from '@fullname/shared/alike';

parentPort?.postMessage((workerData as readonly (readonly string[])[]).map(groupAlike));
