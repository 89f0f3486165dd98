import { DestroyRef, DOCUMENT, inject, Injectable, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { fetchTicket, keepIn, SocketClient, type ActionMap, type Channel, type ConnectionStatus } from '@parley/client';
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
  /** The name under which the others know this client: it stays while a lost connection is made again. */
  readonly connectionId: Signal<string | undefined>;
  /** Everything that went wrong, for a log. */
  readonly errors: Observable<Error>;

  constructor() {
    const document = inject(DOCUMENT);
    const { location } = document;
    const { ticketUrl, ...options } = inject(PARLEY_SOCKET_OPTIONS);
    this.client = new SocketClient({
      ticket: fetchTicket(ticketUrl),
      // https becomes wss, http ws.
      url: () => new URL('/sock', location.href.replace(/^http/, 'ws')).href,
      keep: keepIn(() => storageOf(document)),
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

  /** Says who is signed in: see {@link SocketClient.identify}. Call it before the first topic is observed. */
  identify(userId: string): void {
    this.client.identify(userId);
  }

  /** Ends the connection; what is kept stays, for the next `connect()`. */
  disconnect(): void {
    this.client.disconnect();
  }

  /** Call it when the user signs out: the connection ends, and what waits or was kept is forgotten. */
  signOut(): void {
    this.client.signOut();
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

/** The tab's own: with one that all tabs share, each would show and send what waits in another. */
function storageOf({ defaultView }: Document): Storage {
  if (defaultView === null) throw new Error('Without a window nothing outlives the page.');
  return defaultView.sessionStorage;
}
