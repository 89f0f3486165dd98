import { DestroyRef, DOCUMENT, inject, Injectable, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { fetchTicket, SocketClient, type ActionMap, type Channel, type ConnectionStatus } from '@parley/client';
import type { Observable } from 'rxjs';
import { PARLEY_SOCKET_OPTIONS } from './parley-socket-options';

/**
 * The app's one connection to Parley. It connects when the first topic is observed (or with `connect()`), and closes
 * with its injector.
 */
@Injectable()
export class ParleySocket {
  /** The client itself, for whatever has no signal here. */
  readonly client: SocketClient;
  readonly status: Signal<ConnectionStatus>;
  readonly connected: Signal<boolean>;
  /** The name of the present connection; undefined while there is none. */
  readonly connectionId: Signal<string | undefined>;
  /** Everything that went wrong, for a log. */
  readonly errors: Observable<Error>;

  constructor() {
    const { location } = inject(DOCUMENT);
    const { ticketUrl, ...options } = inject(PARLEY_SOCKET_OPTIONS);
    this.client = new SocketClient({
      ticket: fetchTicket(ticketUrl),
      // https becomes wss, http ws.
      url: () => new URL('/sock', location.href.replace(/^http/, 'ws')).href,
      ...options,
    });
    this.status = toSignal(this.client.status$, { requireSync: true });
    this.connected = toSignal(this.client.connected$, { requireSync: true });
    this.connectionId = toSignal(this.client.connectionId$, { requireSync: true });
    this.errors = this.client.errors$;
    inject(DestroyRef).onDestroy(() => this.client.disconnect());
  }

  /** Connects, unless that is under way. Needed again after `disconnect()` where topics stayed observed. */
  connect(): void {
    this.client.connect();
  }

  /** Call it when the user signs out: the connection ends, and nothing that waits is sent as somebody else. */
  disconnect(): void {
    this.client.disconnect();
  }

  /** While waiting for the next attempt: makes it now. */
  retryNow(): void {
    this.client.retryNow();
  }

  /** See {@link SocketClient.channel}. Within a component `injectChannel` is shorter: it ends with the component. */
  channel<M extends ActionMap<M>>(topic: string): Channel<M> {
    return this.client.channel<M>(topic);
  }
}
