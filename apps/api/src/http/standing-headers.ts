import type { Request, RequestHandler, Response } from 'express';
import { IncomingMessage, ServerResponse, type ClientRequest } from 'node:http';
import { Socket } from 'node:net';

/**
 * What these handlers put on every answer, whatever the request, so that an answer past them has it too.
 *
 * @param handlers that do their work at once
 * @returns names and values in turns, as `writeHead` takes them
 */
export function standingHeaders(handlers: readonly RequestHandler[]): readonly string[] {
  const request = new IncomingMessage(new Socket());
  // The types know this method of requests alone; it is of all messages that go out.
  const response = new ServerResponse(request) as ServerResponse & Pick<ClientRequest, 'getRawHeaderNames'>;
  for (const handler of handlers) {
    void handler(request as Request, response as unknown as Response, (error?: unknown) => {
      if (error !== undefined) throw new Error('These headers need a request.', { cause: error });
    });
  }
  return response.getRawHeaderNames().flatMap((name) => [name, String(response.getHeader(name))]);
}
