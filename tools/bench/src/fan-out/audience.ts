import { stampOf } from '../load';
import { Latencies } from '../exchanges/latencies';
import type { Dialect, PeerConnection } from '../peers';
import { Paces } from './paces';

/** One of so many is read; of the others only the messages are counted. */
const SAMPLED = 50;
/** Connections that are opened at the same time. */
const TOGETHER = 50;
/** Milliseconds for what was published to arrive everywhere; only a failure waits that long. */
const ARRIVAL_MS = 30_000;

/** Everyone in the topic. The first of them publishes, too. */
export class Audience {
  /** Rejects when a connection ends, or when a message is not the one that was due. */
  readonly broken: Promise<never>;
  latencies = new Latencies();
  /** Told how many more messages all of the sample have. */
  onPace: (messages: number) => void = () => undefined;
  private readonly paces: Paces;
  private sentAt = new Float64Array(1024);
  private published = 0;
  private fail: (error: Error) => void = () => undefined;

  private constructor(
    private readonly connections: readonly PeerConnection[],
    private readonly publisher: PeerConnection,
  ) {
    this.broken = new Promise((_, reject) => (this.fail = reject));
    // Whoever measures waits for it; before and after that nobody does.
    this.broken.catch(() => undefined);
    const sampled = connections.filter((_, index) => index % SAMPLED === 0);
    this.paces = new Paces(sampled.length);
    for (const [index, connection] of sampled.entries()) this.read(connection, index);
    for (const connection of connections) {
      void connection.ended.then((why) => {
        if (why !== undefined) this.fail(new Error(`A connection ended: ${why}`));
      });
    }
  }

  /** Connects them and lets all of them join. */
  static async gather(dialect: Dialect, topic: string, size: number): Promise<Audience> {
    const connections: PeerConnection[] = [];
    while (connections.length < size) {
      const more = Math.min(TOGETHER, size - connections.length);
      const opened = await Promise.all(Array.from({ length: more }, () => dialect.connect()));
      await Promise.all(opened.map((connection) => connection.join(topic)));
      connections.push(...opened);
    }
    const [publisher] = connections;
    if (publisher === undefined) throw new RangeError('Nobody is there.');
    return new Audience(connections, publisher);
  }

  /** Messages that came, over all of them. */
  get received(): number {
    let sum = 0;
    for (const connection of this.connections) sum += connection.received;
    return sum;
  }

  /** Messages published so far; the number of the next one. */
  get count(): number {
    return this.published;
  }

  /** @param payload with the stamp {@link count} */
  publish(topic: string, payload: string): void {
    const { sentAt, published } = this;
    if (published === sentAt.length) {
      this.sentAt = new Float64Array(published * 2);
      this.sentAt.set(sentAt);
    }
    this.sentAt[published] = performance.now();
    this.published += 1;
    this.publisher.publish(topic, payload);
  }

  /** Resolves when everyone has everything. @throws Error when that does not come, or someone has too much */
  async complete(): Promise<void> {
    const deadline = performance.now() + ARRIVAL_MS;
    while (this.connections.some(({ received }) => received < this.published) && performance.now() < deadline) {
      await Promise.race([this.broken, new Promise((resolve) => setImmediate(resolve))]);
    }
    this.check();
  }

  /** @throws Error unless everyone has exactly what was published */
  check(): void {
    const wrong = this.connections.map(({ received }) => received).filter((count) => count !== this.published);
    if (wrong.length === 0) return;
    const [least, most] = [Math.min(...wrong), Math.max(...wrong)];
    throw new Error(`${wrong.length} subscribers have ${least} to ${most} messages, not ${this.published}.`);
  }

  /** What came twice comes before the server's answer to this, so that {@link check} sees it afterwards. */
  async leave(): Promise<void> {
    await Promise.all(this.connections.map((connection) => connection.close()));
  }

  private read(connection: PeerConnection, index: number): void {
    let due = 0;
    connection.onMessage = (message) => {
      const stamp = stampOf(message);
      if (stamp !== due) this.fail(new Error(`Message ${stamp} came where ${due} was due.`));
      due += 1;
      this.latencies.add(performance.now() - (this.sentAt[stamp] ?? Number.NaN));
      const more = this.paces.advance(index);
      if (more > 0) this.onPace(more);
    };
  }
}
