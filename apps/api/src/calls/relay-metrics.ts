import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Metrics } from '../metrics/metrics';
import { Relay } from './relay';

/** Adds the relay to the server's metrics; it is asked when someone reads them. */
@Injectable()
export class RelayMetrics {
  constructor(relay: Relay, { registry }: Metrics) {
    new Gauge({
      name: 'parley_relay_up',
      help: 'Whether the relay for calls answers (1) or not (0); no value where none is configured.',
      registers: [registry],
      async collect() {
        const state = await relay.state();
        if (state === 'not configured') this.remove();
        else this.set(state === 'up' ? 1 : 0);
      },
    });
  }
}
