import type { BoardMerge, BoardRow, MergedRows } from '@parley/persistence';
import { Worker } from 'node:worker_threads';

export interface BoardMergerOptions {
  /** The built `board-merge`. */
  readonly program: string;
  /** Milliseconds after which a merge is given up. Default 30 s. */
  readonly limitMs?: number;
}

const LIMIT_MS = 30_000;
/** MiB that one merge may hold; a board that needs more fails alone. */
const HEAP_MB = 512;

/** Merges boards in a thread that lives for one merge: whatever goes wrong there goes away with it. */
export class BoardMerger {
  private readonly program: string;
  private readonly limitMs: number;

  constructor({ program, limitMs = LIMIT_MS }: BoardMergerOptions) {
    this.program = program;
    this.limitMs = limitMs;
  }

  /**
   * @param stopped ends it early
   * @returns what {@link BoardMerge} asks for
   * @throws Error when it fails, takes too long or is stopped
   */
  merge(snapshot: Uint8Array | undefined, tail: readonly BoardRow[], stopped: AbortSignal): ReturnType<BoardMerge> {
    stopped.throwIfAborted();
    const worker = new Worker(this.program, {
      workerData: { snapshot, tail },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    return new Promise<MergedRows>((resolve, reject) => {
      const end = AbortSignal.any([stopped, AbortSignal.timeout(this.limitMs)]);
      const onEnd = (): void => reject(end.reason as Error);
      end.addEventListener('abort', onEnd, { once: true });
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('The thread ended without an answer.')));
      worker.once('exit', () => end.removeEventListener('abort', onEnd));
    }).finally(() => worker.terminate());
  }
}
