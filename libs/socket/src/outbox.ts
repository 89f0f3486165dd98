import type { Duplex } from 'node:stream';

/** Bytes of one write; past it copying frames together costs more than a further write. */
const WRITE_BYTES = 64 * 1024;

/** The part of the limit up to which volatile frames may wait (L2). */
const VOLATILE_PART = 1 / 4;

/** Writes at the end of a tick, once for each socket, whatever was sent to it meanwhile. */
export class Flusher {
  private dirty: Outbox[] = [];
  private scheduled = false;

  schedule(outbox: Outbox): void {
    this.dirty.push(outbox);
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      const { dirty } = this;
      this.dirty = [];
      for (const each of dirty) each.flush();
    });
  }
}

/**
 * What waits to be written to one socket (L2). As long as the reader keeps up that is what one tick brought; else it
 * waits here and not in the socket, where it could neither be dropped nor replaced by something newer.
 */
export class Outbox {
  private frames: Buffer[] = [];
  private bytes = 0;
  /** Only filled while the socket is full; by what makes them replace each other. */
  private readonly volatiles = new Map<string, Buffer>();
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
    return this.bytes + this.volatileBytes + this.socket.writableLength;
  }

  /** @returns false when more would wait than may; the frame is not queued then */
  push(frame: Buffer): boolean {
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
    if (!this.full && this.queuedBytes + frame.length <= this.limit) {
      this.append(frame);
      return;
    }
    // Also when the newer one finds no room: what is out of date is of no use.
    this.dropVolatile(key);
    if (this.queuedBytes + frame.length > this.limit * VOLATILE_PART) return;
    this.volatiles.set(key, frame);
    this.volatileBytes += frame.length;
  }

  /** Hands the socket what it can take. */
  flush(): void {
    if (this.nothingToDo()) return;
    while (this.frames.length > 0 && !isFull(this.socket)) this.socket.write(this.take());
    if (this.volatiles.size > 0 && this.frames.length === 0 && !isFull(this.socket)) {
      // In one write: those that were left behind could not be replaced any more.
      this.socket.write(Buffer.concat([...this.volatiles.values()], this.volatileBytes));
      this.dropVolatiles();
    }
    this.full = isFull(this.socket);
  }

  /** Hands the socket everything that must not be lost, however full it is; nothing but a close frame follows. */
  finish(): void {
    this.dropVolatiles();
    if (this.nothingToDo()) return;
    while (this.frames.length > 0) this.socket.write(this.take());
  }

  /** Lets go of what the socket does not have yet. */
  drop(): void {
    this.frames = [];
    this.bytes = 0;
    this.full = false;
    this.dropVolatiles();
  }

  /** The reader has left the topic: nothing volatile of it may come behind the answer that says so. */
  dropVolatilesOf(topic: string): void {
    for (const key of this.volatiles.keys()) if (key.startsWith(`${topic} `)) this.dropVolatile(key);
  }

  private append(frame: Buffer): void {
    if (this.frames.length === 0 && !this.full) this.flusher.schedule(this);
    this.frames.push(frame);
    this.bytes += frame.length;
    // So that a tick full of large frames is not mistaken for a slow reader.
    if (this.bytes > WRITE_BYTES && !this.full) this.flush();
  }

  private nothingToDo(): boolean {
    if (!this.socket.writable) this.drop();
    return this.frames.length === 0 && this.volatiles.size === 0;
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
    return count === 1 && first !== undefined ? first : Buffer.concat(taken, bytes);
  }

  private dropVolatile(key: string): void {
    this.volatileBytes -= this.volatiles.get(key)?.length ?? 0;
    this.volatiles.delete(key);
  }

  private dropVolatiles(): void {
    this.volatiles.clear();
    this.volatileBytes = 0;
  }
}

/** A socket that has written all it got is not full, whatever it said: it takes large writes that way, too. */
function isFull(socket: Duplex): boolean {
  return socket.writableNeedDrain && socket.writableLength > 0;
}
