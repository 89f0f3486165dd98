import { DatabaseError } from 'pg';

/** Questions of one statement at most. */
const MAX_GATHERED = 500;

/**
 * Milliseconds for which a statement has the database to itself: what comes meanwhile is put together. One that takes
 * longer holds nobody up: the next one goes beside it.
 */
const PATIENCE_MS = 5;

/**
 * Milliseconds between the beginnings of two statements while many ask: what a statement costs, here and in the database,
 * is mostly the same for one question and for twenty.
 */
const PACE_MS = 10;

/** SQLSTATE that one question can bring over all of a statement: data exception, integrity violation, deadlock. */
const aboutOne = /^(22|23|40P01)/;

interface Waiting<Q, A> {
  readonly question: Q;
  readonly resolve: (answer: A) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Puts questions of one kind to the database together: what one tick brought is one statement, and while one is under
 * way the next one grows, as it does for a moment after one that several had asked for. So whoever asks alone waits for
 * nobody, and a thousand who come at once, or one after the other, cost a few round trips.
 * A statement never answers a question that was put after it began.
 */
export class Gathered<Q, A> {
  private waiting: Waiting<Q, A>[] = [];
  private underWay = 0;
  private scheduled = false;
  private impatience: NodeJS.Timeout | undefined;
  /** By `performance.now()`; until then the next statement grows. */
  private paced = 0;

  /**
   * @param ask answers all questions with one statement, in their order
   * @param lanes statements under way at most, should they take long; 1 where two could wait for each other's rows
   */
  constructor(
    private readonly ask: (questions: readonly Q[]) => Promise<readonly A[]>,
    private readonly lanes: number,
  ) {}

  /** @throws whatever the statement fails with; what another question alone did wrong is not among it */
  one(question: Q): Promise<A> {
    const { promise, resolve, reject } = Promise.withResolvers<A>();
    this.waiting.push({ question, resolve, reject });
    this.schedule();
    return promise;
  }

  private schedule(): void {
    if (this.scheduled || this.underWay >= this.lanes) return;
    this.scheduled = true;
    if (this.underWay > 0) this.impatience ??= setTimeout(this.run, PATIENCE_MS);
    else this.runSoon();
  }

  private runSoon(): void {
    const pause = this.paced - performance.now();
    if (pause > 0) setTimeout(this.run, pause);
    else setImmediate(this.run);
  }

  private readonly run = (): void => {
    this.impatience = undefined;
    this.scheduled = false;
    const gathered = this.waiting.splice(0, MAX_GATHERED);
    if (gathered.length === 0) return;
    if (gathered.length > 1) this.paced = performance.now() + PACE_MS;
    void this.put(gathered);
  };

  private async put(gathered: readonly Waiting<Q, A>[]): Promise<void> {
    this.underWay += 1;
    if (this.waiting.length > 0) this.schedule();
    await this.answer(gathered);
    this.underWay -= 1;
    if (this.waiting.length === 0) return;
    // Not the time but the database decides when it is quick.
    if (this.impatience !== undefined) {
      clearTimeout(this.impatience);
      this.impatience = undefined;
      this.runSoon();
    } else this.schedule();
  }

  private async answer(gathered: readonly Waiting<Q, A>[]): Promise<void> {
    try {
      const answers = await this.ask(gathered.map(({ question }) => question));
      for (const [index, { resolve }] of gathered.entries()) resolve(answers[index] as A);
    } catch (error) {
      if (gathered.length > 1 && error instanceof DatabaseError && aboutOne.test(error.code ?? '')) {
        for (const alone of gathered) await this.answer([alone]);
      } else for (const { reject } of gathered) reject(error);
    }
  }
}
