import { Module, type DynamicModule } from '@nestjs/common';
import { PersistenceModule } from '@parley/persistence';
import type { DataSource } from 'typeorm';
import { AuthModule } from './auth/auth.module';
import { BoardsModule } from './boards/boards.module';
import { BookingsModule } from './bookings/bookings.module';
import { CallsModule } from './calls/calls.module';
import type { Config } from './config/config';
import { ConfigModule } from './config/config.module';
import { DemoModule } from './demo/demo.module';
import { ExchangesModule } from './exchanges/exchanges.module';
import { FilesModule } from './files/files.module';
import { HealthModule } from './health/health.module';
import { logging } from './http/logging';
import { MetricsModule } from './metrics/metrics.module';
import { SocketWiringModule } from './socket/socket-wiring.module';

/** Everything that the server is made of. */
@Module({})
export class AppModule {
  static with(config: Config, dataSource: DataSource): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        logging(config),
        PersistenceModule.forRoot(dataSource),
        AuthModule,
        BoardsModule,
        BookingsModule,
        CallsModule,
        ExchangesModule,
        FilesModule,
        HealthModule,
        MetricsModule,
        SocketWiringModule,
        ...(config.demo ? [DemoModule] : []),
      ],
    };
  }
}
