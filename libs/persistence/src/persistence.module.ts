import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { entities } from './entities';
import { PostgresMessageLog } from './message-log/postgres-message-log';
import { AllowanceRecords } from './queries/allowance-records';
import { Boards } from './queries/boards';
import { BookingAccess } from './queries/booking-access';
import { Bookings } from './queries/bookings';
import { FileStore } from './files/file-store';
import { PostgresFileStore } from './files/postgres-file-store';
import { ExchangeFiles } from './queries/exchange-files';
import { Exchanges } from './queries/exchanges';
import { SessionRecords } from './queries/sessions';
import { TicketRecords } from './queries/tickets';
import { Users } from './queries/users';

const queries = [
  AllowanceRecords,
  Boards,
  Users,
  Bookings,
  BookingAccess,
  Exchanges,
  ExchangeFiles,
  TicketRecords,
  SessionRecords,
  PostgresMessageLog,
];

/**
 * Gives every module the queries, and Nest's own way to repositories (`@InjectRepository`) beside them, over one data
 * source that is open and migrated. Nest closes it with the application.
 */
@Module({})
export class PersistenceModule {
  static forRoot(dataSource: DataSource): DynamicModule {
    return {
      module: PersistenceModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ ...dataSource.options, retryAttempts: 0 }),
          dataSourceFactory: () => Promise.resolve(dataSource),
        }),
        TypeOrmModule.forFeature(entities),
      ],
      providers: [...queries, { provide: FileStore, useClass: PostgresFileStore }],
      exports: [TypeOrmModule, FileStore, ...queries],
    };
  }
}
