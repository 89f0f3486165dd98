import type { Duplex } from 'node:stream';
import type { FrameBatch, Span } from './frame-batch';

/** Bytes of one write; past it copying frames together costs more than a further write. */
export const WRITE_BYTES = 64 * 1024;

/**
 * What may still come to someone who is not behind: a batch of a full write and one more frame that is not larger, and
 * what Node keeps in a socket before it calls it full, which is less than another write.
 */
const HEADROOM = 3 * WRITE_BYTES;

/** The part of the limit up to which volatile frames may wait (L2). */
const VOLATILE_PART = 1 / 4;

/** Writes at the end of a tick, once for each socket, whatever was sent to it meanwhile. */
export class Flusher {
  private dirty: { flush(): void }[] = [];
  private scheduled = false;

  schedule(outbox: { flush(): void }): void {
    this.dirty.push(outbox);
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(this.flush);
  }

  private readonly flush = (): void => {
    this.scheduled = false;
    const { dirty } = this;
    this.dirty = [];
    for (const each of dirty) each.flush();
  };
}

/**
 * What waits to be written to one socket (L2). As long as the reader keeps up that is what one tick brought; else it
 * waits here and not in the socket, where it could neither be dropped nor replaced by something newer.
 */
export class Outbox<Reader = unknown> {
  private frames: (Buffer | Span)[] = [];
  /** Of {@link frames}. */
  private bytes = 0;
  /** What a topic is gathering at this moment; for this reader behind all frames. */
  private followed: FrameBatch<Reader> | undefined;
  /** The first frame of what is followed that this reader is to get. */
  private followedFrom = 0;
  private reader: Reader | undefined;
  private scheduled = false;
  /** Only there while the socket is full; by what makes them replace each other. */
  private volatiles: Map<string, Buffer> | undefined;
  private volatileBytes = 0;
  /** The socket has what it can take, and says 'drain' when it wants more. */
  private full = false;

  /** @param limit bytes that may wait, here and in the socket */
  constructor(
    private readonly socket: Duplex,
    private readonly flusher: Flusher,
    private readonly limit: number,
  ) {
    socket.on('drain', () => {
      this.full = false;
      this.flush();
    });
    socket.once('close', () => {
      this.drop();
    });
  }

  /** Bytes that the reader has not taken yet, as far as this process knows: the kernel has its own buffers. */
  get queuedBytes(): number {
    const gathered = this.followed?.bytesFrom(this.followedFrom) ?? 0;
    return this.bytes + gathered + this.volatileBytes + this.socket.writableLength;
  }

  /** @returns false when more would wait than may; the frame is not queued then */
  push(frame: Buffer): boolean {
    if (this.keepsUp && frame.length <= WRITE_BYTES) {
      this.append(frame);
      return true;
    }
    if (this.volatileBytes > 0 && this.queuedBytes + frame.length > this.limit * VOLATILE_PART) this.dropVolatiles();
    if (this.queuedBytes + frame.length > this.limit) return false;
    this.append(frame);
    return true;
  }

  /**
   * Queues a volatile frame, which never closes anyone: behind all others and instead of what waits under the same key,
   * or not at all when too much waits.
   *
   * @param key begins with the topic and a space
   */
  offer(frame: Buffer, key: string): void {
    if (this.keepsUp || (!this.full && this.queuedBytes + frame.length <= this.limit)) {
      this.append(frame);
      return;
    }
    // Also when the newer one finds no room: what is out of date is of no use.
    this.dropVolatile(key);
    if (this.queuedBytes + frame.length > this.limit * VOLATILE_PART) return;
    this.volatiles ??= new Map();
    this.volatiles.set(key, frame);
    this.volatileBytes += frame.length;
  }

  /**
   * Whatever is added to the batch from now on is for this reader too, behind what waits already.
   *
   * @returns false for a reader that is behind, or may not have so much wait: every frame has to be judged by itself
   */
  follow(batch: FrameBatch<Reader>, reader: Reader): boolean {
    if (!this.keepsUp) return false;
    this.unfollow();
    this.schedule();
    this.followed = batch;
    this.followedFrom = batch.count;
    this.reader = reader;
    return true;
  }

