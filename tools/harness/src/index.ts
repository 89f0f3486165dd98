export { Coturn } from './coturn';
export { CutNetwork } from './cut-network';
export { FaultProxy } from './fault-proxy';
export { HttpPerson, type Answer, type ServerAddress } from './http-person';
export type { Direction, LineCondition } from './line-condition';
export { ParleyServer, workspace } from './parley-server';
export type { Cut, ProxiedConnection } from './proxied-connection';
export { RawSocket, socketUrl, type SeenFrame, type Upgrade } from './raw-socket';
