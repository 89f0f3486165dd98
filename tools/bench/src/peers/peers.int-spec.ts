import { stampOf, Stamper } from '../load';
import { peers, type PeerConnection, type RunningPeer } from '.';
import { machineLacks } from './machine-lacks.fixture';

/** Enough that a batch of them ends anywhere in a read. */
const MESSAGES = 2_000;
const READERS = 5;

describe.each(peers)('$name', (peer) => {
  let running: RunningPeer | undefined;

  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });

  it('carries every message to everyone in the topic exactly once, in order, and to nobody else', async () => {
    if (await machineLacks(peer)) return;
    expect(peer.version).toMatch(/^\d+\.\d+/);
    running = await peer.start({ topics: 2, connections: READERS + 1 });
    const [topic = '', other = ''] = running.topics;
    const readers = await Promise.all(Array.from({ length: READERS }, () => running!.dialect.connect()));
    const stranger = await running.dialect.connect();
    await Promise.all([...readers.map((reader) => reader.join(topic)), stranger.join(other)]);
    const [reading, publisher] = readers as [PeerConnection, PeerConnection];
    const seen: number[] = [];
    const done = new Promise<void>((resolve) => {
      reading.onMessage = (message) => {
        if (seen.push(stampOf(message)) === MESSAGES) resolve();
      };
    });
    const ended = Promise.race(readers.map((reader) => reader.ended));
    const stamper = new Stamper(300);
    for (let number = 0; number < MESSAGES; number += 1) publisher.publish(topic, stamper.payload(number));
    expect(await Promise.race([done, ended])).toBeUndefined();
    // The others' last messages are on their way by now.
    while (readers.some(({ received }) => received < MESSAGES)) await new Promise((resolve) => setImmediate(resolve));
    // What came twice would come before the server's answer to the close.
    await Promise.all([...readers, stranger].map((connection) => connection.close()));
    expect(seen).toEqual(Array.from({ length: MESSAGES }, (_, number) => number));
    expect(readers.map(({ received }) => received)).toEqual(Array<number>(READERS).fill(MESSAGES));
    expect(stranger.received).toBe(0);
  });
});
