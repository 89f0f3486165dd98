import { Injectable } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import { Metrics } from '../metrics/metrics';

/** What compacting whiteboards costs this node. */
@Injectable()
export class BoardMetrics {
  readonly compactions: Counter<'outcome'>;
  readonly seconds: Histogram;

  constructor({ registry }: Metrics) {
    this.compactions = new Counter({
      name: 'parley_board_compactions_total',
      help: 'Compactions of whiteboards: done, or failed and tried again later.',
      labelNames: ['outcome'],
      registers: [registry],
    });
    this.seconds = new Histogram({
      name: 'parley_board_compaction_seconds',
      help: 'Duration of those that were done, reading and writing included.',
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers: [registry],
    });
  }
}
