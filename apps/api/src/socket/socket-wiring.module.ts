import { Module } from '@nestjs/common';
import { AllowancesModule } from '@parley/allowances/contract';
import { SocketModule } from '@parley/socket';
import { allowances } from '../allowances';
import { MetricsModule } from '../metrics/metrics.module';
import { SocketMetrics } from './socket-metrics';
import { SocketPortsModule } from './socket-ports.module';

/** The engine, with this server's ports and guards. */
@Module({
  imports: [
    SocketModule.forRoot({ imports: [SocketPortsModule, AllowancesModule.forRoot(allowances)] }),
    MetricsModule,
  ],
  providers: [SocketMetrics],
})
export class SocketWiringModule {}
