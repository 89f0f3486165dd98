export * from './entities';
export { connectionPool, createDataSource, migrate, type DatabaseOptions } from './data-source';
export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded/embedded-postgres';
export { EmbeddedPostgresError } from './embedded/embedded-postgres-error';
export { takeServerLock, type ServerLock } from './embedded/server-lock';
export { PostgresMessageLog } from './message-log/postgres-message-log';
