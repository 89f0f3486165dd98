import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import {
  ALLOWANCE_CHANGED_CHANNEL,
  AllowanceRecords,
  listen,
  type AllowanceRecord,
  type Listener,
} from '@parley/persistence';
import { AllowanceChanges, type AllowanceChange } from '@parley/socket';
import { Subject } from 'rxjs';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Recurring } from '../recurring';

const SWEEP_MS = 60_000;
/** Changes known to be told. One that is forgotten too early may be told again after a lost connection: no harm. */
const REMEMBERED = 20_000;

const announcement = z.object({
  id: z.string(),
  namespace: z.string(),
  topicId: z.string(),
  userId: z.string().nullable(),
}) satisfies z.ZodType<AllowanceRecord>;

/**
 * Says when what someone may do has changed, on whichever node that happened (S6). The database announces each change
 * as its transaction commits, and keeps it for some minutes: after a lost connection, and after a crash, what was not
 * told yet is found there.
 *
 * What was told is known by the ids, one by one. "Everything after the last one" would lose changes: ids are given when
 * a row is written, and of two transactions the one with the smaller id may commit later.
 */
@Injectable()
export class AllowanceWatch extends AllowanceChanges implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(AllowanceWatch.name);
  private readonly changed = new Subject<AllowanceChange>();
  private readonly told = new Set<string>();
  private listener: Listener | undefined;
  private sweeper: Recurring | undefined;

  override readonly changed$ = this.changed.asObservable();

  constructor(
    private readonly records: AllowanceRecords,
    private readonly dataSource: DataSource,
  ) {
    super();
  }

  async onModuleInit(): Promise<void> {
    this.listener = await listen(this.dataSource, ALLOWANCE_CHANGED_CHANNEL, {
      onMessage: (payload) => this.hear(payload),
      catchUp: () => this.catchUp(),
      onTrouble: (error) => this.logger.warn(`Waiting for the database to announce allowances again: ${error.message}`),
    });
    this.sweeper = new Recurring({
      everyMs: SWEEP_MS,
      work: () => this.records.removeOld(),
      onTrouble: (error) => this.logger.warn(`Old changes of allowances are not removed; trying on. ${String(error)}`),
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.sweeper?.stop();
    await this.listener?.close();
    this.changed.complete();
  }

  /** Whether changes are heard of at this moment. */
  get listening(): boolean {
    return this.listener?.connected ?? false;
  }

  private hear(payload: string): void {
    const heard = announcement.safeParse(jsonIn(payload));
    if (heard.success) this.tell(heard.data);
    // Anyone who may connect to the database may say anything on its channels.
    else this.logger.warn('What was announced is no change of an allowance.');
  }

  private async catchUp(): Promise<void> {
    for (const record of await this.records.recent()) this.tell(record);
  }

  private tell({ id, namespace, topicId, userId }: AllowanceRecord): void {
    if (this.told.has(id)) return;
    this.told.add(id);
    if (this.told.size > REMEMBERED) {
      for (const oldest of this.told) {
        this.told.delete(oldest);
        break;
      }
    }
    this.changed.next({ namespace, id: topicId, ...(userId === null ? {} : { userId }) });
  }
}

/** Undefined when it is no JSON. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // JSON.parse has no other way to say it; the caller treats it like JSON of another form.
    return undefined;
  }
}
