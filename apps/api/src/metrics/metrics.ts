import { Injectable } from '@nestjs/common';
import type { RequestHandler } from 'express';
import { Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** The figures of this process; other modules add theirs to {@link registry}. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  private readonly requests = new Histogram({
    name: 'parley_http_request_seconds',
    help: 'Duration of HTTP requests by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Counts an answer to a request that {@link measure} does not see. */
  answered(
    labels: { readonly method: string; readonly route: string; readonly status: number },
    seconds: number,
  ): void {
    this.requests.observe(labels, seconds);
  }

  readonly measure: RequestHandler = (request, response, next) => {
    const end = this.requests.startTimer({ method: request.method });
    response.once('finish', () => {
      // The route's pattern, not the address: ids would make a series each.
      const { path } = (request.route ?? {}) as { path?: unknown };
      end({ route: typeof path === 'string' ? path : 'other', status: response.statusCode });
    });
    next();
  };
}
