export { contractLimits, describeBroker } from './broker-contract';
export { FaultyMessageLog, turns, type Fault } from './faulty-message-log';
export { MemoryTickets, startEngine, type TestClient, type TestEngine } from './engine';
export { MemoryMessageLog } from './memory-message-log';
export { RawClient, type SeenFrame } from './raw-client';
