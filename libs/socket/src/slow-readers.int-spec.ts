import { CloseCode, type Subscribed } from '@parley/protocol';
import type { Connection } from './connection';
import { Connections } from './connections';
import { startEngine, type TestClient as Client, type TestEngine } from './testing';

const topic = 'room/text:1';
const MIB = 1024 * 1024;

/** What a stalled reader's socket may hold besides the queue: its mark and one more write. */
const SOCKET_BYTES = 256 * 1024;

describe('slow readers', () => {
  let engine: TestEngine;
  let count: number;

  beforeEach(() => {
    count = 0;
  });

  afterEach(() => engine.close());

  async function start(outboxBytes: number): Promise<void> {
    const rate = 1_000_000;
    engine = await startEngine(() => true, {
      outboxBytes,
      messagesPerSecond: rate,
      messageBurst: rate,
      volatilePerSecond: rate,
      volatileBurst: rate,
    });
  }

  async function enter(userId: string): Promise<Client> {
    const client = await engine.connect(userId);
    client.send({ action: 'subscribe', topic });
    await client.nextOf('subscribe');
    return client;
  }

  /** The server's side of it. */
  function connectionOf({ connectionId }: Client): Connection {
    const found = [...engine.app.get(Connections, { strict: false })].find(({ id }) => id === connectionId);
    if (found === undefined) throw new Error('The server does not know this connection.');
    return found;
  }

  async function publish(client: Client, payload: string): Promise<void> {
    count += 1;
    client.send({ action: 'note', topic, id: `n${count}`, payload: `${count} café ${payload}` });
    await client.answerTo(`n${count}`);
  }

  function numbers(client: Client): (number | undefined)[] {
    return client.of('note').map(({ offset }) => offset);
  }

  it('[L2] [H2] one that reads nothing is sent away, costs nothing more, slows nobody, and gets the rest later', async () => {
    await start(MIB);
    const [ann, ben, sleepy] = [await enter('ann'), await enter('ben'), await enter('sleepy')];
    const connection = connectionOf(sleepy);
    sleepy.socket.pause();
    let most = 0;
    while (connection.closedWith === undefined) {
      await publish(ann, 'x'.repeat(50_000));
      most = Math.max(most, connection.queuedBytes);
    }
    expect(connection.closedWith).toBe(CloseCode.slowReader);
    expect(most).toBeLessThanOrEqual(MIB);
    expect(most).toBeGreaterThan(MIB - 60_000);
    // Only what the socket had got before is left.
    expect(connection.queuedBytes).toBeLessThan(SOCKET_BYTES);
    await publish(ann, 'afterwards');
    await ben.next(({ payload }) => JSON.stringify(payload).includes('afterwards'));
    for (const client of [ann, ben]) {
      expect(numbers(client)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    }

    sleepy.socket.resume();
    expect(await sleepy.closed()).toMatchObject({ code: CloseCode.slowReader });
    const seen = numbers(sleepy);
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, index) => index + 1));
    expect(seen.length).toBeLessThan(count);

    const { epoch } = sleepy.of('subscribe')[0]?.payload as unknown as Subscribed;
    for (let number = 0; number < 3; number += 1) await publish(ann, 'small');
    await engine.gone(sleepy);
    const again = await engine.connect('sleepy', undefined, sleepy.connectionId);
    again.send({ action: 'subscribe', topic, id: 'a', payload: { since: { epoch, offset: count - 3 } } });
    expect((await again.answerTo('a')).payload.recovered).toBe(true);
    await again.settled();
    expect(numbers(again)).toEqual([count - 2, count - 1, count]);
    // Whoever reads too slowly counts as present until they are back, or the grace period is over (U3).
    await ann.settled();
    expect(ann.of('unsubscriber')).toEqual([]);
    again.send({ action: 'unsubscribe', topic });
    again.send({ action: 'subscribe', topic, id: 'b', payload: { since: { epoch, offset: seen.length } } });
    // Megabytes were missed: more than the window holds, and it says so.
    expect((await again.answerTo('b')).payload.recovered).toBe(false);
  });

  it('[L2] [P5] one that reads late gets only the newest of what is volatile, and everything else', async () => {
    await start(16 * MIB);
    const [ann, ben, sleepy] = [await enter('ann'), await enter('ben'), await enter('sleepy')];
    const connection = connectionOf(sleepy);
    sleepy.socket.pause();
    // The kernel's buffers are full, and will stay so: nothing is read.
    while (connection.queuedBytes < MIB) await publish(ann, 'x'.repeat(50_000));
    const before = connection.queuedBytes;
    for (let number = 1; number <= 200; number += 1) {
      ann.send({ action: 'cursor', topic, volatile: true, payload: number });
      ann.send({ action: 'typing', topic, volatile: true, payload: number });
      ben.send({ action: 'cursor', topic, volatile: true, payload: number });
    }
    for (const client of [ann, ben]) await client.settled();
    expect(connection.queuedBytes - before).toBeLessThan(1_000);
    await publish(ann, 'the last one');
    sleepy.socket.resume();
    for (const { connectionId } of [ann, ben])
      await sleepy.next(({ type, sender }) => type === 'cursor' && sender === connectionId);
    await sleepy.settled();
    expect(numbers(sleepy)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    const volatile = sleepy.seen.filter(({ type }) => type === 'cursor' || type === 'typing');
    // Of two senders nobody is first.
    const seen = volatile.map(({ type, sender, payload }) => [sender, type, payload as unknown].join(' '));
    const [annId, benId] = [ann.connectionId, ben.connectionId];
    expect(seen.sort()).toEqual([`${annId} cursor 200`, `${annId} typing 200`, `${benId} cursor 200`].sort());
    // Who keeps up gets them all.
    await ben.settled();
    expect(ben.of('typing')).toHaveLength(200);
  });

  it.each([
    ['to everyone', false],
    ['to one', true],
  ])(
    '[L2] [P4] [P5] volatile messages %s alone never send anyone away, and stop waiting at a quarter',
    async (_, one) => {
      await start(2 * MIB);
      const [ann, sleepy] = [await enter('ann'), await enter('sleepy')];
      const to = one ? { to: [sleepy.connectionId, ann.connectionId] } : {};
      const connection = connectionOf(sleepy);
      sleepy.socket.pause();
      const padding = 'x'.repeat(50_000);
      // Each under a name of its own, so none replaces another.
      for (let number = 1; number <= 400; number += 1) {
        ann.send({ action: `level-${number}`, topic, volatile: true, payload: padding, ...to });
        if (number % 20 === 0) await ann.settled();
        expect(connection.queuedBytes).toBeLessThanOrEqual(MIB / 2);
      }
      expect(ann.seen.filter(({ type }) => type.startsWith('level-'))).toHaveLength(400);
      expect(connection.closedWith).toBeUndefined();
      sleepy.socket.resume();
      await publish(ann, 'still here');
      await sleepy.nextOf('note');
      expect(sleepy.seen.filter(({ type }) => type.startsWith('level-')).length).toBeLessThan(400);
    },
  );

  it('[S7] [L2] nothing volatile of a topic comes behind the answer that one has left it', async () => {
    await start(16 * MIB);
    const [ann, sleepy] = [await enter('ann'), await enter('sleepy')];
    const connection = connectionOf(sleepy);
    sleepy.socket.pause();
    while (connection.queuedBytes < MIB) await publish(ann, 'x'.repeat(50_000));
    ann.send({ action: 'cursor', topic, volatile: true, payload: 1 });
    await ann.settled();
    sleepy.send({ action: 'unsubscribe', topic, id: 'left' });
    await ann.nextOf('unsubscriber');
    sleepy.socket.resume();
    await sleepy.answerTo('left');
    await sleepy.settled();
    expect(sleepy.of('cursor')).toEqual([]);
    expect(numbers(sleepy)).toHaveLength(count);
  });
});
