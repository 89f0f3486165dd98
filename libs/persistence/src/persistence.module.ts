import { Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PostgresMessageLog } from './message-log/postgres-message-log';
import { BookingAccess } from './queries/booking-access';
import { Bookings } from './queries/bookings';
import { Exchanges } from './queries/exchanges';
import { SessionRecords } from './queries/sessions';
import { TicketRecords } from './queries/tickets';
import { Users } from './queries/users';

const queries = [Users, Bookings, BookingAccess, Exchanges, TicketRecords, SessionRecords, PostgresMessageLog];

/** Gives every module the queries, over one data source that whoever starts the server opens and closes. */
@Module({})
export class PersistenceModule {
  static forRoot(dataSource: DataSource): DynamicModule {
    return {
      module: PersistenceModule,
      global: true,
      providers: [{ provide: DataSource, useValue: dataSource }, ...queries],
      exports: [DataSource, ...queries],
    };
  }
}
