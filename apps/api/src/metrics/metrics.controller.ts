import { Controller, Get, Header, Headers, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { createHash, timingSafeEqual } from 'node:crypto';
import { CONFIG, type Config } from '../config/config';
import { ProblemException } from '../http/problem.exception';
import { Metrics } from './metrics';

/** For Prometheus (A6). */
@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  read(@Headers('authorization') authorization: string | undefined): Promise<string> {
    const { metrics } = this.config;
    if (metrics === 'closed') {
      throw new ProblemException(404, 'not-found', 'Metrics are closed in production until METRICS_TOKEN is set.');
    }
    if (metrics !== 'open' && !equal(authorization ?? '', `Bearer ${metrics.token}`)) {
      throw new ProblemException(401, 'token-required', 'Send the metrics token.', {
        headers: { 'WWW-Authenticate': 'Bearer' },
      });
    }
    return this.metrics.registry.metrics();
  }
}

function equal(given: string, wanted: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}
