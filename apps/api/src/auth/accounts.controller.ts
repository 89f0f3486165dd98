import { Body, Controller, Inject, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Users } from '@parley/persistence';
import { registration, session, type Registration, type Session } from '@parley/protocol';
import type { Request } from 'express';
import { CONFIG, type Config } from '../config/config';
import { Answers } from '../http/answers';
import { ProblemException } from '../http/problem.exception';
import { Attempts } from './attempts';
import { Passwords } from './passwords';
import { sessionView } from './session-view';
import { SignIn } from './sign-in';

/** Accounts of this server's own (A1). */
@ApiTags('Accounts')
@Controller('accounts')
export class AccountsController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly users: Users,
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
    private readonly signIn: SignIn,
  ) {}

  /** Registers, and signs in. */
  @Post()
  @Answers(201, session, [400, 403, 409, 429])
  async register(@Body({ schema: registration }) body: Registration, @Req() request: Request): Promise<Session> {
    if (!this.config.registration) {
      throw new ProblemException(403, 'registration-closed', 'New accounts are made by the one who runs this server.');
    }
    await this.attempts.register(request.ip ?? '');
    const { email, name } = body;
    // Before looking whether the address is taken: so both answers take the same time.
    const passwordHash = await this.passwords.hash(body.password);
    const user = await this.users.add({ email, name, passwordHash });
    if (user === undefined) {
      throw new ProblemException(409, 'email-taken', 'There is an account with this address. Sign in instead.', {
        errors: [{ field: 'email', message: 'There is an account with this address. Sign in instead.' }],
      });
    }
    await this.signIn.begin(request, user);
    return sessionView(user);
  }
}
