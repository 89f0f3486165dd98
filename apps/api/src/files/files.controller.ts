import { Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  BookingAccess,
  Bookings,
  ExchangeFiles,
  Exchanges,
  FileStore,
  type BookingWithPeople,
  type ExchangeFileRow,
  type User,
} from '@parley/persistence';
import {
  FILES_MAX,
  exchangeFile,
  exchangeFiles,
  fileTypes,
  type ExchangeFile,
  type ExchangeFiles as FileList,
} from '@parley/protocol';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Me, SignedIn } from '../auth/signed-in.guard';
import { Answers } from '../http/answers';
import { ProblemException, badField, notFound } from '../http/problem.exception';
import { isUuid } from '../http/uuid';
import { sendFile } from './file-content';
import { cleanName } from './file-name';
import { cancelled, ended, notTaken, tooManyFiles } from './file-problems';
import { fileView } from './file-view';
import { Uploads } from './uploads';

const newFile = z.object({ name: z.string().describe('What it is called; the last part of a path.') });
const binary = { schema: { type: 'string', format: 'binary' } };
const contents = Object.fromEntries(fileTypes.map((type) => [type, binary]));

/** The files of an exchange (A8). */
@ApiTags('Exchanges')
@Controller('exchanges/:id/files')
@UseGuards(SignedIn)
export class FilesController {
  constructor(
    private readonly access: BookingAccess,
    private readonly bookings: Bookings,
    private readonly exchanges: Exchanges,
    private readonly files: ExchangeFiles,
    private readonly uploads: Uploads,
    private readonly store: FileStore,
  ) {}

  /** All of them, the newest first: for whoever may read the exchange, also once it has ended. */
  @Get()
  @Answers(200, exchangeFiles, [401, 404])
  async list(@Me() me: User, @Param('id') id: string): Promise<FileList> {
    await this.mayRead(me, id);
    return { files: (await this.files.list(id)).map(fileView) };
  }

  /**
   * Adds the file that is the body, whatever type the request gives it: a PDF, PNG, JPEG or WebP by its content, of at
   * most 25 MB. What is refused is not kept, and `code` says why.
   */
  @Post()
  @ApiConsumes('application/octet-stream', ...fileTypes)
  @ApiBody({ ...binary, required: true })
  @Answers(201, exchangeFile, [400, 401, 404, 409, 413, 415, 422, 429, 503])
  async add(
    @Me() me: User,
    @Param('id') id: string,
    @Query({ schema: newFile }) { name: given }: z.output<typeof newFile>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ExchangeFile> {
    // Before anything is awaited: who goes away while the rest is asked for is noticed, too.
    const gone = goneFrom(response);
    await this.mayChange(me, id);
    const name = cleanName(given);
    if (name === undefined) throw badField('name', 'must have a character that can be seen');
    // Asked again when it is kept; here it saves sending what has no place.
    if ((await this.files.count(id)) >= FILES_MAX) throw tooManyFiles();
    return fileView(await this.uploads.take({ exchangeId: id, userId: me.id, name }, request, gone));
  }

  /** Its bytes, or one part of them: for whoever may read the exchange, also once it has ended. */
  @Get(':fileId')
  @ApiResponse({ status: 200, content: contents })
  @ApiResponse({ status: 206, content: contents })
  @Answers(200, undefined, [401, 404, 416])
  async read(
    @Me() me: User,
    @Param('id') id: string,
    @Param('fileId') fileId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.mayRead(me, id);
    await sendFile(this.store, await this.found(id, fileId), request, response);
  }

  /** Removes it: for whoever added it, and for the host. */
  @Delete(':fileId')
  @HttpCode(204)
  @Answers(204, undefined, [401, 403, 404, 409])
  async remove(@Me() me: User, @Param('id') id: string, @Param('fileId') fileId: string): Promise<void> {
    const booking = await this.mayChange(me, id);
    const { addedBy } = await this.found(id, fileId);
    if (me.id !== addedBy && me.id !== booking.hostId) {
      throw new ProblemException(403, 'not-yours', 'Only who added a file, and the host, remove it.');
    }
    const outcome = await this.files.remove(id, fileId, me.id);
    if (outcome === 'missing') throw notFound('file');
    if (outcome === 'closed') throw notTaken(outcome);
  }

  private async mayRead(me: User, id: string): Promise<void> {
    if (!isUuid(id) || (await this.access.toExchange(me.id, id)) === 'none') throw notFound('exchange');
  }

  private async mayChange(me: User, id: string): Promise<BookingWithPeople> {
    const booking = isUuid(id) ? await this.bookings.find(me.id, id) : null;
    if (booking === null) throw notFound('exchange');
    if (booking.cancelledAt !== null) throw cancelled();
    const exchange = await this.exchanges.find(id);
    if (exchange !== null && exchange.endedAt !== null) throw ended();
    return booking;
  }

  private async found(id: string, fileId: string): Promise<ExchangeFileRow> {
    const row = isUuid(fileId) ? await this.files.find(id, fileId) : null;
    if (row === null) throw notFound('file');
    return row;
  }
}

/** Aborted when the connection closes before the answer is out. */
function goneFrom(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort(new Error('Whoever sent this has gone.'));
  });
  return gone.signal;
}
