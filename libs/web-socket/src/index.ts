export { injectChannel, type InjectedChannel } from './inject-channel';
export { ParleySocket } from './parley-socket';
export type { ParleySocketOptions } from './parley-socket-options';
export { provideParleySocket } from './provide-parley-socket';
