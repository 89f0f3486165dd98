import { Controller, Get, Param, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Bookings, Exchanges, type User } from '@parley/persistence';
import { exchange, type Exchange } from '@parley/protocol';
import { Me, SignedIn } from '../auth/signed-in.guard';
import { Answers } from '../http/answers';
import { notFound } from '../http/problem.exception';
import { isUuid } from '../http/uuid';
import { exchangeView } from './exchange-view';

/** Exchanges (A3). */
@ApiTags('Exchanges')
@Controller('exchanges')
@UseGuards(SignedIn)
export class ExchangesController {
  constructor(
    private readonly bookings: Bookings,
    private readonly exchanges: Exchanges,
  ) {}

  /** What the exchange's page needs. Asking for it is entering: the first participant who does opens the exchange. */
  @Get(':id')
  @Answers(200, exchange, [401, 404])
  async enter(@Me() me: User, @Param('id') id: string): Promise<Exchange> {
    const booking = isUuid(id) ? await this.bookings.find(me.id, id) : null;
    if (booking === null) throw notFound('exchange');
    // A cancelled booking keeps what happened in it; nothing new begins.
    const row = booking.cancelledAt === null ? await this.exchanges.open(id) : await this.exchanges.find(id);
    return exchangeView(booking, row);
  }
}
