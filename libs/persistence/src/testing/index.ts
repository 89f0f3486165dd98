export { startTestPostgres, type TestPostgres } from './test-postgres';
export { SilentProxy } from './silent-proxy';
