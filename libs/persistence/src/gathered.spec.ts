import { DatabaseError } from 'pg';
import { Gathered } from './gathered';

/** A database that answers when the test says so. */
class Asked {
  readonly statements: (readonly number[])[] = [];
  private readonly pending: (() => void)[] = [];
  fail: ((questions: readonly number[]) => Error | undefined) | undefined;

  readonly ask = async (questions: readonly number[]): Promise<readonly string[]> => {
    this.statements.push(questions);
    await new Promise<void>((resolve) => this.pending.push(resolve));
    const failure = this.fail?.(questions);
    if (failure !== undefined) throw failure;
    return questions.map((question) => `answer ${question}`);
  };

  answer(): void {
    this.pending.shift()?.();
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function sqlState(code: string): DatabaseError {
  return Object.assign(new DatabaseError('refused', 7, 'error'), { code });
}

describe('Gathered', () => {
  it('puts what one tick brought into one statement, and gives each its own answer', async () => {
    const asked = new Asked();
    const gathered = new Gathered(asked.ask, 2);
    const answers = Promise.all([1, 2, 3].map((question) => gathered.one(question)));
    await turn();
    expect(asked.statements).toEqual([[1, 2, 3]]);
    asked.answer();
    expect(await answers).toEqual(['answer 1', 'answer 2', 'answer 3']);
  });

  it('lets what comes while its lanes are busy wait, and asks it together then', async () => {
    const asked = new Asked();
    const gathered = new Gathered(asked.ask, 1);
    const first = gathered.one(1);
    await turn();
    const others = Promise.all([2, 3].map((question) => gathered.one(question)));
    await turn();
    expect(asked.statements).toEqual([[1]]);
    asked.answer();
    expect(await first).toBe('answer 1');
    while (asked.statements.length < 2) await turn();
    expect(asked.statements).toEqual([[1], [2, 3]]);
    asked.answer();
    expect(await others).toEqual(['answer 2', 'answer 3']);
  });

  it('goes on beside a statement that takes long, with no more than its lanes, and leaves nobody waiting', async () => {
    const asked = new Asked();
    const gathered = new Gathered(asked.ask, 2);
    const answers = Promise.all(Array.from({ length: 1_800 }, (_, question) => gathered.one(question)));
    let most = 0;
    for (let answered = 0; answered < 4; answered += 1) {
      while (asked.statements.length < Math.min(4, answered + 2)) await turn();
      most = Math.max(most, asked.statements.length - answered);
      asked.answer();
    }
    expect(most).toBe(2);
    expect(asked.statements.map(({ length }) => length)).toEqual([500, 500, 500, 300]);
    expect((await answers).at(-1)).toBe('answer 1799');
  });

  it('lets nobody who asks alone wait, however soon after the one before', async () => {
    jest.useFakeTimers();
    try {
      const asked = new Asked();
      const gathered = new Gathered(asked.ask, 1);
      for (const question of [1, 2, 3]) {
        const answer = gathered.one(question);
        await jest.advanceTimersByTimeAsync(0);
        expect(asked.statements).toHaveLength(question);
        asked.answer();
        await jest.advanceTimersByTimeAsync(0);
        expect(await answer).toBe(`answer ${question}`);
      }
    } finally {
      jest.useRealTimers();
    }
  });

  it('puts together what comes one after the other while many ask, for no longer than a moment', async () => {
    jest.useFakeTimers();
    try {
      const asked = new Asked();
      const gathered = new Gathered(asked.ask, 1);
      const first = Promise.all([1, 2].map((question) => gathered.one(question)));
      await jest.advanceTimersByTimeAsync(0);
      asked.answer();
      await first;
      const others: Promise<string>[] = [];
      for (const question of [3, 4, 5]) {
        others.push(gathered.one(question));
        await jest.advanceTimersByTimeAsync(1);
      }
      expect(asked.statements).toEqual([[1, 2]]);
      await jest.advanceTimersByTimeAsync(10);
      expect(asked.statements).toEqual([
        [1, 2],
        [3, 4, 5],
      ]);
      asked.answer();
      expect(await Promise.all(others)).toEqual(['answer 3', 'answer 4', 'answer 5']);
      // The rush is over: who comes later is asked for at once.
      await jest.advanceTimersByTimeAsync(100);
      const last = gathered.one(6);
      await jest.advanceTimersByTimeAsync(0);
      expect(asked.statements.at(-1)).toEqual([6]);
      asked.answer();
      expect(await last).toBe('answer 6');
    } finally {
      jest.useRealTimers();
    }
  });

  it('tells everyone when the database is away', async () => {
    const asked = new Asked();
    asked.fail = () => new Error('away');
    const gathered = new Gathered(asked.ask, 1);
    const answers = Promise.allSettled([1, 2].map((question) => gathered.one(question)));
    await turn();
    asked.answer();
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(asked.statements).toHaveLength(1);
  });

  it.each(['22P02', '23503', '40P01'])(
    'does not let one who spoils the statement take the others along: %s',
    async (code) => {
      const asked = new Asked();
      asked.fail = (questions) => (questions.includes(2) ? sqlState(code) : undefined);
      const gathered = new Gathered(asked.ask, 1);
      const answers = Promise.allSettled([1, 2, 3].map((question) => gathered.one(question)));
      for (let statement = 1; statement <= 4; statement += 1) {
        while (asked.statements.length < statement) await turn();
        asked.answer();
      }
      expect(await answers).toMatchObject([
        { status: 'fulfilled', value: 'answer 1' },
        { status: 'rejected', reason: { code } },
        { status: 'fulfilled', value: 'answer 3' },
      ]);
    },
  );
});
