export * from './entities';
export { connectionPool, createDataSource, migrate, type DatabaseOptions } from './data-source';
export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded/embedded-postgres';
export { EmbeddedPostgresError } from './embedded/embedded-postgres-error';
export { takeServerLock, type ServerLock } from './embedded/server-lock';
export { Gathered } from './gathered';
export { PostgresMessageLog } from './message-log/postgres-message-log';
export { PersistenceModule } from './persistence.module';
export { ALLOWANCE_CHANGED_CHANNEL, AllowanceRecords, type AllowanceRecord } from './queries/allowance-records';
export {
  Boards,
  type BoardMerge,
  type BoardRead,
  type BoardRow,
  type Compaction,
  type MergedRows,
} from './queries/boards';
export { BookingAccess, type ExchangeAccess } from './queries/booking-access';
export { Bookings, type BookingTimes, type BookingWithPeople, type ChangeOutcome } from './queries/bookings';
export { FileStore, type ByteSpan } from './files/file-store';
export { PostgresFileStore } from './files/postgres-file-store';
export { ExchangeFiles, type FileRefusal, type FileRemoval, type NewFile } from './queries/exchange-files';
export { Exchanges } from './queries/exchanges';
export { SESSION_ENDED_CHANNEL, SessionRecords } from './queries/sessions';
export { TicketRecords, type TicketBearer, type TicketSession } from './queries/tickets';
export { Users } from './queries/users';
export { listen, type Listener, type ListenerEvents } from './listener';
