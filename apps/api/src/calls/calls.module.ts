import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import { MetricsModule } from '../metrics/metrics.module';
import { IceServersController } from './ice-servers.controller';
import { Relay } from './relay';
import { RelayMetrics } from './relay-metrics';

/** What calls need of the server beside the socket: relays, and credentials for them. */
@Module({
  imports: [AuthModule, MetricsModule],
  controllers: [IceServersController],
  providers: [Relay, RelayMetrics],
  exports: [Relay],
})
export class CallsModule {}
