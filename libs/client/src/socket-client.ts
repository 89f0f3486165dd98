import type { Ack, Json, ServerFrame } from '@parley/protocol';
import type { Observable } from 'rxjs';
import type { ActionMap } from './action-map';
import type { Channel, SendOptions, VolatileOptions } from './channel';
import type { ProtocolError } from './errors';
import type { SocketClientOptions } from './options';
import type { ConnectionStatus } from './status';

export declare class SocketClient {
  constructor(options: SocketClientOptions);
  readonly connectionId$: Observable<string | undefined>;
  readonly connected$: Observable<boolean>;
  readonly status$: Observable<ConnectionStatus>;
  readonly errors$: Observable<ProtocolError>;
  connect(): void;
  disconnect(): void;
  retryNow(): void;
  transmit(store: boolean, action: string, topic: string, payload: Json, options?: SendOptions): Promise<Ack>;
  transmit(store: false, action: string, topic: string, payload: Json, options: VolatileOptions): void;
  subscribe<T extends Json = Json>(topic: string): Observable<ServerFrame<T>>;
  channel<M extends ActionMap<M>>(topic: string): Channel<M>;
}
