import { Module } from '@nestjs/common';
import { AllowancesModule } from '@parley/allowances/contract';
import { SocketModule } from '@parley/socket';
import { allowances } from '../allowances';
import { AuthModule } from '../auth/auth.module';
import { MetricsModule } from '../metrics/metrics.module';
import { SocketMetrics } from './socket-metrics';
import { SocketPortsModule } from './socket-ports.module';
import { TicketController } from './ticket.controller';
import { TicketPace } from './ticket-pace';
import { TicketWindow } from './ticket-window';

/** The engine, with this server's ports and guards, and the tickets that take a session to it. */
@Module({
  imports: [
    SocketModule.forRoot({ imports: [SocketPortsModule, AllowancesModule.forRoot(allowances)] }),
    AuthModule,
    MetricsModule,
    SocketPortsModule,
  ],
  controllers: [TicketController],
  providers: [SocketMetrics, TicketPace, TicketWindow],
  exports: [SocketModule, SocketPortsModule],
})
export class SocketWiringModule {}
