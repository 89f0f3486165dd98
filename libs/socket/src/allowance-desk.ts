import { Inject, Injectable, Logger } from '@nestjs/common';
import { AllowanceRegistry, type Intent } from '@parley/allowances/contract';
import type { Topic } from '@parley/protocol';
import type { Connection } from './connection';
import { SOCKET_OPTIONS, type SocketOptions } from './socket-options';
import { within } from './within';

/** Shortest share of a full lease that is given, so that leases granted together do not run out together. */
const LEAST_SHARE = 0.75;

/** `unknown`: the guard failed or was late. It lets nobody in (S5), but it is no reason to throw someone out. */
export type Answer = 'yes' | 'no' | 'unknown';

/** Asks guards, and remembers what they allowed for as long as a lease lasts (S5, S6). */
@Injectable()
export class AllowanceDesk {
  private readonly logger = new Logger(AllowanceDesk.name);

  constructor(
    private readonly registry: AllowanceRegistry,
    @Inject(SOCKET_OPTIONS) private readonly options: SocketOptions,
  ) {}

  /** Whether the connection may do this now; a lease that still holds spares the question. */
  async allows(connection: Connection, topic: Topic, intent: Intent): Promise<Answer> {
    return connection.leases.until(topic.name, intent) > performance.now()
      ? 'yes'
      : this.renew(connection, topic, intent);
  }

  /** Asks the guard, whatever was allowed before. */
  async renew(connection: Connection, topic: Topic, intent: Intent): Promise<Answer> {
    const asked = performance.now();
    const answer = await this.ask(connection, topic, intent);
    if (answer === 'yes') {
      const share = LEAST_SHARE + Math.random() * (1 - LEAST_SHARE);
      connection.leases.grant(topic.name, intent, asked + this.options.limits.leaseMs * share);
    }
    return answer;
  }

  private async ask({ principal }: Connection, topic: Topic, intent: Intent): Promise<Answer> {
    const { guardTimeoutMs } = this.options.limits;
    const user = { id: principal.userId, name: principal.name };
    try {
      const answer = await within(guardTimeoutMs, this.registry.ask({ user, topic, intent }), 'late');
      if (answer !== 'late') return answer ? 'yes' : 'no';
      this.logger.warn(`The guard of '${topic.namespace}' took over ${guardTimeoutMs} ms.`);
    } catch (error) {
      this.logger.error(`The guard of '${topic.namespace}' failed.`, error);
    }
    return 'unknown';
  }
}
