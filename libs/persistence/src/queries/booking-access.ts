import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { connectionPool } from '../data-source';

/** What someone may do in the topics of an exchange. */
export type ExchangeAccess = 'none' | 'read' | 'write';

/** Who may enter what: the question that the exchange's guard asks for every topic. */
@Injectable()
export class BookingAccess {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * What this user may do now. Who takes part in the booking may read and write, and only read once its exchange has
   * ended. Who was removed may do nothing, nor may anyone when the booking was cancelled or does not exist.
   *
   * @param bookingId a UUID
   */
  async toExchange(userId: string, bookingId: string): Promise<ExchangeAccess> {
    const { rows } = await connectionPool(this.dataSource).query<{ ended: boolean }>({
      name: 'access-to-exchange',
      text: `SELECT ended_at IS NOT NULL AS ended
        FROM booking_participants JOIN bookings ON bookings.id = booking_id LEFT JOIN exchanges ON exchanges.id = booking_id
        WHERE booking_id = $1 AND user_id = $2 AND removed_at IS NULL AND cancelled_at IS NULL`,
      values: [bookingId, userId],
    });
    const [row] = rows;
    if (row === undefined) return 'none';
    return row.ended ? 'read' : 'write';
  }
}
