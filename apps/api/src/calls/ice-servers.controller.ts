import { Controller, Get, Param, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Bookings, Exchanges, type User } from '@parley/persistence';
import { iceServers, type IceServers } from '@parley/protocol';
import { Me, SignedIn } from '../auth/signed-in.guard';
import { Answers } from '../http/answers';
import { ProblemException, notFound } from '../http/problem.exception';
import { isUuid } from '../http/uuid';
import { Relay } from './relay';

/** What a call needs to get through (A4). */
@ApiTags('Exchanges')
@Controller('exchanges/:id/ice-servers')
@UseGuards(SignedIn)
export class IceServersController {
  constructor(
    private readonly bookings: Bookings,
    private readonly exchanges: Exchanges,
    private readonly relay: Relay,
  ) {}

  /**
   * STUN and TURN servers, with credentials for this person, for participants only. They are good for some minutes: ask
   * again before `lifetimeSeconds` are over. Without a relay `relay` is false, and only calls that can go direct connect.
   */
  @Get()
  @Answers(200, iceServers, [401, 404, 409])
  async read(@Me() me: User, @Param('id') id: string): Promise<IceServers> {
    const booking = isUuid(id) ? await this.bookings.find(me.id, id) : null;
    if (booking === null) throw notFound('exchange');
    if (booking.cancelledAt !== null)
      throw noCall('booking-cancelled', 'The booking was cancelled, so there is no call.');
    const exchange = await this.exchanges.find(id);
    if (exchange !== null && exchange.endedAt !== null) {
      throw noCall('exchange-ended', 'The meeting has ended, and its call with it.');
    }
    return this.relay.serversFor(me.id);
  }
}

function noCall(code: string, detail: string): ProblemException {
  return new ProblemException(409, code, detail);
}
