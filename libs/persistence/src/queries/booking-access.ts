import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { connectionPool } from '../data-source';

/** Who may enter what: the question that the exchange's guard asks for every topic. */
@Injectable()
export class BookingAccess {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Whether this user takes part in this booking now: was not removed, and it was not cancelled. False too for a
   * booking that does not exist.
   *
   * @param bookingId a UUID
   */
  async takesPart(userId: string, bookingId: string): Promise<boolean> {
    const { rowCount } = await connectionPool(this.dataSource).query({
      name: 'takes-part',
      text: `SELECT FROM booking_participants JOIN bookings ON id = booking_id
        WHERE booking_id = $1 AND user_id = $2 AND removed_at IS NULL AND cancelled_at IS NULL`,
      values: [bookingId, userId],
    });
    return rowCount === 1;
  }
}
