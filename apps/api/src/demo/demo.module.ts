import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import { DemoController } from './demo.controller';
import { DemoSeed } from './demo-seed';

@Module({ imports: [AuthModule], controllers: [DemoController], providers: [DemoSeed] })
export class DemoModule {}
