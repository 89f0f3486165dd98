import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Allowed } from '@parley/protocol';
import type { Subscription as RxSubscription } from 'rxjs';
import { setTimeout as delay } from 'node:timers/promises';
import { Absences } from './absences';
import { AllowanceDesk, type Answer } from './allowance-desk';
import type { Connection } from './connection';
import { Connections } from './connections';
import { concerns, concernsTopic } from './pending-changes';
import { AllowanceChanges, type AllowanceChange } from './ports';
import { TopicHub } from './topic-hub';
import type { TopicRoom } from './topic-room';

/** Milliseconds before a guard that failed is asked again, each time once. Then nobody stays on a guess. */
const RETRY_MS = [100, 500];

/** A subscriber who waits for the guard's answer. */
interface Waiting {
  readonly room: TopicRoom;
  readonly connection: Connection;
  readonly release: () => void;
}

/**
 * Carries out changes of allowances (S6). From the moment a change is known, nothing new is delivered to those whom it
 * concerns, until their guard was asked again: who may stay then gets what was held back, who may not is out.
 */
@Injectable()
export class TopicAccess implements OnModuleInit, OnApplicationShutdown {
  private announcements: RxSubscription | undefined;

  constructor(
    private readonly hub: TopicHub,
    private readonly connections: Connections,
    private readonly absences: Absences,
    private readonly desk: AllowanceDesk,
    @Inject(AllowanceChanges) private readonly changes: AllowanceChanges,
  ) {}

  onModuleInit(): void {
    this.announcements = this.changes.changed$.subscribe((change) => {
      void this.settle(change, this.doubt(change));
    });
  }

  onApplicationShutdown(): void {
    this.announcements?.unsubscribe();
  }

  /**
   * Makes a change so that on this node it takes effect at once: what is published from the beginning of `work` on
   * reaches nobody who loses the right to it by `work`, and no guard is asked while it runs. Other nodes hear of it
   * through {@link AllowanceChanges}.
   *
   * @param work the transaction. Should it fail, everyone stays who may
   * @returns what `work` returns, after everyone concerned was told
   */
  async change<T>(change: AllowanceChange, work: () => Promise<T>): Promise<T> {
    const resume = this.desk.suspend(change);
    const waiting = this.doubt(change);
    try {
      return await work();
    } finally {
      resume();
      await this.settle(change, waiting);
    }
  }

  /** What was allowed counts no more; what is delivered waits. */
  private doubt(change: AllowanceChange): readonly Waiting[] {
    this.desk.expire(change);
    for (const { leases } of this.connections.of(change.userId)) leases.end((topic) => concernsTopic(change, topic));
    return this.hub
      .roomsAbout(change)
      .flatMap((room) =>
        room.subscribers(change.userId).map((connection) => ({ room, connection, release: room.hold(connection) })),
      );
  }

  private async settle(change: AllowanceChange, waiting: readonly Waiting[]): Promise<void> {
    await Promise.all([...waiting.map((each) => this.judge(each)), this.judgeAbsent(change)]);
  }

  private async judge({ room, connection, release }: Waiting): Promise<void> {
    const answer = await this.answer(() => this.desk.renew(connection, room.topic, 'subscribe'));
    if (answer === 'no') this.hub.shutOut(connection, room.name);
    else if (!room.has(connection)) {
      // It was lost meanwhile: nobody counts as present on a guess.
      if (answer === 'unknown') this.absences.leave(connection.id, room.name);
    } else if (answer === 'unknown') {
      this.hub.turnAway(connection);
    } else {
      release();
      await this.tellAllowed(room, connection);
    }
  }

  /** Whoever stays may perhaps write no longer, or again. Told at every change: hearing it twice does no harm. */
  private async tellAllowed(room: TopicRoom, connection: Connection): Promise<void> {
    const [publish, store] = await Promise.all(
      (['publish', 'store'] as const).map((intent) =>
        this.answer(() => this.desk.renew(connection, room.topic, intent)),
      ),
    );
    // What cannot be found out is found out by whoever tries.
    if (publish === 'unknown' || store === 'unknown' || !room.has(connection)) return;
    const allowed: Allowed = { publish: publish === 'yes', store: store === 'yes' };
    connection.tell('allowance', allowed, { topic: room.name });
  }

  /** Those in their grace period are in nobody's way, but they must not count as present where they may not be (U3). */
  private async judgeAbsent(change: AllowanceChange): Promise<void> {
    const asked = [...this.absences].flatMap(({ connectionId, principal, rooms }) =>
      [...rooms.keys()]
        .filter(({ topic }) => concerns(change, topic, principal.userId))
        .map(async ({ topic }) => {
          const answer = await this.answer(() => this.desk.ask(principal, topic, 'subscribe'));
          if (answer !== 'yes') this.absences.leave(connectionId, topic.name);
        }),
    );
    await Promise.all(asked);
  }

  private async answer(ask: () => Promise<Answer>): Promise<Answer> {
    for (const pause of RETRY_MS) {
      const answer = await ask();
      if (answer !== 'unknown') return answer;
      await delay(pause, undefined, { ref: false });
    }
    return ask();
  }
}
