import { Wire } from '../../load';
import type { PeerConnection } from '../peer';
import { decimal, lineEnd, Unfinished } from './unfinished';

const ARRAY = '*'.charCodeAt(0);
const MESSAGE = 'm'.charCodeAt(0);
const CRLF_BYTES = 2;

/** RESP 2 over TCP. Whoever subscribed can do nothing else there, so that publishing has a connection of its own. */
export class RedisConnection implements PeerConnection {
  received = 0;
  onMessage: ((message: Buffer) => void) | undefined;
  readonly ended: Promise<string | undefined>;
  private joins: (() => void)[] = [];
  private isClosing = false;
  private readonly stream = new Unfinished((buffer, from, to) => this.read(buffer, from, to));

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

  /** Of a subscriber: arrays of `message`, channel, payload, or of `subscribe`, channel, count. */
  private read(buffer: Buffer, from: number, to: number): number {
    let at = from;
    while (at < to) {
      const next = this.readArray(buffer, at, to);
      if (next < 0) return at;
      at = next;
    }
    return at;
  }

  private readArray(buffer: Buffer, from: number, to: number): number {
    if (buffer[from] !== ARRAY) throw new Error(`Not expected: ${buffer.toString('latin1', from, from + 100)}`);
    const kind = lineEnd(buffer, from, to);
    const kindBody = kind < 0 ? -1 : lineEnd(buffer, kind, to);
    const channel = bulkEnd(buffer, kind, kindBody, to);
    const channelBody = channel < 0 ? -1 : lineEnd(buffer, channel, to);
    const last = bulkEnd(buffer, channel, channelBody, to);
    const lastBody = last < 0 ? -1 : lineEnd(buffer, last, to);
    if (lastBody < 0) return -1;
    if (buffer[kindBody] !== MESSAGE) {
      // `:<count>` has no body.
      this.joins.shift()?.();
      return lastBody;
    }
    const end = bulkEnd(buffer, last, lastBody, to);
    if (end < 0) return -1;
    this.received += 1;
    this.onMessage?.(buffer.subarray(lastBody, end - CRLF_BYTES));
    return end;
  }
}

/** Behind a string whose `$<bytes>` line is from `line` to `body`; -1 when it has not come. */
function bulkEnd(buffer: Buffer, line: number, body: number, to: number): number {
  if (body < 0) return -1;
  const end = body + decimal(buffer, line + 1, body) + CRLF_BYTES;
  return end > to ? -1 : end;
}

function command(...words: readonly string[]): Buffer {
  const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return Buffer.from(`*${words.length}\r\n${parts.join('')}`);
}
