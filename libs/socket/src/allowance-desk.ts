import { Inject, Injectable, Logger } from '@nestjs/common';
import { AllowanceRegistry, type AllowanceRequest, type Intent } from '@parley/allowances/contract';
import type { Topic } from '@parley/protocol';
import type { Connection } from './connection';
import { PendingChanges, concerns } from './pending-changes';
import type { AllowanceChange, Principal } from './ports';
import { SOCKET_OPTIONS, type SocketOptions } from './socket-options';
import { within } from './within';

/** Shortest share of a full lease that is given, so that leases granted together do not run out together. */
const LEAST_SHARE = 0.75;

/** How often a question is put when allowances change while the guard thinks. */
const MAX_TRIES = 5;

/** A question that a guard thinks about. */
interface Question {
  readonly topic: Topic;
  readonly userId: string;
  /** What it is about changed meanwhile: the answer is worth nothing. */
  stale: boolean;
}

/** `unknown`: the guard failed or was late. It lets nobody in (S5), but it is no reason to throw someone out. */
export type Answer = 'yes' | 'no' | 'unknown';

/** Asks guards, and remembers what they allowed for as long as a lease lasts (S5, S6). */
@Injectable()
export class AllowanceDesk {
  private readonly logger = new Logger(AllowanceDesk.name);
  private readonly changes = new PendingChanges();
  private readonly questions = new Set<Question>();

  constructor(
    private readonly registry: AllowanceRegistry,
    @Inject(SOCKET_OPTIONS) private readonly options: SocketOptions,
  ) {}

  /** Whether the connection may do this now; a lease that still holds spares the question. */
  allows(connection: Connection, topic: Topic, intent: Intent): Promise<Answer> {
    return connection.leases.until(topic.name, intent) > performance.now()
      ? Promise.resolve('yes')
      : this.renew(connection, topic, intent);
  }

  /** Asks the guard, whatever was allowed before. */
  async renew(connection: Connection, topic: Topic, intent: Intent): Promise<Answer> {
    const { leases, principal } = connection;
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const asked = performance.now();
      const question: Question = { topic, userId: principal.userId, stale: false };
      this.questions.add(question);
      const answer = await this.ask(principal, topic, intent);
      this.questions.delete(question);
      if (question.stale) continue;
      if (answer === 'yes') {
        const share = LEAST_SHARE + Math.random() * (1 - LEAST_SHARE);
        leases.grant(topic.name, intent, asked + this.options.limits.leaseMs * share);
      }
      return answer;
    }
    return 'unknown';
  }

  /** Asks the guard about someone, whoever may have a connection or not; nothing is granted. */
  async ask({ userId, name }: Principal, topic: Topic, intent: Intent): Promise<Answer> {
    const { guardTimeoutMs } = this.options.limits;
    const request: AllowanceRequest = { user: { id: userId, name }, topic, intent };
    try {
      const pending = this.changes.settled(topic, userId);
      const answering = pending === undefined ? this.registry.ask(request) : this.askAfter(pending, request);
      const answer = await within(guardTimeoutMs, answering, 'late');
      if (answer !== 'late') return answer ? 'yes' : 'no';
      this.logger.warn(`The guard of '${topic.namespace}' took over ${guardTimeoutMs} ms.`);
    } catch (error) {
      this.logger.error(`The guard of '${topic.namespace}' failed.`, error);
    }
    return 'unknown';
  }

  private async askAfter(pending: Promise<void>, request: AllowanceRequest): Promise<boolean> {
    await pending;
    return this.registry.ask(request);
  }

  /** Whatever guards are thinking about that the change concerns has to be asked again. */
  expire(change: AllowanceChange): void {
    for (const question of this.questions) if (concerns(change, question.topic, question.userId)) question.stale = true;
  }

  /**
   * From now until the returned function is called no guard is asked about what the change concerns; questions wait.
   * So no answer from before the change is taken for one from after it.
   */
  suspend(change: AllowanceChange): () => void {
    return this.changes.begin(change);
  }
}
