import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Booking, Exchange } from '../entities';

/** What happens in the meetings that bookings schedule. */
@Injectable()
export class Exchanges {
  constructor(private readonly dataSource: DataSource) {}

  /** Null before anyone entered. */
  find(id: string): Promise<Exchange | null> {
    return this.dataSource.getRepository(Exchange).findOneBy({ id });
  }

  /** Opens it unless it is open already or has ended; many may enter at once. */
  async open(id: string): Promise<Exchange> {
    await this.dataSource.createQueryBuilder().insert().into(Exchange).values({ id }).orIgnore().execute();
    return this.dataSource.getRepository(Exchange).findOneByOrFail({ id });
  }

  /**
   * Ends it, for all its participants. Ending twice is once. One that nobody has entered yet ends all the same: it
   * was over as soon as it began.
   *
   * @returns 'cancelled' when its booking was cancelled; then nothing is changed
   */
  end(id: string): Promise<Exchange | 'cancelled'> {
    return this.dataSource.transaction(async (manager) => {
      // The booking's row is held, so that it is not cancelled in between.
      const { cancelledAt } = await manager.findOneOrFail(Booking, {
        where: { id },
        lock: { mode: 'pessimistic_read' },
      });
      if (cancelledAt !== null) return 'cancelled';
      await manager.createQueryBuilder().insert().into(Exchange).values({ id }).orIgnore().execute();
      await manager.query('UPDATE exchanges SET ended_at = now() WHERE id = $1 AND ended_at IS NULL', [id]);
      return manager.findOneByOrFail(Exchange, { id });
    });
  }
}
