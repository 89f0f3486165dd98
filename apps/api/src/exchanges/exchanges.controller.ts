import { Controller, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Bookings, Exchanges, type BookingWithPeople, type User } from '@parley/persistence';
import { exchange, type Exchange } from '@parley/protocol';
import { TopicAccess } from '@parley/socket';
import { Me, SignedIn } from '../auth/signed-in.guard';
import { bookingCancelled, notHost } from '../bookings/booking-problems';
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
    private readonly access: TopicAccess,
  ) {}

  /** What the exchange's page needs. Asking for it is entering: the first participant who does opens the exchange. */
  @Get(':id')
  @Answers(200, exchange, [401, 404])
  async enter(@Me() me: User, @Param('id') id: string): Promise<Exchange> {
    const booking = await this.seen(me, id);
    // A cancelled booking keeps what happened in it; nothing new begins.
    const row = booking.cancelledAt === null ? await this.exchanges.open(id) : await this.exchanges.find(id);
    return exchangeView(booking, row);
  }

  /**
   * Ends it for everyone: what was written can be read, and nothing more can be written. Ending twice is once; one that
   * nobody has entered yet can be ended too.
   */
  @Post(':id/end')
  @HttpCode(200)
  @Answers(200, exchange, [401, 403, 404, 409])
  async end(@Me() me: User, @Param('id') id: string): Promise<Exchange> {
    const booking = await this.seen(me, id);
    if (booking.hostId !== me.id) throw notHost('Only the host ends an exchange.');
    if (booking.cancelledAt !== null) throw bookingCancelled();
    const known = await this.exchanges.find(id);
    // Nothing changes, so nobody has to be asked about.
    if (known !== null && known.endedAt !== null) return exchangeView(booking, known);
    const row = await this.access.change({ namespace: 'exchange', id }, () => this.exchanges.end(id));
    if (row === 'cancelled') throw bookingCancelled();
    return exchangeView(booking, row);
  }

  private async seen(me: User, id: string): Promise<BookingWithPeople> {
    const booking = isUuid(id) ? await this.bookings.find(me.id, id) : null;
    if (booking === null) throw notFound('exchange');
    return booking;
  }
}
