import type { Ticket } from '@parley/protocol';
import type { Observable } from 'rxjs';
import type { Clock } from './clock';
import type { MessageKeep } from './message-keep';
import type { WebSocketLike } from './web-socket-like';

/** What a {@link SocketClient} is made of. Only `ticket` and `url` are needed. */
export interface SocketClientOptions {
  /**
   * Fetches a ticket: `POST /api/ticket`, with `{ resume }` when there is one (T1, T4). Called for every attempt, since a
   * ticket works once. Reject with `SignedOutError` for a 401: then the client stops; after any other error it tries again.
   */
  readonly ticket: (resume: string | undefined) => Promise<Ticket>;
  /** Where the socket is, for example `wss://parley.example.org/sock`. `?ticket=…` is added. */
  readonly url: string | (() => string);
  /** Opens a socket. Default: the platform's `WebSocket`. */
  readonly webSocket?: (url: string) => WebSocketLike;
  /**
   * Reconnecting: exponential with full jitter (C2). The first wait takes up to `min` milliseconds, each further one up to
   * twice as long, none longer than `max`; all of them at least 100 ms. Default: 500 and 30,000. After a server's restart
   * (1012) the first attempt comes at any time within 3 s, or when the server said (L4).
   */
  readonly backoff?: { readonly min: number; readonly max: number };
  /** Milliseconds that a ticket and the opening of the socket may take together. Default: 15,000. */
  readonly connectTimeout?: number;
  /** Milliseconds without a word from the server after which the client reconnects (L3). Default: 40,000. */
  readonly silence?: number;
  /**
   * What is sent at most, kept below the server's limits (L1) so that normal use never meets them. `inFlight` is the
   * number of messages of one topic that may wait for their ack at the same time; with 1, a server whose limits are lower
   * than these can never change their order, at the price of one round trip a message. Default: 48 messages a second, 60 at
   * once, 32 in flight.
   */
  readonly rate?: { readonly perSecond: number; readonly burst: number; readonly inFlight: number };
  /** The same for volatile messages, which the server counts apart; what is over is dropped. Default: 96 a second, 120 at once. */
  readonly volatileRate?: { readonly perSecond: number; readonly burst: number };
  /** What waits for an ack at most, over all topics. Default: 1,000 messages, 8 million characters as JSON. */
  readonly queue?: { readonly messages: number; readonly characters: number };
  /**
   * Where stored messages that wait for their ack outlive the page, for the user whom `identify()` names. Default:
   * nowhere. See `keepIn`.
   */
  readonly keep?: MessageKeep;
  /**
   * Emits when a connection may be possible again, so waiting is pointless. Default: the browser's `online` and the tab
   * coming to the front; nothing in Node.
   */
  readonly wake?: Observable<unknown>;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** From 0 (inclusive) to 1. Default: `Math.random`. */
  readonly random?: () => number;
}
