import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import { CallsModule } from '../calls/calls.module';
import { SocketPortsModule } from '../socket/socket-ports.module';
import { HealthController } from './health.controller';

@Module({ imports: [AuthModule, CallsModule, SocketPortsModule], controllers: [HealthController] })
export class HealthModule {}
