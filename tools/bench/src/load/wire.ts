import { connect, type Socket } from 'node:net';

/** Bytes of one read at most. */
const READ_BYTES = 256 * 1024;

/** Bytes that a wire keeps for what it sends. */
const SEND_BYTES = 512;

/** One for all: what was read is dealt with before the next read of any socket begins. */
const shared = Buffer.allocUnsafeSlow(READ_BYTES);

/** What is told of bytes that came: they are in `buffer` from `from` to `to`, and overwritten after the call. */
export type Reader = (buffer: Buffer, from: number, to: number) => void;

/** A TCP connection that costs its owner little: no stream of chunks, no buffer of its own, one write a turn. */
export class Wire {
  onBytes: Reader = () => undefined;
  /** Resolves when it has ended, with what went wrong if something did. */
  readonly closed: Promise<Error | undefined>;
  private readonly socket: Socket;
  private readonly own = Buffer.allocUnsafeSlow(SEND_BYTES);
  private claimed = 0;
  private waiting: Buffer[] = [];
  private failure: Error | undefined;

  private constructor(port: number, host: string, opened: () => void, failed: (error: Error) => void) {
    const callback = (count: number): boolean => {
      try {
        this.onBytes(shared, 0, count);
      } catch (error) {
        this.socket.destroy(error instanceof Error ? error : new Error(String(error)));
      }
      return true;
    };
    this.socket = connect({ port, host, noDelay: true, onread: { buffer: shared, callback } });
    this.socket.once('connect', opened);
    this.socket.on('error', (error) => {
      this.failure = error;
      failed(error);
    });
    this.closed = new Promise((resolve) => {
      this.socket.once('close', () => {
        resolve(this.failure);
      });
    });
  }

  /** @throws Error when nobody answers there */
  static open(port: number, host = '127.0.0.1'): Promise<Wire> {
    return new Promise((resolve, reject) => {
      const wire: Wire = new Wire(
        port,
        host,
        () => {
          resolve(wire);
        },
        reject,
      );
    });
  }

  /** Bytes that were given to it and that the kernel has not taken. */
  get queuedBytes(): number {
    return this.socket.writableLength;
  }

  /**
   * Memory for so many bytes that are sent next, and not touched afterwards. Short messages are written where the last
   * ones were: tens of thousands of buffers a second would make this process stop for collections of 50 ms.
   */
  claim(length: number): Buffer {
    if (this.waiting.length === 0 && this.socket.writableLength === 0) this.claimed = 0;
    if (this.claimed + length > SEND_BYTES) return Buffer.allocUnsafe(length);
    this.claimed += length;
    return this.own.subarray(this.claimed - length, this.claimed);
  }

  /** What is sent within one turn of the event loop goes out in one write. */
  send(bytes: Buffer): void {
    this.waiting.push(bytes);
    if (this.waiting.length === 1) queueMicrotask(() => this.flush());
  }

  /** Lets the other side close it after what was sent. */
  end(): void {
    this.flush();
    this.socket.end();
  }

  destroy(): void {
    this.socket.destroy();
  }

  private flush(): void {
    const { waiting } = this;
    if (waiting.length === 0) return;
    this.waiting = [];
    const [first] = waiting;
    if (this.socket.writable) this.socket.write(waiting.length === 1 && first ? first : Buffer.concat(waiting));
  }
}
