import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import { BookingsController } from './bookings.controller';
import { Invitations } from './invitations';

@Module({ imports: [AuthModule], controllers: [BookingsController], providers: [Invitations] })
export class BookingsModule {}
