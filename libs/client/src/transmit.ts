import type { Ack, Json } from '@parley/protocol';
import type { SendOptions, VolatileOptions } from './channel';

/** `transmit` of C1, once for what is acknowledged and once for what is not. */
export interface Transmit {
  (store: boolean, action: string, topic: string, payload: Json, options?: SendOptions): Promise<Ack>;
  (store: false, action: string, topic: string, payload: Json, options: VolatileOptions): void;
}
