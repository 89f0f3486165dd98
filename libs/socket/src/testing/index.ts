export { contractLimits, describeBroker } from './broker-contract';
export { MemoryTickets, startEngine, type TestEngine } from './engine';
export { MemoryMessageLog } from './memory-message-log';
export { RawClient, type SeenFrame } from './raw-client';
