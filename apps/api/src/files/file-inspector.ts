import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { InspectedFile } from './inspect/inspect-file';
import type { Inspection, InspectTask } from './inspect/inspect-task';
import { RefusedFile } from './inspect/refused-file';
import { InspectionTurns } from './inspection-turns';

export interface FileInspectorOptions {
  /** The built `file-inspect`. */
  readonly program: string;
  /** Milliseconds after which a file is refused. Default 10 s. */
  readonly limitMs?: number;
  /** Bytes by which this process may grow meanwhile. Default 1 GiB. */
  readonly limitBytes?: number;
  /** Files. Default one less than there are cores, and one at least. */
  readonly atOnce?: number;
}

const LIMIT_MS = 10_000;
const LIMIT_BYTES = 1024 ** 3;
/** MiB of JavaScript's own memory; what is unpacked is beside it, and watched. */
const HEAP_MB = 512;
const LOOK_MS = 50;
/** So many at once: each may take a whole core, of which one is left for the server itself. */
const AT_ONCE = Math.max(1, availableParallelism() - 1);

/** Looks at files in a thread that lives for one of them: whatever goes wrong there goes away with it. */
export class FileInspector {
  private readonly stopping = new AbortController();
  private readonly turns: InspectionTurns;

  constructor(private readonly options: FileInspectorOptions) {
    this.turns = new InspectionTurns(options.atOnce ?? AT_ONCE);
  }

  /**
   * @param task a file that stays open until this is over
   * @param userId of whom no other file is looked at meanwhile
   * @param unwanted ends it early
   * @throws RefusedFile also when it takes too long, or too much memory
   * @throws Error when it fails or is ended
   */
  async inspect(task: InspectTask, userId: string, unwanted: AbortSignal): Promise<InspectedFile> {
    await this.turns.take(userId);
    try {
      const inspection = await this.run(task, AbortSignal.any([unwanted, this.stopping.signal]));
      if ('file' in inspection) return inspection.file;
      throw new RefusedFile(inspection.refused.code, inspection.refused.message);
    } finally {
      this.turns.give(userId);
    }
  }

  /** Ends what is under way. */
  stop(): void {
    this.stopping.abort(new Error('The server stops.'));
  }

  private run({ descriptor, bytes }: InspectTask, end: AbortSignal): Promise<Inspection> {
    end.throwIfAborted();
    const { program, limitMs = LIMIT_MS, limitBytes = LIMIT_BYTES } = this.options;
    const most = process.memoryUsage.rss() + limitBytes;
    const worker = new Worker(program, {
      workerData: { descriptor, bytes } satisfies InspectTask,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    const over = new AbortController();
    return new Promise<Inspection>((resolve, reject) => {
      const late = setTimeout(() => reject(tooMuch()), limitMs);
      const look = setInterval(() => {
        if (process.memoryUsage.rss() > most) reject(tooMuch());
      }, LOOK_MS);
      over.signal.addEventListener('abort', () => {
        clearTimeout(late);
        clearInterval(look);
      });
      end.addEventListener('abort', () => reject(end.reason as Error), { signal: over.signal });
      worker.once('message', resolve);
      worker.on('error', (error: NodeJS.ErrnoException) => {
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch() : error);
      });
      worker.once('exit', () => reject(new Error('The thread ended without an answer.')));
    }).finally(async () => {
      over.abort();
      await worker.terminate();
    });
  }
}

function tooMuch(): RefusedFile {
  const message = 'This file takes too much time or memory to open. Save a simpler copy of it, and try again.';
  return new RefusedFile('takes-too-much', message);
}
