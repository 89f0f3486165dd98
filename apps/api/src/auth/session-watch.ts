import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { SESSION_ENDED_CHANNEL, SessionRecords, listen, type Listener } from '@parley/persistence';
import { SessionEnds } from '@parley/socket';
import { Subject } from 'rxjs';
import { DataSource } from 'typeorm';
import { Recurring } from '../recurring';

/** Often enough that an expired session's sockets are closed within a second (T5). */
const SWEEP_MS = 500;
/** Far longer than redeeming a ticket takes. */
const REMEMBER_MS = 60_000;

/**
 * Says when a session is over, on whichever node that happened: signed out, replaced by a new sign-in, expired or
 * deleted. The database announces each deleted session; after a lost connection it is asked what was missed.
 */
@Injectable()
export class SessionWatch extends SessionEnds implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(SessionWatch.name);
  private readonly ended = new Subject<string>();
  private readonly followed = new Set<string>();
  private readonly over = new Map<string, number>();
  private listener: Listener | undefined;
  private sweeper: Recurring | undefined;

  override readonly ended$ = this.ended.asObservable();

  constructor(
    private readonly records: SessionRecords,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  async onModuleInit(): Promise<void> {
    this.listener = await listen(this.dataSource, SESSION_ENDED_CHANNEL, {
      onMessage: (sessionId) => this.end(sessionId),
      catchUp: () => this.catchUp(),
      onTrouble: (error) => this.logger.warn(`Waiting for the database to announce sessions again: ${error.message}`),
    });
    this.sweeper = new Recurring({
      everyMs: SWEEP_MS,
      work: () => this.sweep(),
      onTrouble: (error) => this.logger.warn(`Expired sessions cannot be ended now; trying on. ${String(error)}`),
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.sweeper?.stop();
    await this.listener?.close();
    this.ended.complete();
  }

  /** Whether ends are heard of at this moment. */
  get listening(): boolean {
    return this.listener?.connected ?? false;
  }

  /**
   * From now on, an end of this session that was missed for lack of a connection is found out afterwards.
   *
   * @returns false when it ended a moment ago
   */
  follow(sessionId: string): boolean {
    if (this.over.has(sessionId)) return false;
    this.followed.add(sessionId);
    return true;
  }

  private end(sessionId: string): void {
    this.followed.delete(sessionId);
    this.over.set(sessionId, Date.now());
    this.ended.next(sessionId);
  }

  private async catchUp(): Promise<void> {
    const asked = [...this.followed];
    if (asked.length === 0) return;
    const alive = new Set(await this.records.alive(asked));
    for (const sessionId of asked) if (!alive.has(sessionId)) this.end(sessionId);
  }

  private async sweep(): Promise<void> {
    const longAgo = Date.now() - REMEMBER_MS;
    for (const [sessionId, when] of this.over) {
      if (when > longAgo) break;
      this.over.delete(sessionId);
    }
    await this.records.endExpired();
  }
}