  /** Hands the socket what it can take. */
  flush(): void {
    this.scheduled = false;
    const { followed } = this;
    // What is written now is complete: whatever comes next begins another batch.
    followed?.seal();
    if (followed !== undefined && this.followedFrom === 0 && this.frames.length === 0) {
      // Nearly every write of a large topic. Who follows has nothing volatile waiting, and room in the socket.
      this.followed = this.reader = undefined;
      if (this.socket.writable && !this.socket.write(followed.all())) this.full = isFull(this.socket);
      return;
    }
    this.unfollow();
    if (this.nothingToDo()) return;
    while (this.frames.length > 0 && !isFull(this.socket)) this.socket.write(this.take());
    if (this.volatiles !== undefined && this.volatileBytes > 0 && this.frames.length === 0 && !isFull(this.socket)) {
      // In one write: those that were left behind could not be replaced any more.
      this.socket.write(Buffer.concat([...this.volatiles.values()], this.volatileBytes));
      this.dropVolatiles();
    }
    this.full = isFull(this.socket);
  }

  /** Hands the socket everything that must not be lost, however full it is; nothing but a close frame follows. */
  finish(): void {
    this.unfollow();
    this.dropVolatiles();
    if (this.nothingToDo()) return;
    while (this.frames.length > 0) this.socket.write(this.take());
  }

  /** Lets go of what the socket does not have yet. */
  drop(): void {
    this.frames = [];
    this.bytes = 0;
    this.followed = undefined;
    this.reader = undefined;
    this.full = false;
    this.dropVolatiles();
  }

  /** The reader has left the topic: nothing volatile of it may come behind the answer that says so. */
  dropVolatilesOf(topic: string): void {
    for (const key of this.volatiles?.keys() ?? []) if (key.startsWith(`${topic} `)) this.dropVolatile(key);
  }

  /** The socket took everything so far, and little has come since. Nearly always, and quicker to say than how much. */
  private get keepsUp(): boolean {
    return !this.full && this.bytes + HEADROOM <= this.limit;
  }

  private append(frame: Buffer): void {
    this.unfollow();
    this.schedule();
    this.frames.push(frame);
    this.bytes += frame.length;
    // So that a tick full of large frames is not mistaken for a slow reader.
    if (this.bytes > WRITE_BYTES && !this.full) this.flush();
  }

  private schedule(): void {
    if (this.scheduled || this.full) return;
    this.scheduled = true;
    this.flusher.schedule(this);
  }

  /** Keeps what it was to get so far, so that something else can come behind it. */
  private unfollow(): void {
    const { followed, followedFrom, reader } = this;
    if (followed === undefined || reader === undefined) return;
    this.followed = undefined;
    this.reader = undefined;
    if (followed.count > followedFrom) {
      const span = followed.span(followedFrom);
      this.frames.push(span);
      this.bytes += span.length;
    }
    followed.comesBack(reader);
  }

  private nothingToDo(): boolean {
    if (!this.socket.writable) this.drop();
    return this.frames.length === 0 && this.volatileBytes === 0;
  }

  /** The next whole frames, as many as one write should have; at least one. */
  private take(): Buffer {
    let bytes = 0;
    let count = 0;
    for (const { length } of this.frames) {
      if (count > 0 && bytes + length > WRITE_BYTES) break;
      bytes += length;
      count += 1;
    }
    let taken = this.frames;
    if (count < taken.length) taken = taken.splice(0, count);
    else this.frames = [];
    this.bytes -= bytes;
    const [first] = taken;
    return count === 1 && first !== undefined ? asBytes(first) : Buffer.concat(taken.map(asBytes), bytes);
  }

  private dropVolatile(key: string): void {
    this.volatileBytes -= this.volatiles?.get(key)?.length ?? 0;
    this.volatiles?.delete(key);
  }

  private dropVolatiles(): void {
    this.volatiles = undefined;
    this.volatileBytes = 0;
  }
}

function asBytes(frames: Buffer | Span): Buffer {
  return Buffer.isBuffer(frames) ? frames : frames.bytes();
}

/** A socket that has written all it got is not full, whatever it said: it takes large writes that way, too. */
function isFull(socket: Duplex): boolean {
  return socket.writableNeedDrain && socket.writableLength > 0;
}
