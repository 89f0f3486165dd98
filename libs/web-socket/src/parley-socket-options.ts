import { InjectionToken } from '@angular/core';
import type { SocketClientOptions } from '@parley/client';

/** What {@link provideParleySocket} may be told; each is optional. Default of `keep`: the tab's `sessionStorage`. */
export interface ParleySocketOptions extends Partial<SocketClientOptions> {
  /** Where tickets come from, when `ticket` is not given (T1). Default: `/api/ticket`. */
  readonly ticketUrl?: string;
}

export const PARLEY_SOCKET_OPTIONS = new InjectionToken<ParleySocketOptions>('Parley socket options', {
  factory: () => ({}),
});
