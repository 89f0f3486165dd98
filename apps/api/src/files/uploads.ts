import { Injectable } from '@nestjs/common';
import { ExchangeFiles, type ExchangeFileRow } from '@parley/persistence';
import { FILE_BYTES_MAX, FILES_MAX } from '@parley/protocol';
import type { Request } from 'express';
import { randomUUID } from 'node:crypto';
import { ProblemException, unavailable } from '../http/problem.exception';
import { FileInspector } from './file-inspector';
import { FileMetrics } from './file-metrics';
import { nameOfType } from './file-name';
import { brokenOff, fileTooLarge, notTaken, refused } from './file-problems';
import type { InspectedFile } from './inspect/inspect-file';
import { RefusedFile } from './inspect/refused-file';
import { TemporaryFile } from './temporary-file';
import { atPace } from './upload-pace';
import { UploadSlots } from './upload-slots';

/** Where a file goes, and who brings it. */
export interface Destination {
  readonly exchangeId: string;
  readonly userId: string;
  /** Clean, with whatever ending. */
  readonly name: string;
}

/** Takes files in: to the disk, looked at, and then kept whole or not at all. */
@Injectable()
export class Uploads {
  constructor(
    private readonly slots: UploadSlots,
    private readonly inspector: FileInspector,
    private readonly files: ExchangeFiles,
    private readonly metrics: FileMetrics,
  ) {}

  /**
   * @param request its body is the file
   * @param gone whoever sends it does not wait for the answer any more; then nothing is kept
   * @throws ProblemException when it is not taken
   */
  async take(destination: Destination, request: Request, gone: AbortSignal): Promise<ExchangeFileRow> {
    try {
      const row = await this.keep(destination, request, gone);
      this.metrics.uploads.inc({ outcome: 'kept' });
      return row;
    } catch (error) {
      const problem = this.problemOf(error, gone);
      const isBroken = gone.aborted || problem?.code === 'upload-broken-off';
      const outcome = problem === undefined ? 'failed' : isBroken ? 'broken-off' : 'refused';
      this.metrics.uploads.inc({ outcome });
      throw problem ?? error;
    }
  }

  private async keep(destination: Destination, request: Request, gone: AbortSignal): Promise<ExchangeFileRow> {
    const release = this.slots.take(destination.userId);
    try {
      if (Number(request.headers['content-length']) > FILE_BYTES_MAX) throw fileTooLarge();
      const file = await TemporaryFile.make();
      try {
        await receive(request, file);
        const inspected = await this.inspect(file, destination.userId, gone);
        return await this.store(destination, file, inspected, gone);
      } finally {
        await file.close();
      }
    } finally {
      release();
    }
  }

  private async inspect(
    { descriptor, bytes }: TemporaryFile,
    userId: string,
    gone: AbortSignal,
  ): Promise<InspectedFile> {
    const end = this.metrics.inspectionSeconds.startTimer();
    try {
      return await this.inspector.inspect({ descriptor, bytes }, userId, gone);
    } finally {
      end();
    }
  }

  private async store(
    { exchangeId, userId, name }: Destination,
    file: TemporaryFile,
    inspected: InspectedFile,
    gone: AbortSignal,
  ): Promise<ExchangeFileRow> {
    const row = await this.files.add(
      {
        ...inspected,
        id: randomUUID(),
        exchangeId,
        addedBy: userId,
        name: nameOfType(name, inspected.type),
        bytes: file.bytes,
      },
      whileWanted(file.read(), gone),
      FILES_MAX,
    );
    if (typeof row === 'string') throw notTaken(row);
    return row;
  }

  /** What there is to say about it; undefined when that is nobody's business but ours. */
  private problemOf(error: unknown, gone: AbortSignal): ProblemException | undefined {
    if (error instanceof ProblemException) return error;
    if (error instanceof RefusedFile) return refused(error);
    if (gone.aborted) return brokenOff();
    if (['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      return unavailable('There is no room for files right now. Try again in a moment.');
    }
    return undefined;
  }
}

/** @throws ProblemException as soon as it is more than a file may have, or comes too slowly */
async function receive(request: Request, file: TemporaryFile): Promise<void> {
  // Left open when this ends early: the answer goes over the same connection.
  const parts: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  try {
    for await (const part of atPace(parts)) {
      if (file.bytes + part.length > FILE_BYTES_MAX) throw fileTooLarge();
      await file.append(part);
    }
  } catch (error) {
    // Its own words are those of a connection, which might as well be the database's.
    if (request.errored !== null && !(error instanceof ProblemException)) throw brokenOff();
    throw error;
  }
  if (!request.complete) throw brokenOff();
}

async function* whileWanted(content: AsyncIterable<Buffer>, gone: AbortSignal): AsyncIterable<Buffer> {
  for await (const part of content) {
    gone.throwIfAborted();
    yield part;
  }
  gone.throwIfAborted();
}
