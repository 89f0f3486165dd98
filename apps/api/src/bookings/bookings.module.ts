import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import { SocketWiringModule } from '../socket/socket-wiring.module';
import { BookingsController } from './bookings.controller';
import { Invitations } from './invitations';

@Module({ imports: [AuthModule, SocketWiringModule], controllers: [BookingsController], providers: [Invitations] })
export class BookingsModule {}
