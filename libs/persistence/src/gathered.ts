import { DatabaseError } from 'pg';

/** Questions of one statement at most. */
const MAX_GATHERED = 500;

/** SQLSTATE classes that one question can bring over all of a statement: data exception, integrity violation. */
const aboutTheData = /^(22|23)/;

interface Waiting<Q, A> {
  readonly question: Q;
  readonly resolve: (answer: A) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Puts questions of one kind to the database together: what one tick brought is one statement, and while `lanes`
 * statements are under way the next one grows. So whoever asks alone waits for nobody, and a thousand who come at once
 * cost a few round trips. A statement never answers a question that was put after it began.
 */
export class Gathered<Q, A> {
  private waiting: Waiting<Q, A>[] = [];
  private underWay = 0;
  private scheduled = false;

  /**
   * @param ask answers all questions with one statement, in their order
   * @param lanes statements under way at most; 1 where two of them could wait for each other's rows
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
    setImmediate(() => {
      this.scheduled = false;
      void this.run();
    });
  }

  private async run(): Promise<void> {
    const gathered = this.waiting.splice(0, MAX_GATHERED);
    if (gathered.length === 0) return;
    this.underWay += 1;
    if (this.waiting.length > 0) this.schedule();
    await this.answer(gathered);
    this.underWay -= 1;
    if (this.waiting.length > 0) this.schedule();
  }

  private async answer(gathered: readonly Waiting<Q, A>[]): Promise<void> {
    try {
      const answers = await this.ask(gathered.map(({ question }) => question));
      for (const [index, { resolve }] of gathered.entries()) resolve(answers[index] as A);
    } catch (error) {
      if (gathered.length > 1 && error instanceof DatabaseError && aboutTheData.test(error.code ?? '')) {
        for (const alone of gathered) await this.answer([alone]);
      } else for (const { reject } of gathered) reject(error);
    }
  }
}
