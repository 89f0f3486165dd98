import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import { ExchangesController } from './exchanges.controller';

@Module({ imports: [AuthModule], controllers: [ExchangesController] })
export class ExchangesModule {}
