import { Inject, Injectable, Logger } from '@nestjs/common';
import { AllowanceRegistry, type Intent } from '@parley/allowances/contract';
import type { Topic } from '@parley/protocol';
import type { Connection } from './connection';
import { SOCKET_OPTIONS, type SocketOptions } from './socket-options';

/** Shortest share of a full lease that is given, so that leases granted together do not run out together. */
const LEAST_SHARE = 0.75;

/** Asks guards, and remembers what they allowed for as long as a lease lasts (S5, S6). */
@Injectable()
export class AllowanceDesk {
  private readonly logger = new Logger(AllowanceDesk.name);

  constructor(
    private readonly registry: AllowanceRegistry,
    @Inject(SOCKET_OPTIONS) private readonly options: SocketOptions,
  ) {}

  /** Whether the connection may do this now; a lease that still holds spares the question. */
  async allows(connection: Connection, topic: Topic, intent: Intent): Promise<boolean> {
    return (
      connection.leases.until(topic.name, intent) > performance.now() || (await this.renew(connection, topic, intent))
    );
  }

  /** Asks the guard, whatever was allowed before. Late or failing guards refuse (S5). */
  async renew(connection: Connection, topic: Topic, intent: Intent): Promise<boolean> {
    const { leaseMs, guardTimeoutMs } = this.options.limits;
    const asked = performance.now();
    const late = Promise.withResolvers<false>();
    const timer = setTimeout(() => {
      this.logger.warn(`The guard of '${topic.namespace}' took over ${guardTimeoutMs} ms; refused.`);
      late.resolve(false);
    }, guardTimeoutMs);
    const { userId, name } = connection.principal;
    try {
      const answer = this.registry.ask({ user: { id: userId, name }, topic, intent });
      const allowed = await Promise.race([answer, late.promise]);
      if (allowed)
        connection.leases.grant(
          topic.name,
          intent,
          asked + leaseMs * (LEAST_SHARE + Math.random() * (1 - LEAST_SHARE)),
        );
      return allowed;
    } catch (error) {
      this.logger.error(`The guard of '${topic.namespace}' failed; refused.`, error);
      return false;
    } finally {
      clearTimeout(timer);
    }
  }
}
