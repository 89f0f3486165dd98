/**
 * Where the connection stands.
 *
 * - `offline`: not started, or ended with `disconnect()`
 * - `connecting`: fetching a ticket or opening the socket
 * - `connected`
 * - `waiting`: the last attempt failed or the connection was lost; the next attempt comes at `retryAt`
 * - `signed-out`: the session is over (T5); `connect()` after signing in again
 * - `closed`: the server gave this connection to a newer socket (4409); `connect()` takes a new one
 */
export type ConnectionState = 'offline' | 'connecting' | 'connected' | 'waiting' | 'signed-out' | 'closed';

export interface ConnectionStatus {
  readonly state: ConnectionState;
  /** Attempts since there was last a connection; 0 while connected. */
  readonly attempt: number;
  /** When the next attempt comes; while `waiting` only. */
  readonly retryAt?: Date;
  /** With what code the last socket was closed (RFC 6455 §7.4, `CloseCode`). */
  readonly closeCode?: number;
  /** Messages that the server has not acknowledged yet. */
  readonly queued: number;
}
