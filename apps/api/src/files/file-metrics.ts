import { Injectable } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import { Metrics } from '../metrics/metrics';

/** What the files that people bring cost this node. */
@Injectable()
export class FileMetrics {
  readonly uploads: Counter<'outcome'>;
  readonly inspectionSeconds: Histogram;

  constructor({ registry }: Metrics) {
    this.uploads = new Counter({
      name: 'parley_file_uploads_total',
      help: 'Files that were sent: kept, refused, broken off, or failed.',
      labelNames: ['outcome'],
      registers: [registry],
    });
    this.inspectionSeconds = new Histogram({
      name: 'parley_file_inspection_seconds',
      help: 'Duration of looking at a file, waiting for its turn included.',
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers: [registry],
    });
  }
}
