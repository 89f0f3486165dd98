import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Boards } from '@parley/persistence';
import { CONFIG, type Config } from '../config/config';
import { Recurring } from '../recurring';
import { BoardMerger } from './board-merger';
import { BoardMetrics } from './board-metrics';

/** For the boards that nobody reads. */
const SWEEP_MS = 30_000;
/** A board that could not be compacted is left alone for so long. */
const PAUSE_MS = 10 * 60_000;

/** Keeps whiteboards short: what was stored since the last snapshot is merged into it, one board after the other. */
@Injectable()
export class BoardCompactor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(BoardCompactor.name);
  private readonly waiting = new Set<string>();
  /** Until when, by topic, as `performance.now()` counts. */
  private readonly paused = new Map<string, number>();
  private readonly stopping = new AbortController();
  private working: Promise<void> | undefined;
  private sweeper: Recurring | undefined;

  constructor(
    private readonly boards: Boards,
    private readonly merger: BoardMerger,
    private readonly metrics: BoardMetrics,
    @Inject(CONFIG) private readonly config: Pick<Config, 'boardCompactAfter'>,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeper = new Recurring({
      everyMs: SWEEP_MS,
      work: () => this.sweep(),
      onTrouble: (error) => this.logger.warn('Whiteboards cannot be looked through now; trying on.', error),
    });
  }

  /** Before the database is closed. What is under way is given up, which changes nothing. */
  async beforeApplicationShutdown(): Promise<void> {
    this.sweeper?.stop();
    this.waiting.clear();
    this.stopping.abort(new Error('The server stops.'));
    await this.working;
  }

  /** To be told what a read came to: so many updates are not in the topic's snapshot. */
  noticed(topic: string, updates: number): void {
    if (updates > this.config.boardCompactAfter) this.want(topic);
  }

  /** Finds the boards that have grown and compacts them, beside whatever else goes on. */
  async sweep(): Promise<void> {
    for (const topic of await this.boards.grown(this.config.boardCompactAfter)) this.want(topic);
  }

  /** Resolves when nothing is left to do, for now. */
  async settled(): Promise<void> {
    await this.working;
  }

  private want(topic: string): void {
    if (this.stopping.signal.aborted || (this.paused.get(topic) ?? 0) > performance.now()) return;
    this.waiting.add(topic);
    this.working ??= this.work().finally(() => (this.working = undefined));
  }

  private async work(): Promise<void> {
    for (const topic of this.waiting) {
      this.waiting.delete(topic);
      // A set's loop comes to what is added meanwhile: a long board waits for the others in between.
      if (await this.compact(topic)) this.waiting.add(topic);
    }
  }

  /** @returns whether there is more to do on this board */
  private async compact(topic: string): Promise<boolean> {
    const { signal } = this.stopping;
    const started = performance.now();
    try {
      signal.throwIfAborted();
      const done = await this.boards.compact(topic, (snapshot, tail) => this.merger.merge(snapshot, tail, signal));
      if (done === 'busy') return false;
      this.paused.delete(topic);
      this.metrics.compactions.inc({ outcome: 'done' });
      this.metrics.seconds.observe((performance.now() - started) / 1000);
      return done.more && !signal.aborted;
    } catch (error) {
      if (signal.aborted) return false;
      this.pause(topic);
      this.metrics.compactions.inc({ outcome: 'failed' });
      this.logger.warn(`${topic} could not be compacted; tried again in ${PAUSE_MS / 60_000} minutes.`, error);
      return false;
    }
  }

  private pause(topic: string): void {
    const now = performance.now();
    for (const [each, until] of this.paused) if (until <= now) this.paused.delete(each);
    this.paused.set(topic, now + PAUSE_MS);
  }
}
