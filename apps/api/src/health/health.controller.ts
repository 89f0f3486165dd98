import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { SessionWatch } from '../auth/session-watch';
import { Relay } from '../calls/relay';
import { databaseAnswers } from '../database';
import { Answers } from '../http/answers';
import { AllowanceWatch } from '../socket/allowance-watch';

const state = z.enum(['up', 'down']);
const health = z.object({
  status: state,
  dependencies: z.object({ database: state, sessionEnds: state, allowanceChanges: state }),
  relay: z.enum(['up', 'down', 'not configured']),
});
const liveness = z.object({ status: state });

/** For those who watch the server (A6). */
@ApiTags('Operation')
@Controller('health')
export class HealthController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sessions: SessionWatch,
    private readonly allowances: AllowanceWatch,
    private readonly relay: Relay,
  ) {}

  /**
   * Whether it can do its work, and which dependency keeps it from that: 503 when one does. `relay` never does: without it
   * calls connect directly where they can, and everything else works.
   */
  @Get()
  @Answers(200, health)
  @Answers(503, health)
  async ready(@Res({ passthrough: true }) response: Response): Promise<z.infer<typeof health>> {
    const [database, relay] = await Promise.all([databaseAnswers(this.dataSource), this.relay.state()]);
    const dependencies = {
      database: stateOf(database),
      sessionEnds: stateOf(this.sessions.listening),
      allowanceChanges: stateOf(this.allowances.listening),
    };
    const status = stateOf(Object.values(dependencies).every((each) => each === 'up'));
    response.status(status === 'up' ? 200 : 503);
    return { status, dependencies, relay };
  }

  /** Whether the process answers at all; restarting it helps when it does not. */
  @Get('live')
  @Answers(200, liveness)
  live(): z.infer<typeof liveness> {
    return { status: 'up' };
  }
}

function stateOf(up: boolean): z.infer<typeof state> {
  return up ? 'up' : 'down';
}
