import { Module } from '@nestjs/common';
import { PostgresMessageLog } from '@parley/persistence';
import { AllowanceChanges, MessageLog, SOCKET_OPTIONS, SessionEnds, Tickets, type SocketOptions } from '@parley/socket';
import { AuthModule } from '../auth/auth.module';
import { SessionWatch } from '../auth/session-watch';
import { CONFIG, type Config } from '../config/config';
import { AllowanceWatch } from './allowance-watch';
import { TicketOffice } from './ticket-office';

/** Binds what the engine asks for to what this server has. */
@Module({
  imports: [AuthModule],
  providers: [
    AllowanceWatch,
    TicketOffice,
    { provide: AllowanceChanges, useExisting: AllowanceWatch },
    { provide: Tickets, useExisting: TicketOffice },
    { provide: SessionEnds, useExisting: SessionWatch },
    { provide: MessageLog, useExisting: PostgresMessageLog },
    {
      provide: SOCKET_OPTIONS,
      inject: [CONFIG],
      useFactory: ({ limits, origins }: Config): SocketOptions => ({ limits, origins }),
    },
  ],
  exports: [AllowanceWatch, TicketOffice, AllowanceChanges, Tickets, SessionEnds, MessageLog, SOCKET_OPTIONS],
})
export class SocketPortsModule {}
