import { Logger, type INestApplicationContext } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import type { MessageMappingProperties } from '@nestjs/websockets';
import { CloseCode, type Draining } from '@parley/protocol';
import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type ServerOptions, type WebSocket } from 'ws';
import { Admissions, type Refusal } from './admissions';
import { Connection } from './connection';
import { FrameDispatch } from './frame-dispatch';
import { Flusher, Outbox } from './outbox';
import type { Admission } from './ports';
import { SOCKET_OPTIONS, SOCK_PATH, type SocketOptions } from './socket-options';
import { StoreBatcher } from './store-batcher';
import { TopicHub } from './topic-hub';
import { within } from './within';

/** Milliseconds that a peer has to answer a close frame; a slow reader finds it behind what it did not read. */
const CLOSE_TIMEOUT_MS = 10_000;

/** The same while the whole server ends: those who are late find out by themselves. */
const SHUTDOWN_TIMEOUT_MS = 2_000;

/**
 * Nest's way to the engine. Unlike the stock `WsAdapter` it answers an upgrade only after the ticket was redeemed,
 * leaves other paths alone, handles one connection's frames strictly in order, and answers what it does not
 * understand.
 */
export class SockAdapter extends WsAdapter {
  private readonly log = new Logger(SockAdapter.name);
  private readonly admissions: Admissions;
  private readonly options: SocketOptions;
  private readonly flusher: Flusher;
  private readonly sockets = new Map<Connection, WebSocket>();
  private readonly dispatches = new Map<Connection, FrameDispatch>();
  private readonly batcher: StoreBatcher;
  private readonly hub: TopicHub;

  constructor(app: INestApplicationContext) {
    super(app);
    this.admissions = app.get(Admissions, { strict: false });
    this.batcher = app.get(StoreBatcher, { strict: false });
    this.hub = app.get(TopicHub, { strict: false });
    this.flusher = app.get(Flusher, { strict: false });
    this.options = app.get<SocketOptions>(SOCKET_OPTIONS, { strict: false });
  }

  override create(): WebSocketServer {
    const options: ServerOptions & { readonly closeTimeout: number } = {
      noServer: true,
      maxPayload: this.options.limits.frameBytes,
      perMessageDeflate: false,
      clientTracking: false,
      // None is spoken, whatever a client offers.
      handleProtocols: () => false,
      // Newer than its types.
      closeTimeout: CLOSE_TIMEOUT_MS,
    };
    const server = new WebSocketServer(options);
    server.on('wsClientError', ({ message }: Error, socket: Duplex) => {
      refuse(socket, { status: 400, code: 'malformed', message });
    });
    const http = this.httpServer as Server;
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      // First of all: an error without a listener would end the process.
      socket.on('error', () => socket.destroy());
      if ((request.url ?? '').split('?', 1)[0] === SOCK_PATH) void this.upgrade(server, request, socket, head);
      else if (http.listenerCount('upgrade') === 1)
        refuse(socket, { status: 404, code: 'not-found', message: 'No socket here.' });
    });
    return server;
  }

  override bindClientConnect(server: WebSocketServer, callback: (connection: Connection) => void): void {
    server.on('connection', callback);
  }

  override bindClientDisconnect(connection: Connection, callback: (code: string) => void): void {
    this.sockets.get(connection)?.once('close', (code) => {
      callback(String(code));
    });
  }

  override bindMessageHandlers(connection: Connection, handlers: MessageMappingProperties[]): void {
    const webSocket = this.sockets.get(connection);
    if (webSocket === undefined) return;
    const dispatch = new FrameDispatch(connection, this.hub, handlers, this.options.limits, webSocket);
    this.dispatches.set(connection, dispatch);
    webSocket.on('message', (data: RawData, isBinary: boolean) => {
      // What still comes behind a close would only fill the queue.
      if (!connection.open) return;
      connection.lastHeard = performance.now();
      if (isBinary) connection.close(CloseCode.badFrames, 'Frames are text.');
      // With the default binaryType ws hands over one Buffer.
      else dispatch.take((data as Buffer).toString('utf8'));
      this.flusher.relieve();
    });
    webSocket.once('close', () => {
      this.dispatches.delete(connection);
      dispatch.close();
    });
  }

  /**
   * Nest calls it when the application closes (L4): nobody else comes in, no further frame is taken, everyone hears when
   * to come back, what was taken is written and told to everyone, and only then every connection ends with a close frame.
   */
  override async close(server: WebSocketServer): Promise<void> {
    this.admissions.drain();
    for (const dispatch of this.dispatches.values()) dispatch.close();
    for (const connection of this.sockets.keys()) {
      const draining: Draining = { reconnectIn: Math.round(Math.random() * this.options.limits.drainSpreadMs) };
      connection.tell('drain', draining);
    }
    await within(SHUTDOWN_TIMEOUT_MS, this.batcher.idle, undefined);
    const ends = [...this.sockets.values()].map(
      (webSocket) => new Promise<void>((resolve) => webSocket.once('close', () => resolve())),
    );
    for (const connection of this.sockets.keys()) connection.close(CloseCode.restarting, 'The server is restarting.');
    const impatient = setTimeout(() => {
      for (const connection of this.sockets.keys()) connection.terminate();
    }, SHUTDOWN_TIMEOUT_MS);
    await Promise.all(ends);
    clearTimeout(impatient);
    server.close();
  }

  private async upgrade(
    server: WebSocketServer,
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> {
    const verdict = await this.admissions.decide(request);
    if (socket.destroyed) return;
    if ('refusal' in verdict) {
      refuse(socket, verdict.refusal);
      return;
    }
    server.handleUpgrade(request, socket, head, (webSocket) => {
      this.welcome(server, webSocket, socket, verdict.admission);
    });
  }

  private welcome(
    server: WebSocketServer,
    webSocket: WebSocket,
    socket: Duplex,
    { connectionId, principal }: Admission,
  ): void {
    const connection = new Connection(
      connectionId,
      principal,
      webSocket,
      new Outbox(socket, this.flusher, this.options.limits.outboxBytes),
      this.options.limits,
    );
    // ws closes by itself after an error, for example with 1009 after a frame that is too large.
    webSocket.on('error', (error) => {
      this.log.debug(`Connection ${connectionId}: ${error.message}`);
    });
    this.sockets.set(connection, webSocket);
    webSocket.once('close', () => {
      this.sockets.delete(connection);
    });
    server.emit('connection', connection);
  }
}

function refuse(socket: Duplex, refusal: Refusal | { status: 404; code: string; message: string }): void {
  const { status, code, message } = refusal;
  const body = JSON.stringify({ code, message });
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Cache-Control: no-store\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
