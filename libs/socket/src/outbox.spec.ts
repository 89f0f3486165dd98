import fc from 'fast-check';
import { Flusher, Outbox } from './outbox';
import { FakeSocket } from './testing/fake-socket';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function frame(text: string, bytes = 0): Buffer {
  return Buffer.from(`${text.padEnd(bytes - 1, '.')}\n`);
}

function setUp({ mark = 1_000, limit = 1_000_000 } = {}) {
  const socket = new FakeSocket(mark);
  const outbox = new Outbox(socket, new Flusher(), limit);
  const texts = (): string[] =>
    socket.writes
      .join('')
      .split('\n')
      .slice(0, -1)
      .map((text) => text.replaceAll('.', ''));
  return { socket, outbox, texts };
}

/** A reader who does not read, with one frame of 1,000 bytes in its socket, which wants no more. */
async function setUpStalled(limit?: number) {
  const all = setUp(limit === undefined ? {} : { limit });
  all.socket.stall();
  all.outbox.push(frame('first', 1_000));
  await turn();
  return all;
}

describe('Outbox', () => {
  it('[L2] writes what one tick brought in one go, for a reader that keeps up', async () => {
    const { socket, outbox } = setUp();
    outbox.push(frame('café 👩‍👩‍👧'));
    outbox.offer(frame('cursor 1'), 'room/text:1 c cursor');
    outbox.offer(frame('cursor 2'), 'room/text:1 c cursor');
    outbox.push(frame('日本語'));
    expect(socket.writes).toEqual([]);
    await turn();
    expect(socket.writes).toEqual(['café 👩‍👩‍👧\ncursor 1\ncursor 2\n日本語\n']);
    expect(outbox.queuedBytes).toBe(0);
  });

  it('[L2] does not mistake a tick full of large frames for a slow reader', () => {
    const { outbox, texts } = setUp({ mark: 64 * 1024, limit: 256 * 1024 });
    for (let number = 0; number < 100; number += 1) expect(outbox.push(frame(`${number}`, 60_000))).toBe(true);
    outbox.flush();
    expect(texts()).toEqual(Array.from({ length: 100 }, (_, number) => `${number}`));
  });

  it('[L2] leaves the socket alone while it is full, and goes on when it drains', async () => {
    const { socket, outbox, texts } = await setUpStalled();
    for (const text of ['second', 'third']) {
      outbox.push(frame(text, 500));
      await turn();
    }
    expect(texts()).toEqual(['first']);
    expect(outbox.queuedBytes).toBe(2_000);
    socket.readOn();
    await turn();
    expect(texts()).toEqual(['first', 'second', 'third']);
    expect(outbox.queuedBytes).toBe(0);
    outbox.push(frame('fourth'));
    await turn();
    expect(texts()).toContain('fourth');
  });

  it('goes on when the socket drains although nothing waited', async () => {
    const { socket, outbox, texts } = await setUpStalled();
    socket.readOn();
    await turn();
    outbox.push(frame('second'));
    await turn();
    expect(texts()).toEqual(['first', 'second']);
  });

  it('[L2] keeps only the newest of each key while the reader is behind, after what must not be lost', async () => {
    const { socket, outbox, texts } = await setUpStalled();
    for (let number = 1; number <= 50; number += 1) {
      outbox.offer(frame(`cursor ${number}`), 'room/text:1 ann cursor');
      outbox.offer(frame(`typing ${number}`), 'room/text:1 ann typing');
      outbox.offer(frame(`other ${number}`), 'room/text:2 ann cursor');
    }
    outbox.push(frame('note'));
    expect(outbox.queuedBytes).toBe(1_000 + 'cursor 50\ntyping 50\nother 50\nnote\n'.length);
    socket.readOn();
    await turn();
    expect(texts()).toEqual(['first', 'note', 'cursor 50', 'typing 50', 'other 50']);
    expect(outbox.queuedBytes).toBe(0);
  });

  it('[L2] lets nothing volatile wait past a quarter of the limit, not even what is out of date', async () => {
    const { socket, outbox, texts } = await setUpStalled(10_000);
    outbox.offer(frame('cursor 1', 1_000), 'room/text:1 ann cursor');
    outbox.offer(frame('typing 1', 500), 'room/text:1 ann typing');
    expect(outbox.queuedBytes).toBe(2_500);
    outbox.offer(frame('typing 2', 501), 'room/text:1 ann typing');
    expect(outbox.queuedBytes).toBe(2_000);
    expect(outbox.push(frame('note', 501))).toBe(true);
    expect(outbox.queuedBytes).toBe(1_501);
    socket.readOn();
    await turn();
    expect(texts()).toEqual(['first', 'note']);
  });

  it('[L2] counts every byte that waits, here and in the socket, and refuses what is over the limit', async () => {
    const { outbox } = await setUpStalled(3_000);
    expect(outbox.push(frame('second', 2_000))).toBe(true);
    expect(outbox.push(frame('third', 10))).toBe(false);
    expect(outbox.queuedBytes).toBe(3_000);
    outbox.drop();
    expect(outbox.queuedBytes).toBe(1_000);
  });

  it('[S7] forgets what is volatile of a topic that was left, and nothing of others', async () => {
    const { socket, outbox, texts } = await setUpStalled();
    outbox.offer(frame('left'), 'room/text:1 ann cursor');
    outbox.offer(frame('stays'), 'room/text:11 ann cursor');
    outbox.dropVolatilesOf('room/text:1');
    socket.readOn();
    await turn();
    expect(texts()).toEqual(['first', 'stays']);
    expect(outbox.queuedBytes).toBe(0);
  });

  it('hands over everything at the end, and nothing to a socket that is gone', async () => {
    const { socket, outbox, texts } = await setUpStalled();
    outbox.push(frame('second'));
    outbox.offer(frame('cursor'), 'room/text:1 ann cursor');
    outbox.finish();
    expect(outbox.queuedBytes).toBe(1_007);
    outbox.push(frame('third'));
    socket.destroy();
    await turn();
    expect(outbox.queuedBytes).toBe(socket.writableLength);
    outbox.push(frame('fourth'));
    await turn();
    expect(texts()).toEqual(['first']);
  });

  it('[L2] whatever comes and however the reader reads: whole frames, in order, within the limit, the newest last', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ push: fc.integer({ min: 10, max: 2_000 }) }) },
      {
        weight: 4,
        arbitrary: fc.record({ key: fc.constantFrom('a', 'b', 'c'), offer: fc.integer({ min: 10, max: 300 }) }),
      },
      { weight: 2, arbitrary: fc.constant('turn' as const) },
      { weight: 2, arbitrary: fc.constant('stall' as const) },
      { weight: 1, arbitrary: fc.constant('read' as const) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 120, size: 'max' }), async (steps) => {
        const limit = 20_000;
        const { socket, outbox, texts } = setUp({ mark: 2_000, limit });
        const pushed: string[] = [];
        const offered: string[] = [];
        for (const [number, each] of steps.entries()) {
          if (each === 'turn') await turn();
          else if (each === 'stall') socket.stall();
          else if (each === 'read') socket.readOn();
          else if ('offer' in each) {
            outbox.offer(frame(`${each.key} ${number} `, each.offer), `t ${each.key}`);
            offered.push(`${each.key} ${number} `);
          } else {
            const before = outbox.queuedBytes;
            const taken = outbox.push(frame(`push ${number} `, each.push));
            if (taken) pushed.push(`push ${number} `);
            else expect(before + each.push).toBeGreaterThan(limit);
          }
          expect(outbox.queuedBytes).toBeLessThanOrEqual(limit);
        }
        socket.readOn();
        await turn();
        await turn();
        expect(outbox.queuedBytes).toBe(0);
        const seen = texts();
        expect(seen.filter((text) => text.startsWith('push'))).toEqual(pushed);
        for (const key of ['a', 'b', 'c']) {
          const got = seen.filter((text) => text.startsWith(`${key} `));
          const sent = offered.filter((text) => text.startsWith(`${key} `));
          expect(sent.filter((text) => got.includes(text))).toEqual(got);
        }
      }),
      { numRuns: 100 },
    );
  });
});
