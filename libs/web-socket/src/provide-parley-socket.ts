import { makeEnvironmentProviders, type EnvironmentProviders } from '@angular/core';
import { PARLEY_SOCKET_OPTIONS, type ParleySocketOptions } from './parley-socket-options';
import { ParleySocket } from './parley-socket';

/**
 * The app's one socket. Without options it goes to the server that served the page: `/sock`, tickets from `/api/ticket`.
 *
 * @example bootstrapApplication(App, { providers: [provideParleySocket()] });
 */
export function provideParleySocket(options: ParleySocketOptions = {}): EnvironmentProviders {
  return makeEnvironmentProviders([{ provide: PARLEY_SOCKET_OPTIONS, useValue: options }, ParleySocket]);
}
