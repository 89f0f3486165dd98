import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Users, type User } from '@parley/persistence';
import { credentials, session, type Credentials, type Session } from '@parley/protocol';
import type { Request, Response } from 'express';
import { Answers } from '../http/answers';
import { ProblemException } from '../http/problem.exception';
import { Attempts } from './attempts';
import { Passwords } from './passwords';
import { sessionView } from './session-view';
import { SignIn } from './sign-in';
import { Me, SignedIn } from './signed-in.guard';

/** The browser's session (A1). */
@ApiTags('Session')
@Controller('session')
export class SessionController {
  constructor(
    private readonly users: Users,
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
    private readonly signIn: SignIn,
  ) {}

  @Get()
  @UseGuards(SignedIn)
  @Answers(200, session, [401])
  read(@Me() me: User): Session {
    return sessionView(me);
  }

  /** Signs in. An unknown address and a wrong password are answered alike, and take the same time. */
  @Post()
  @HttpCode(200)
  @Answers(200, session, [400, 401, 429])
  async begin(@Body({ schema: credentials }) body: Credentials, @Req() request: Request): Promise<Session> {
    const attemptSucceeded = await this.attempts.signIn(request.ip ?? '', body.email);
    const user = await this.users.findByEmail(body.email);
    const matches = await this.passwords.matches(user?.passwordHash ?? null, body.password);
    if (user === null || !matches) {
      throw new ProblemException(401, 'wrong-credentials', 'The address or the password is wrong.');
    }
    await attemptSucceeded();
    await this.signIn.begin(request, user);
    return sessionView(user);
  }

  /** Signs out, here and on the sockets of this session (T5). Signing out twice is once. */
  @Delete()
  @HttpCode(204)
  @Answers(204, undefined)
  async end(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.signIn.end(request, response);
  }
}
