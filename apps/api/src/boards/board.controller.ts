import { Controller, Get, Param, Query, StreamableFile, UseGuards } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { BOARD_STATE_TYPE, encodeBoardState, readUpdate } from '@parley/board/wire';
import { BookingAccess, Boards, type User } from '@parley/persistence';
import { z } from 'zod';
import { Me, SignedIn } from '../auth/signed-in.guard';
import { Answers } from '../http/answers';
import { notFound } from '../http/problem.exception';
import { isUuid } from '../http/uuid';
import { BoardCompactor } from './board-compactor';
import { boardTopic } from './board-topic';

const boardSpan = z.object({
  after: z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .optional()
    .describe('The seq up to which the asker has everything.'),
});

/** The whiteboard of an exchange (W). */
@ApiTags('Exchanges')
@Controller('exchanges/:id/board')
@UseGuards(SignedIn)
export class BoardController {
  constructor(
    private readonly access: BookingAccess,
    private readonly boards: Boards,
    private readonly compactor: BoardCompactor,
  ) {}

  /**
   * All of it, or what was stored after `after`: for whoever may read the exchange's topics, also once it has ended. The
   * bytes are those of `encodeBoardState`.
   */
  @Get()
  @ApiResponse({ status: 200, content: { [BOARD_STATE_TYPE]: { schema: { type: 'string', format: 'binary' } } } })
  @Answers(200, undefined, [400, 401, 404])
  async read(
    @Me() me: User,
    @Param('id') id: string,
    @Query({ schema: boardSpan }) { after }: z.output<typeof boardSpan>,
  ): Promise<StreamableFile> {
    if (!isUuid(id) || (await this.access.toExchange(me.id, id)) === 'none') throw notFound('exchange');
    const topic = boardTopic(id);
    const { seq, snapshot, tail } = await this.boards.read(topic, after === undefined ? undefined : Number(after));
    this.compactor.noticed(topic, tail.length);
    const bytes = encodeBoardState({
      seq,
      ...(snapshot && { snapshot }),
      tail: tail.flatMap(({ userId, payload }) => {
        const read = readUpdate(payload);
        return read === undefined || read === 'compacted' ? [] : { userId, ...read };
      }),
    });
    return new StreamableFile(bytes, { type: BOARD_STATE_TYPE, length: bytes.length });
  }
}
