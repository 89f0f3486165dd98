import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Bookings, type BookingTimes, type BookingWithPeople, type User } from '@parley/persistence';
import {
  booking,
  bookingChange,
  bookingList,
  bookingSpan,
  newBooking,
  newParticipant,
  type Booking,
  type BookingChange,
  type BookingList,
  type BookingSpan,
  type NewParticipant,
} from '@parley/protocol';
import { TopicAccess } from '@parley/socket';
import type { Response } from 'express';
import type { z } from 'zod';
import { Me, SignedIn } from '../auth/signed-in.guard';
import { Answers } from '../http/answers';
import { ProblemException, badField, notFound } from '../http/problem.exception';
import { isUuid } from '../http/uuid';
import { bookingCancelled, notHost } from './booking-problems';
import { bookingView, present } from './booking-view';
import { Invitations } from './invitations';

/** Bookings (A2). Only participants see one, only its host changes it. */
@ApiTags('Bookings')
@Controller('bookings')
@UseGuards(SignedIn)
export class BookingsController {
  constructor(
    private readonly bookings: Bookings,
    private readonly invitations: Invitations,
    private readonly access: TopicAccess,
  ) {}

  @Get()
  @Answers(200, bookingList, [400, 401])
  async list(@Me() me: User, @Query({ schema: bookingSpan }) { from, to }: BookingSpan): Promise<BookingList> {
    const bookings = await this.bookings.list(me.id, {
      ...(from === undefined ? {} : { from: new Date(from) }),
      ...(to === undefined ? {} : { to: new Date(to) }),
    });
    return { bookings: bookings.map(bookingView) };
  }

  @Post()
  @Answers(201, booking, [400, 401, 429])
  async add(
    @Me() me: User,
    @Body({ schema: newBooking }) body: z.output<typeof newBooking>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Booking> {
    const { participants, ...times } = body;
    const invited = await this.invitations.find(me.id, participants, (index) => `participants.${index}`);
    const id = await this.bookings.add(me.id, toTimes(times), invited);
    response.location(`/api/bookings/${id}`);
    return bookingView(await this.seen(me, id));
  }

  @Get(':id')
  @Answers(200, booking, [401, 404])
  async read(@Me() me: User, @Param('id') id: string): Promise<Booking> {
    return bookingView(await this.seen(me, id));
  }

  @Patch(':id')
  @Answers(200, booking, [400, 401, 403, 404, 409])
  async change(
    @Me() me: User,
    @Param('id') id: string,
    @Body({ schema: bookingChange }) body: BookingChange,
  ): Promise<Booking> {
    await this.hosted(me, id);
    const outcome = await this.bookings.change(id, toTimes(body));
    if (outcome === 'missing') throw notFound('booking');
    if (outcome === 'cancelled') throw bookingCancelled();
    if (outcome === 'ends-before-start') throw badField('endsAt', 'The end must be after the start.');
    return bookingView(await this.seen(me, id));
  }

  /** Cancels it: its link goes on saying what it was. */
  @Delete(':id')
  @HttpCode(204)
  @Answers(204, undefined, [401, 403, 404])
  async cancel(@Me() me: User, @Param('id') id: string): Promise<void> {
    const { cancelledAt } = await this.hosted(me, id);
    // Nothing changes, so nobody has to be asked about.
    if (cancelledAt !== null) return;
    await this.access.change({ namespace: 'exchange', id }, () => this.bookings.cancel(id));
  }

  @Post(':id/participants')
  @HttpCode(200)
  @Answers(200, booking, [400, 401, 403, 404, 409, 429])
  async addParticipant(
    @Me() me: User,
    @Param('id') id: string,
    @Body({ schema: newParticipant }) { email }: NewParticipant,
  ): Promise<Booking> {
    const hosted = await this.hosted(me, id);
    if (hosted.cancelledAt !== null) throw bookingCancelled();
    for (const userId of await this.invitations.find(me.id, [email], () => 'email')) {
      await this.bookings.addParticipant(id, userId);
    }
    return bookingView(await this.seen(me, id));
  }

  @Delete(':id/participants/:userId')
  @HttpCode(204)
  @Answers(204, undefined, [401, 403, 404, 409])
  async removeParticipant(@Me() me: User, @Param('id') id: string, @Param('userId') userId: string): Promise<void> {
    const booking = await this.hosted(me, id);
    if (userId === booking.hostId) {
      throw new ProblemException(409, 'host-stays', 'The host cannot be removed. Cancel the booking instead.');
    }
    // Without them nothing changes, and nobody has to be asked about.
    if (!present(booking).some((each) => each.userId === userId)) throw notFound('participant');
    const remove = (): Promise<boolean> => this.bookings.removeParticipant(id, userId);
    const removed = await this.access.change({ namespace: 'exchange', id, userId }, remove);
    if (!removed) throw notFound('participant');
  }

  private async seen(me: User, id: string): Promise<BookingWithPeople> {
    const found = isUuid(id) ? await this.bookings.find(me.id, id) : null;
    if (found === null) throw notFound('booking');
    return found;
  }

  private async hosted(me: User, id: string): Promise<BookingWithPeople> {
    const found = await this.seen(me, id);
    if (found.hostId !== me.id) throw notHost('Only the host changes a booking.');
    return found;
  }
}

interface Times {
  readonly title: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly timeZone: string;
}

function toTimes(body: Times): BookingTimes;
function toTimes(body: { readonly [K in keyof Times]?: Times[K] | undefined }): Partial<BookingTimes>;
function toTimes(body: { readonly [K in keyof Times]?: Times[K] | undefined }): Partial<BookingTimes> {
  return {
    ...(body.title === undefined ? {} : { title: body.title }),
    ...(body.startsAt === undefined ? {} : { startsAt: new Date(body.startsAt) }),
    ...(body.endsAt === undefined ? {} : { endsAt: new Date(body.endsAt) }),
    ...(body.timeZone === undefined ? {} : { timeZone: body.timeZone }),
  };
}
