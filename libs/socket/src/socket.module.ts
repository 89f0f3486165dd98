import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { Absences } from './absences';
import { Admissions } from './admissions';
import { AllowanceDesk } from './allowance-desk';
import { Broker } from './broker';
import { Connections } from './connections';
import { Heartbeat } from './heartbeat';
import { LeaseKeeper } from './lease-keeper';
import { LocalBroker } from './local-broker';
import { Flusher } from './outbox';
import { SocketStats } from './socket-stats';
import { SocketGateway } from './socket.gateway';
import { StoreBatcher } from './store-batcher';
import { TopicAccess } from './topic-access';
import { TopicAllowance } from './topic-allowance.guard';
import { TopicHub } from './topic-hub';

/**
 * The engine: one authorised WebSocket at `/sock`. It needs what the given modules export: the ports `Tickets`,
 * `MessageLog`, `SessionEnds` and `AllowanceChanges`, the `SocketOptions`, and the `AllowanceRegistry`. `main.ts` adds
 * `app.useWebSocketAdapter(new SockAdapter(app))`.
 */
@Module({})
export class SocketModule {
  static forRoot({ imports }: Pick<ModuleMetadata, 'imports'>): DynamicModule {
    return {
      module: SocketModule,
      imports: imports ?? [],
      providers: [
        Absences,
        Admissions,
        AllowanceDesk,
        { provide: Broker, useClass: LocalBroker },
        Connections,
        Flusher,
        Heartbeat,
        LeaseKeeper,
        SocketGateway,
        SocketStats,
        StoreBatcher,
        TopicAccess,
        TopicAllowance,
        TopicHub,
      ],
      exports: [Admissions, SocketStats, TopicAccess],
    };
  }
}
