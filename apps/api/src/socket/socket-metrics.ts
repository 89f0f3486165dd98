import { Injectable } from '@nestjs/common';
import { SocketStats, type SocketFigures } from '@parley/socket';
import { Counter, Gauge } from 'prom-client';
import { Metrics } from '../metrics/metrics';

const gauges = {
  connections: { name: 'parley_socket_connections', help: 'Open WebSockets.' },
  topics: { name: 'parley_socket_topics', help: 'Topics that this node holds.' },
  subscriptions: { name: 'parley_socket_subscriptions', help: 'Subscriptions over all connections.' },
} as const;

const counters = {
  storedMessages: { name: 'parley_stored_messages_total', help: 'Messages committed.' },
  storedBatches: { name: 'parley_stored_batches_total', help: 'Statements that committed them.' },
  resumed: { name: 'parley_socket_resumed_total', help: 'Connections that a new socket took up again.' },
  recovered: {
    name: 'parley_socket_recovered_total',
    help: 'Subscriptions that came back and got what they had missed.',
  },
  unrecovered: { name: 'parley_socket_unrecovered_total', help: 'Subscriptions that came back too late for that.' },
  revoked: {
    name: 'parley_socket_revoked_total',
    help: 'Subscriptions ended because the right to them was taken away.',
  },
} as const;

/** Figures that are one number. */
type Plain = Exclude<keyof SocketFigures, 'ended'>;

/** Adds the engine's figures to the server's metrics; they are read when someone asks. */
@Injectable()
export class SocketMetrics {
  constructor(stats: SocketStats, { registry }: Metrics) {
    for (const [figure, { name, help }] of Object.entries(gauges)) {
      const read = (): number => stats.read()[figure as Plain];
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      });
    }
    for (const [figure, { name, help }] of Object.entries(counters)) {
      const read = (): number => stats.read()[figure as Plain];
      new Counter({
        name,
        help,
        registers: [registry],
        collect() {
          this.reset();
          this.inc(read());
        },
      });
    }
    new Counter({
      name: 'parley_socket_ended_total',
      help: 'Connections that ended, by their close code.',
      labelNames: ['code'],
      registers: [registry],
      collect() {
        this.reset();
        for (const [code, count] of stats.read().ended) this.inc({ code }, count);
      },
    });
  }
}
