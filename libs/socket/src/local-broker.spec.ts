import { LocalBroker } from './local-broker';
import { contractLimits, describeBroker } from './testing';

const service = new LocalBroker({ limits: contractLimits });
// A local broker is one process, so its "nodes" share the one instance.
describeBroker('LocalBroker', () => Promise.resolve(service));

describe('LocalBroker’s windows', () => {
  const limits = { ...contractLimits, windowMs: 1_000, windowsBytes: 1_000 };

  async function topicOf(broker: LocalBroker, name: string, ...bytes: number[]) {
    let next = '';
    const topic = await broker.open(name, () => next);
    const start = topic.position;
    for (const each of bytes) {
      next = 'x'.repeat(each);
      await topic.publish({ type: 'n', sender: 'c', userId: 'u', store: false, timestamp: '', payload: null });
    }
    return { replay: () => topic.replay(start)?.length };
  }

  it('[H2] of quiet topics empty with time', async () => {
    const broker = new LocalBroker({ limits });
    const { replay } = await topicOf(broker, 'room/text:1', 10, 10);
    broker.look(performance.now());
    expect(replay()).toBe(2);
    broker.look(performance.now() + 1_100);
    expect(replay()).toBeUndefined();
  });

  it('[H2] have a limit together, for which the largest make room', async () => {
    const broker = new LocalBroker({ limits });
    const [small, large, middle] = [
      await topicOf(broker, 'room/text:1', 100),
      await topicOf(broker, 'room/text:2', 300, 300),
      await topicOf(broker, 'room/text:3', 250),
    ];
    broker.look(performance.now());
    expect([small.replay(), large.replay(), middle.replay()]).toEqual([1, 2, 1]);
    const another = await topicOf(broker, 'room/text:4', 200);
    broker.look(performance.now());
    expect([small, large, middle, another].map(({ replay }) => replay())).toEqual([1, undefined, 1, 1]);
  });
});
