import { allowanceRequest } from '@parley/allowances/contract';
import fc from 'fast-check';
import { startEngine, turns, type TestClient, type TestEngine } from './testing';
import { TopicAccess } from './topic-access';

const topic = 'room/text:1';

/** Turns of the event loop that a guard takes at most. */
const MAX_THINKING = 8;

const moment = fc.record({
  act: fc.constantFrom('break', 'break and come back', 'replace', 'leave', 'enter', 'enter anew', 'page', 'announce'),
  /** Which of Ben's sockets; counted round. */
  which: fc.nat({ max: 3 }),
  /** Turns of the event loop before it. */
  pause: fc.nat({ max: 8 }),
});
type Moment = typeof moment extends fc.Arbitrary<infer M> ? M : never;

const removal = fc.record({
  tabs: fc.integer({ min: 1, max: 3 }),
  /** What Ben's tabs do one after the other, while he is removed and afterwards. */
  moments: fc.array(moment, { minLength: 3, maxLength: 12 }),
  /** Whether everyone is asked about, or Ben alone. */
  everyone: fc.boolean(),
  /** Turns before the change, before it is committed, and until it is. */
  pauses: fc.tuple(fc.nat({ max: 12 }), fc.nat({ max: 6 }), fc.nat({ max: 6 })),
});
type Removal = typeof removal extends fc.Arbitrary<infer R> ? R : never;

/** A room with Ann, who writes, Cleo, who stays, and Ben, who is removed again and again. */
class World {
  /** Everything that was published since a removal began. */
  private readonly secrets: string[] = [];
  private readonly everyTab: TestClient[] = [];
  private published = 0;
  private publishedBefore = 0;
  private asked = 0;

  private constructor(
    private readonly engine: TestEngine,
    private readonly guard: { removed: boolean },
    private readonly ann: TestClient,
    private readonly cleo: TestClient,
    private readonly epoch: string,
  ) {}

  /** @param thinks turns that the guard takes, counted round */
  static async open(thinks: readonly number[]): Promise<World> {
    const guard = { removed: false };
    let asked = 0;
    const unlimited = { messagesPerSecond: 1e6, messageBurst: 1e6, connectionsPerUser: 1_000 };
    const engine = await startEngine(async (context) => {
      const { user } = allowanceRequest(context);
      asked += 1;
      const before = !guard.removed || user.id !== 'ben';
      await turns(thinks[asked % thinks.length] ?? 0);
      // It may have looked before it thought, or after.
      return asked % 2 === 0 ? before : !guard.removed || user.id !== 'ben';
    }, unlimited);
    const [ann, cleo] = [await engine.connect('ann'), await engine.connect('cleo')];
    for (const client of [ann, cleo]) client.send({ action: 'subscribe', topic, id: 'join' });
    const [{ payload }] = await Promise.all([ann.answerTo('join'), cleo.answerTo('join')]);
    return new World(engine, guard, ann, cleo, String(payload.epoch));
  }

  async remove({ tabs, moments, everyone, pauses: [first, second, third] }: Removal): Promise<void> {
    this.guard.removed = false;
    this.publishedBefore = this.published;
    this.secrets.length = 0;
    const bens = await Promise.all(Array.from({ length: tabs }, () => this.tab()));
    const unrest = this.live(bens, moments);
    await turns(first);
    const acknowledged: Promise<void>[] = [];
    const change = { namespace: 'room', id: '1', ...(everyone ? {} : { userId: 'ben' }) };
    await this.engine.app.get(TopicAccess, { strict: false }).change(change, async () => {
      acknowledged.push(this.publish(false));
      await turns(second);
      this.guard.removed = true;
      acknowledged.push(this.publish(true));
      await turns(third);
    });
    expect(await this.present()).toEqual(['ann', 'cleo']);
    for (const store of [false, true, false]) await this.publish(store);
    await Promise.all([unrest, ...acknowledged]);
    expect(await this.present()).toEqual(['ann', 'cleo']);
    await this.settle();
    for (const { seen } of this.everyTab.splice(0)) {
      const said = JSON.stringify(seen);
      expect(this.secrets.filter((secret) => said.includes(secret))).toEqual([]);
    }
    await this.cleo.settled();
    expect(this.cleo.of('note').map(({ offset }) => offset)).toEqual(
      Array.from({ length: this.published }, (_, index) => index + 1),
    );
  }

  async close(): Promise<void> {
    await this.engine.close();
  }

  /** Resolves when it is acknowledged; while a change is made that is about Ann too, that is after it. */
  private async publish(store: boolean): Promise<void> {
    this.published += 1;
    const id = `secret-${this.published}-`;
    this.secrets.push(id);
    this.ann.send({ action: 'note', topic, id, payload: 'café 👩‍👩‍👧 日本語', store });
    expect((await this.ann.answerTo(id)).type).toBe('ack');
  }

  private async present(): Promise<string[]> {
    this.asked += 1;
    const id = `who-${this.asked}`;
    this.ann.send({ action: 'load-subscribers', topic, id });
    const { payload } = await this.ann.answerTo(id);
    return (payload.participants as { userId: string }[]).map(({ userId }) => userId).sort();
  }

  private async tab(resume?: string): Promise<TestClient> {
    const client = await this.engine.connect('ben', undefined, resume);
    this.everyTab.push(client);
    const since = { epoch: this.epoch, offset: this.publishedBefore };
    client.send({ action: 'subscribe', topic, payload: { since } });
    return client;
  }

  private async live(bens: TestClient[], moments: readonly Moment[]): Promise<void> {
    for (const { act, which, pause } of moments) {
      await turns(pause);
      const index = which % bens.length;
      const ben = bens[index];
      if (ben === undefined) continue;
      const isOpen = ben.socket.readyState === ben.socket.OPEN;
      if (act === 'announce') this.engine.allowanceChanges.next({ namespace: 'room', id: '1' });
      else if (act === 'enter anew') bens.push(await this.tab());
      else if (act === 'replace') bens[index] = await this.tab(ben.connectionId);
      else if (act === 'break' || act === 'break and come back') {
        ben.socket.terminate();
        if (act === 'break and come back') bens[index] = await this.tab(ben.connectionId);
      } else if (isOpen) {
        const actions = { leave: 'unsubscribe', enter: 'subscribe', page: 'load-messages' } as const;
        ben.send({ action: actions[act], topic });
      }
    }
  }

  /** Whatever a guard still thinks about is answered, what is on its way to Ben has come, and his tabs are gone. */
  private async settle(): Promise<void> {
    await turns(3 * MAX_THINKING);
    const gone = this.everyTab.map((tab) => this.engine.gone(tab));
    // The answer to a close frame comes behind everything else.
    for (const { socket } of this.everyTab) socket.close(1000);
    await Promise.all([...this.everyTab.map((tab) => tab.closed()), ...gone]);
  }
}

describe('removals', () => {
  it('[S6] [U3] whoever is removed hears nothing of it or after it and counts as present no more, whatever they do', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(removal, { minLength: 2, maxLength: 5 }),
        fc.array(fc.nat({ max: MAX_THINKING }), { minLength: 1, maxLength: 5 }),
        async (removals, thinks) => {
          const world = await World.open(thinks);
          try {
            for (const each of removals) await world.remove(each);
          } finally {
            await world.close();
          }
        },
      ),
      {
        numRuns: Number(process.env.PARLEY_RUNS ?? 20),
        interruptAfterTimeLimit: 25_000,
        markInterruptAsFailure: false,
      },
    );
  });
});
