import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import { SocketWiringModule } from '../socket/socket-wiring.module';
import { ExchangesController } from './exchanges.controller';

@Module({ imports: [AuthModule, SocketWiringModule], controllers: [ExchangesController] })
export class ExchangesModule {}
