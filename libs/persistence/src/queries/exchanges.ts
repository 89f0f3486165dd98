import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Exchange } from '../entities';

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
}
