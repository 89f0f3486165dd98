export { clientFrame } from './client-frame';
export { GENERATOR_CORE, pin, pinGenerator, pinServer, SERVER_CORE } from './cores';
export { FrameScanner, markAfter, Opcode, type Mark } from './frame-scanner';
export { cpuOf, memoryOf, withChildren } from './processes';
export { RawSocket, type RawSocketOptions } from './raw-socket';
export { LEAST_PAYLOAD_BYTES, Stamper, stampOf } from './stamps';
export { Wire, type Reader } from './wire';
