import { Module } from '@nestjs/common';
import { AccountsController } from './accounts.controller';
import { Attempts } from './attempts';
import { Passwords } from './passwords';
import { SessionController } from './session.controller';
import { SessionWatch } from './session-watch';
import { SettingsController } from './settings.controller';
import { SignIn } from './sign-in';
import { SignedIn } from './signed-in.guard';

/** Who someone is: accounts and sessions. */
@Module({
  controllers: [AccountsController, SessionController, SettingsController],
  providers: [Attempts, Passwords, SessionWatch, SignIn, SignedIn],
  exports: [Attempts, SessionWatch, SignIn, SignedIn],
})
export class AuthModule {}
