import { parentPort, workerData } from 'node:worker_threads';
import { inspectTask, type InspectTask } from './inspect-task';

// A program of its own: a thread beside the server's, so that whatever is in a file keeps nobody else waiting.
parentPort?.postMessage(await inspectTask(workerData as InspectTask));
