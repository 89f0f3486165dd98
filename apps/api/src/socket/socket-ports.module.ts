import { Module } from '@nestjs/common';
import { PostgresMessageLog } from '@parley/persistence';
import { MessageLog, SOCKET_OPTIONS, SessionEnds, Tickets, type SocketOptions } from '@parley/socket';
import { AuthModule } from '../auth/auth.module';
import { SessionWatch } from '../auth/session-watch';
import { TicketOffice } from '../auth/ticket-office';
import { CONFIG, type Config } from '../config/config';

/** Binds what the engine asks for to what this server has. */
@Module({
  imports: [AuthModule],
  providers: [
    { provide: Tickets, useExisting: TicketOffice },
    { provide: SessionEnds, useExisting: SessionWatch },
    { provide: MessageLog, useExisting: PostgresMessageLog },
    {
      provide: SOCKET_OPTIONS,
      inject: [CONFIG],
      useFactory: ({ limits, origins }: Config): SocketOptions => ({ limits, origins }),
    },
  ],
  exports: [Tickets, SessionEnds, MessageLog, SOCKET_OPTIONS],
})
export class SocketPortsModule {}
