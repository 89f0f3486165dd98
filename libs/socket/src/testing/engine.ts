import { Global, Logger, Module, type CanActivate, type INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AllowancesModule, Allowance } from '@parley/allowances/contract';
import { defaultLimits, type Limits } from '@parley/protocol';
import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Subject } from 'rxjs';
import { AllowanceChanges, MessageLog, SessionEnds, Tickets, type Admission, type AllowanceChange } from '../ports';
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
  connect(userId: string, name?: string, resume?: string): Promise<RawClient & { readonly connectionId: string }>;
  close(): Promise<void>;
}

/**
 * @param guard answers for the namespace `room`
 * @param limits what differs from the defaults
 */
export async function startEngine(
  guard: CanActivate['canActivate'],
  limits: Partial<Limits> = {},
): Promise<TestEngine> {
  @Allowance('room')
  class RoomAllowance implements CanActivate {
    canActivate = guard;
  }

  @Module({ providers: [RoomAllowance] })
  class RoomModule {}

  const tickets = new MemoryTickets();
  const log = new MemoryMessageLog();
  const sessionEnds = new Subject<string>();
  const allowanceChanges = new Subject<AllowanceChange>();
  const options: SocketOptions = { limits: { ...defaultLimits, ...limits }, origins: ['https://friend.example.org'] };
  const providers = [
    { provide: Tickets, useValue: tickets },
    { provide: MessageLog, useValue: log },
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
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
  const origin = `http://127.0.0.1:${port}`;
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
    close: () => app.close(),
  };
}
