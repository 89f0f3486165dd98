import { Wire } from '../../load';
import type { PeerConnection } from '../peer';
import { redisParser } from './redis-parser';
import { Unfinished } from './unfinished';

/** RESP 2 over TCP. Whoever subscribed can do nothing else there, so that publishing has a connection of its own. */
export class RedisConnection implements PeerConnection {
  received = 0;
  onMessage: ((message: Buffer) => void) | undefined;
  readonly ended: Promise<string | undefined>;
  private joins: (() => void)[] = [];
  private isClosing = false;
  private readonly stream = new Unfinished(
    redisParser({
      onMessage: (payload) => {
        this.received += 1;
        this.onMessage?.(payload);
      },
      onSubscribed: () => this.joins.shift()?.(),
    }),
  );

  private constructor(
    private readonly reading: Wire,
    private readonly writing: Wire,
  ) {
    reading.onBytes = (buffer, from, to) => this.stream.push(buffer, from, to);
    this.ended = Promise.race([reading.closed, writing.closed]).then((error) =>
      this.isClosing ? undefined : (error?.message ?? 'closed'),
    );
  }

  static async open(port: number): Promise<RedisConnection> {
    return new RedisConnection(await Wire.open(port), await Wire.open(port));
  }

  get queuedBytes(): number {
    return this.writing.queuedBytes;
  }

  async join(topic: string): Promise<void> {
    const joined = new Promise<void>((resolve) => this.joins.push(resolve));
    this.reading.send(command('SUBSCRIBE', topic));
    const ended = this.ended.then((why) => {
      throw new Error(`The connection ended: ${why ?? 'it was closed'}`);
    });
    await Promise.race([joined, ended]);
  }

  publish(topic: string, payload: string): void {
    this.writing.send(command('PUBLISH', topic, payload));
  }

  async close(): Promise<void> {
    this.isClosing = true;
    this.reading.end();
    this.writing.end();
    await Promise.all([this.reading.closed, this.writing.closed]);
  }
}

function command(...words: readonly string[]): Buffer {
  const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return Buffer.from(`*${words.length}\r\n${parts.join('')}`);
}
