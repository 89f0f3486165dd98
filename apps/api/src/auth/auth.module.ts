import { Module } from '@nestjs/common';
import { AccountsController } from './accounts.controller';
import { Attempts } from './attempts';
import { Passwords } from './passwords';
import { SessionController } from './session.controller';
import { SessionWatch } from './session-watch';
import { SettingsController } from './settings.controller';
import { SignIn } from './sign-in';
import { SignedIn } from './signed-in.guard';
import { TicketController } from './ticket.controller';
import { TicketOffice } from './ticket-office';
import { TicketPace } from './ticket-pace';

/** Who someone is: accounts, sessions, and the tickets that take a session to the socket. */
@Module({
  controllers: [AccountsController, SessionController, SettingsController, TicketController],
  providers: [Attempts, Passwords, SessionWatch, SignIn, SignedIn, TicketOffice, TicketPace],
  exports: [Attempts, SessionWatch, SignIn, SignedIn, TicketOffice],
})
export class AuthModule {}
