import type { Appended, NewMessage } from './ports';
import { MessageLog } from './ports';
import { StoreBatcher } from './store-batcher';

function message(id: string): NewMessage {
  const payload = { text: 'café 👩‍👩‍👧 日本語' };
  return {
    topic: 'exchange/text:1',
    action: 'message',
    userId: 'ann',
    sender: 'c',
    id,
    payload,
    timestamp: new Date(0),
  };
}

/** Writes down what it is given, and answers when the spec says so. */
class WaitingLog extends MessageLog {
  readonly batches: string[][] = [];
  private answers: (() => void)[] = [];

  append(batch: readonly NewMessage[]): Promise<readonly Appended[]> {
    this.batches.push(batch.map(({ id }) => id ?? ''));
    const answer = batch.map(({ timestamp }, index) => ({ seq: index + 1, timestamp, repeated: false }));
    return new Promise((resolve) => this.answers.push(() => resolve(answer)));
  }

  answerAll(): void {
    for (const answer of this.answers.splice(0)) answer();
  }

  page(): Promise<never> {
    return Promise.reject(new Error('Nobody reads here.'));
  }

  newest(): Promise<never> {
    return Promise.reject(new Error('Nobody reads here.'));
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('StoreBatcher', () => {
  it('writes what comes within a tick at once, and what comes meanwhile next, before it tells anybody of the first', async () => {
    const log = new WaitingLog();
    const batcher = new StoreBatcher(log);
    const told: [string, number][] = [];
    const store = (id: string): void => {
      void batcher.append(message(id)).then(() => told.push([id, log.batches.length]));
    };
    store('a');
    store('b');
    await turn();
    store('c');
    expect(log.batches).toEqual([['a', 'b']]);
    log.answerAll();
    await turn();
    await turn();
    expect(log.batches).toEqual([['a', 'b'], ['c']]);
    expect(told).toEqual([
      ['a', 2],
      ['b', 2],
    ]);
    log.answerAll();
    await batcher.idle;
    expect(told.at(-1)).toEqual(['c', 2]);
    expect(batcher.totals).toEqual({ batches: 2, messages: 3 });
  });

  it('is idle only when everybody was told, and what they stored thereupon is stored too', async () => {
    const log = new WaitingLog();
    const batcher = new StoreBatcher(log);
    let done = false;
    void batcher.append(message('a')).then(async () => {
      await batcher.append(message('b'));
      done = true;
    });
    await turn();
    log.answerAll();
    const { idle } = batcher;
    while (log.batches.length < 2) await turn();
    log.answerAll();
    await idle;
    expect(done).toBe(true);
    expect(log.batches).toEqual([['a'], ['b']]);
  });
});
