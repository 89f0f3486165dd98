export { CutNetwork } from './cut-network';
export { HttpPerson, type Answer } from './http-person';
export { ParleyServer } from './parley-server';
export { RawSocket, socketUrl, type SeenFrame, type Upgrade } from './raw-socket';
