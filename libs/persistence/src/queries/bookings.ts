import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import { Booking, BookingParticipant } from '../entities';

/** One page of the list; a span with more bookings is cut at its end. */
const LIST = 500;

export type BookingTimes = Pick<Booking, 'title' | 'startsAt' | 'endsAt' | 'timeZone'>;

/** A booking with everyone who takes part in it or once did. */
export type BookingWithPeople = Omit<Booking, 'participants'> & {
  readonly participants: readonly (BookingParticipant & { readonly user: { readonly name: string } })[];
};

/** What became of a change. */
export type ChangeOutcome = 'done' | 'missing' | 'cancelled' | 'ends-before-start';

/** Bookings as their participants see them. */
@Injectable()
export class Bookings {
  constructor(private readonly dataSource: DataSource) {}

  /** Those of this user that touch the span, by their start. */
  async list(userId: string, span: { readonly from?: Date; readonly to?: Date }): Promise<BookingWithPeople[]> {
    const query = this.seenBy(userId).orderBy('booking.startsAt').addOrderBy('booking.id').take(LIST);
    if (span.from !== undefined) query.andWhere('booking.endsAt > :from', { from: span.from });
    if (span.to !== undefined) query.andWhere('booking.startsAt < :to', { to: span.to });
    return (await query.getMany()) as BookingWithPeople[];
  }

  /** Null for those who do not take part, as for a booking that does not exist. */
  async find(userId: string, id: string): Promise<BookingWithPeople | null> {
    return (await this.seenBy(userId).andWhere('booking.id = :id', { id }).getOne()) as BookingWithPeople | null;
  }

  /** The host takes part too, listed or not. */
  async add(hostId: string, times: BookingTimes, participantIds: readonly string[]): Promise<string> {
    return this.dataSource.transaction(async (manager) => {
      const { id } = await manager.save(Booking, { ...times, hostId, cancelledAt: null });
      const userIds = [...new Set([hostId, ...participantIds])];
      await manager.insert(
        BookingParticipant,
        userIds.map((userId) => ({ bookingId: id, userId })),
      );
      return id;
    });
  }

  async change(id: string, change: Partial<BookingTimes>): Promise<ChangeOutcome> {
    return this.dataSource.transaction(async (manager) => {
      const booking = await manager.findOne(Booking, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (booking === null) return 'missing';
      if (booking.cancelledAt !== null) return 'cancelled';
      Object.assign(booking, change);
      if (booking.endsAt <= booking.startsAt) return 'ends-before-start';
      await manager.save(booking);
      return 'done';
    });
  }

  /** Cancelling twice is once. */
  async cancel(id: string): Promise<void> {
    await this.dataSource.query('UPDATE bookings SET cancelled_at = now() WHERE id = $1 AND cancelled_at IS NULL', [
      id,
    ]);
  }

  /** Adds someone, or takes someone back who was removed. Adding twice is once. */
  async addParticipant(bookingId: string, userId: string): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO booking_participants AS p (booking_id, user_id) VALUES ($1, $2)
        ON CONFLICT (booking_id, user_id) DO UPDATE SET removed_at = NULL, added_at = now()
        WHERE p.removed_at IS NOT NULL`,
      [bookingId, userId],
    );
  }

  /** @returns whether this user took part until now */
  async removeParticipant(bookingId: string, userId: string): Promise<boolean> {
    const { affected } = await this.dataSource
      .createQueryBuilder()
      .update(BookingParticipant)
      .set({ removedAt: () => 'now()' })
      .where('booking_id = :bookingId AND user_id = :userId AND removed_at IS NULL', { bookingId, userId })
      .execute();
    return affected === 1;
  }

  private seenBy(userId: string): SelectQueryBuilder<Booking> {
    return this.dataSource
      .getRepository(Booking)
      .createQueryBuilder('booking')
      .innerJoin('booking.participants', 'mine', 'mine.userId = :userId AND mine.removedAt IS NULL', { userId })
      .leftJoinAndSelect('booking.participants', 'participant')
      .leftJoinAndSelect('participant.user', 'user');
  }
}
