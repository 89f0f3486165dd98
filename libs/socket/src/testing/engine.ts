import { Global, Logger, Module, type CanActivate, type INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AllowancesModule, Allowance } from '@parley/allowances/contract';
import { defaultLimits, type Limits } from '@parley/protocol';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Subject } from 'rxjs';
import { Admissions } from '../admissions';
import { Connections } from '../connections';
import {
  AllowanceChanges,
  MessageLog,
  SessionEnds,
  Tickets,
  type Admission,
  type AllowanceChange,
  type Appended,
  type NewMessage,
} from '../ports';
import { SockAdapter } from '../sock.adapter';
import { SocketModule } from '../socket.module';
import { SOCKET_OPTIONS, type SocketOptions } from '../socket-options';
import { MemoryMessageLog } from './memory-message-log';
import { RawClient } from './raw-client';

/** Tickets in memory. */
export class MemoryTickets extends Tickets {
  private readonly issued = new Map<string, Admission>();

  /** @param connectionId of a connection that is to be resumed (T4) */
  issue(
    userId: string,
    name = userId,
    sessionId = `session-of-${userId}`,
    connectionId: string = randomUUID(),
  ): { ticket: string; connectionId: string } {
    const ticket = `${connectionId}:${randomBytes(32).toString('base64url')}`;
    this.issued.set(ticket, { connectionId, principal: { userId, name, sessionId } });
    return { ticket, connectionId };
  }

  redeem({ connectionId, authCode }: { connectionId: string; authCode: string }): Promise<Admission | undefined> {
    const key = `${connectionId}:${authCode}`;
    const admission = this.issued.get(key);
    this.issued.delete(key);
    return Promise.resolve(admission);
  }
}

/** One engine's way to the log, which outlives it. */
class Reach extends MessageLog {
  cut = false;

  constructor(private readonly log: MessageLog) {
    super();
  }

  append(batch: readonly NewMessage[]): Promise<readonly Appended[]> {
    return this.cut ? never() : this.unlessCut(this.log.append(batch));
  }

  page(...query: Parameters<MessageLog['page']>): ReturnType<MessageLog['page']> {
    return this.cut ? never() : this.unlessCut(this.log.page(...query));
  }

  newest(topic: string): Promise<number> {
    return this.cut ? never() : this.unlessCut(this.log.newest(topic));
  }

  private async unlessCut<T>(answer: Promise<T>): Promise<T> {
    const value = await answer;
    return this.cut ? never() : value;
  }
}

function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}

/** Milliseconds between two looks at what the server knows. */
const LOOK_MS = 1;

export type TestClient = RawClient & { readonly connectionId: string };

/** A real server on a free port around the engine, with everything outside the engine in memory. */
export interface TestEngine {
  readonly app: INestApplication;
  readonly tickets: MemoryTickets;
  readonly log: MemoryMessageLog;
  readonly sessionEnds: Subject<string>;
  /** Announces changes of what the guard answers; a test that wants one lost announces nothing. */
  readonly allowanceChanges: Subject<AllowanceChange>;
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  /** Opens a connection of this user, or takes one up again. */
  connect(userId: string, name?: string, resume?: string): Promise<TestClient>;
  /** Resolves when the server knows that this client's socket has ended, which is later than the client does. */
  gone(client: TestClient): Promise<void>;
  /** The network breaks: no close frame, no goodbye. Resolves when the server knows it. */
  lose(client: TestClient): Promise<void>;
  /** Where the socket of a new connection is; of the same one where it may be resumed (T4). */
  ticketUrl(userId: string, resume?: string): { readonly url: string; readonly connectionId: string };
  /**
   * Ends like a process that is killed: every socket breaks, nobody says goodbye, nothing more is stored or answered. What
   * is left of it goes with {@link close}, which need not be waited for before the next engine starts on the same port.
   */
  crash(): void;
  close(): Promise<void>;
}

/** What an engine finds when it starts, for example because another one left it. */
export interface Surroundings {
  readonly log: MemoryMessageLog;
  readonly port: number;
}

/**
 * @param guard answers for the namespace `room`
 * @param limits what differs from the defaults
 * @param surroundings default: an empty log and any free port
 */
export async function startEngine(
  guard: CanActivate['canActivate'],
  limits: Partial<Limits> = {},
  surroundings: Partial<Surroundings> = {},
): Promise<TestEngine> {
  @Allowance('room')
  class RoomAllowance implements CanActivate {
    canActivate = guard;
  }

  @Module({ providers: [RoomAllowance] })
  class RoomModule {}

  const tickets = new MemoryTickets();
  const log = surroundings.log ?? new MemoryMessageLog();
  const reach = new Reach(log);
  const sessionEnds = new Subject<string>();
  const allowanceChanges = new Subject<AllowanceChange>();
  const options: SocketOptions = { limits: { ...defaultLimits, ...limits }, origins: ['https://friend.example.org'] };
  const providers = [
    { provide: Tickets, useValue: tickets },
    { provide: MessageLog, useValue: reach },
    { provide: SessionEnds, useValue: { ended$: sessionEnds } },
    { provide: AllowanceChanges, useValue: { changed$: allowanceChanges } },
    { provide: SOCKET_OPTIONS, useValue: options },
  ];

  @Global()
  @Module({ providers, exports: [Tickets, MessageLog, SessionEnds, AllowanceChanges, SOCKET_OPTIONS] })
  class PortsModule {}

  const module = await Test.createTestingModule({
    imports: [SocketModule.forRoot({ imports: [PortsModule, AllowancesModule.forRoot({ room: RoomModule })] })],
  }).compile();
  const app = module.createNestApplication();
  app.useLogger(process.env.PARLEY_TEST_LOG === undefined ? false : new Logger());
  app.useWebSocketAdapter(new SockAdapter(app));
  const server = app.getHttpServer() as Server;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await app.listen(surroundings.port ?? 0, '127.0.0.1');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const connections = app.get(Connections, { strict: false });
  const gone = async ({ connectionId }: TestClient): Promise<void> => {
    const connection = connections.find(connectionId);
    while (connection !== undefined && connections.find(connectionId) === connection) await delay(LOOK_MS);
  };
  return {
    app,
    tickets,
    log,
    sessionEnds,
    allowanceChanges,
    origin,
    async connect(userId, name, resume) {
      const { ticket, connectionId } = tickets.issue(userId, name, undefined, resume);
      const client = await RawClient.open(`${origin.replace('http', 'ws')}/sock?ticket=${ticket}`);
      return Object.assign(client, { connectionId });
    },
    gone,
    async lose(client) {
      const ended = gone(client);
      client.socket.terminate();
      await Promise.all([client.closed(), ended]);
    },
    ticketUrl(userId, resume) {
      const resumes =
        resume !== undefined && app.get(Admissions, { strict: false }).resumes(resume, `session-of-${userId}`);
      const { ticket, connectionId } = tickets.issue(userId, userId, undefined, resumes ? resume : undefined);
      return { url: `${origin.replace('http', 'ws')}/sock?ticket=${ticket}`, connectionId };
    },
    crash() {
      reach.cut = true;
      server.close();
      for (const socket of sockets) socket.destroy();
    },
    close: () => app.close(),
  };
}
