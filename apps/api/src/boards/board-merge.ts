import { parentPort, workerData } from 'node:worker_threads';
import { mergeRows, type MergeTask } from './merge-task';

// A program of its own: a thread beside the server's, so that a large board keeps nobody else waiting.
parentPort?.postMessage(mergeRows(workerData as MergeTask));
