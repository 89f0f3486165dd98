import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/**
 * Shows each request of this server to someone before all who listen for requests now.
 *
 * @param first calls `rest` for what is not its own
 */
export function letFirst(
  server: Server,
  first: (request: IncomingMessage, response: ServerResponse, rest: () => void) => void,
): void {
  const listeners = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    first(request, response, () => {
      for (const listener of listeners) listener.call(server, request, response);
    });
  });
}
