export { FakeClock } from './fake-clock';
export { FakeConnection, type FakeUser } from './fake-connection';
export { FakeServer, type FakeServerOptions } from './fake-server';
export { FakeTopic } from './fake-topic';
export { MemorySocket, type FarEnd } from './memory-socket';
export { MemoryStorage } from './memory-storage';
