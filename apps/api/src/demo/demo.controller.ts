import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Users } from '@parley/persistence';
import { demoSignIn, session, type DemoPerson, type Session } from '@parley/protocol';
import type { Request } from 'express';
import { sessionView } from '../auth/session-view';
import { SignIn } from '../auth/sign-in';
import { Answers } from '../http/answers';
import { notFound } from '../http/problem.exception';
import { demoPeople } from './demo-people';

/** Signs a demo person in with one click. Exists only where the demo is on. */
@ApiTags('Demo')
@Controller('demo')
export class DemoController {
  constructor(
    private readonly users: Users,
    private readonly signIn: SignIn,
  ) {}

  @Post('session')
  @HttpCode(200)
  @Answers(200, session, [400])
  async begin(
    @Body({ schema: demoSignIn }) { person }: { person: DemoPerson },
    @Req() request: Request,
  ): Promise<Session> {
    const email = demoPeople.find((demo) => demo.person === person)?.email ?? '';
    const user = await this.users.findByEmail(email);
    if (user === null) throw notFound('demo person');
    await this.signIn.begin(request, user);
    return sessionView(user);
  }
}
