import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { connectionPool } from '../data-source';
import { Gathered } from '../gathered';

/** What someone may do in the topics of an exchange. */
export type ExchangeAccess = 'none' | 'read' | 'write';

interface Question {
  readonly userId: string;
  readonly bookingId: string;
}

/** They only read. */
const LANES = 4;

/** Who may enter what: the question that the exchange's guard asks for every topic. */
@Injectable()
export class BookingAccess {
  private readonly questions = new Gathered((questions: readonly Question[]) => this.ask(questions), LANES);

  constructor(private readonly dataSource: DataSource) {}

  /**
   * What this user may do now. Who takes part in the booking may read and write, and only read once its exchange has
   * ended. Who was removed may do nothing, nor may anyone when the booking was cancelled or does not exist.
   *
   * @param bookingId a UUID
   */
  toExchange(userId: string, bookingId: string): Promise<ExchangeAccess> {
    return this.questions.one({ userId, bookingId });
  }

  private async ask(questions: readonly Question[]): Promise<readonly ExchangeAccess[]> {
    const { rows } = await connectionPool(this.dataSource).query<{ place: string; ended: boolean }>({
      name: 'access-to-exchanges',
      text: `SELECT place, ended_at IS NOT NULL AS ended
        FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS asked (booking, person, place)
        JOIN booking_participants ON booking_id = asked.booking AND user_id = asked.person
        JOIN bookings ON bookings.id = booking_id LEFT JOIN exchanges ON exchanges.id = booking_id
        WHERE removed_at IS NULL AND cancelled_at IS NULL`,
      values: [questions.map(({ bookingId }) => bookingId), questions.map(({ userId }) => userId)],
    });
    const answers = questions.map((): ExchangeAccess => 'none');
    for (const { place, ended } of rows) answers[Number(place) - 1] = ended ? 'read' : 'write';
    return answers;
  }
}
