import type { Limits } from '@parley/protocol';

/** How the engine is set up. Every value is the service's configuration. */
export interface SocketOptions {
  readonly limits: Limits;
  /**
   * Origins besides the server's own whose pages may open a socket, like `https://meet.example.org` (T3). A client
   * that sends no Origin is not a browser and needs nothing but its ticket.
   */
  readonly origins: readonly string[];
}

/** Nest's token for {@link SocketOptions}. */
export const SOCKET_OPTIONS = Symbol('parley:socket-options');

/** The path of the socket. */
export const SOCK_PATH = '/sock';
